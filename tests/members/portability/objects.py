"""Portabilities, proofs and offers, as tests need them."""

import datetime

from django.utils import timezone

from members.coverage.models import Policy
from members.households.models import Person
from members.portability import actions, offers
from members.portability.models import IndividualOffer, Portability, UnemploymentProof
from members.portability.rules import rights_after
from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile

ATTESTATION = CleanFile("attestation.pdf", "application/pdf", b"%PDF-1.7")


def after_portability(person: Person) -> dict[str, object]:
    """A portability that runs and its offer, made, once for a person: the pages name neither."""
    with isolation.system():
        is_made = Portability.objects.filter(person=person).exists()
    if not is_made:
        offer_of(portability_of(person))
    return {}


def portability_of(
    person: Person, *, contract_end: datetime.date | None = None, since: datetime.date = datetime.date(2020, 1, 1)
) -> Portability:
    """The person's contract of employment ended on that day, yesterday by default, after years in the company."""
    end = contract_end or timezone.localdate() - datetime.timedelta(days=1)
    with isolation.system():
        policy = Policy.objects.get(household_id=person.household_id)
        rights = rights_after(since=since, contract_end=end, opens=True)
        return actions.open_portability(by=None, person=person, policy=policy, rights=rights)


def proof_of(account: Account, portability: Portability) -> UnemploymentProof:
    """A proof with one document, out of quarantine."""
    with isolation.system():
        proof = actions.send_proof(by=account, portability=portability, files=[ATTESTATION])
        for upload in proof.uploads.all():
            release(by=None, upload=upload)
        return proof


def offer_of(portability: Portability) -> IndividualOffer:
    """The offer after the portability, made today."""
    with isolation.system():
        offer = IndividualOffer.objects.get(portability=portability)
        offer.sends_on = timezone.localdate()
        offer.save(update_fields=["sends_on"])
        offers.send_due(timezone.localdate())
        return IndividualOffer.objects.get(pk=offer.pk)
