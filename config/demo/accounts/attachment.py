"""What the demo's member has asked about beneficiaries: one request that misses a document, one refused; a limit ahead."""

import datetime

from django.utils import timezone

from members.beneficiaries import actions, deciding, limits
from members.beneficiaries.actions import Wish
from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.words import Case, Kind
from members.coverage.models import Cover
from members.households.models import Person
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile

NEWBORN = {
    "family_name": "L’Haridon",
    "birth_name": "",
    "given_names": "Maël",
    "sex": "1",
    "birth_rank": "1",
    "nir": "",
}
PARENT = {
    "family_name": "Le Gall", "birth_name": "", "given_names": "Yvonne", "sex": "2", "birth_date": "1948-02-11",
    "birth_rank": "1", "nir": "",
}  # fmt: skip
MISSING = "La page du livret de famille où figure l’enfant\u00a0: la photographie reçue s’arrête à la page précédente."
REFUSAL = (
    "L’avis d’impôt envoyé ne mentionne pas votre mère à votre charge\u00a0: la formule Rivage ne peut pas la couvrir. "
    "Une formule individuelle à son nom reste possible, sans questionnaire de santé."
)
PROOF = CleanFile("livret-de-famille.pdf", "application/pdf", b"%PDF-1.7")


def write_beneficiaries(account: Account, agent: Account) -> None:
    """Fill the page of beneficiaries. In the system's context."""
    grant = Grant.objects.filter(account=account).order_by("id").first()
    if grant is None:
        return
    today = timezone.localdate()
    holder = Person.objects.get(pk=grant.subject_id)
    born = today - datetime.timedelta(days=19)
    birth = _sent(account, holder, Case.NEWBORN, born, {**NEWBORN, "birth_date": born.isoformat()})
    deciding.ask_for_document(by=agent, request=birth, words=MISSING)
    charge = _sent(account, holder, Case.ASCENDANT, today - datetime.timedelta(days=200), PARENT)
    deciding.refuse(by=agent, request=charge, reason=REFUSAL)
    limits.announce(today=today)


def _sent(
    account: Account, holder: Person, case: Case, event: datetime.date, answers: dict[str, str]
) -> BeneficiaryRequest:
    """A request with one document out of quarantine."""
    policy = Cover.objects.filter(person=holder).order_by("-start_date")[0].policy
    wish = Wish(Kind.ADD, holder, policy, case=case, event_date=event)
    draft = actions.save_draft(by=account, wish=wish, answers=answers)
    actions.add_proofs(by=account, request=draft, files=[PROOF])
    for upload in draft.proofs.all():
        release(by=None, upload=upload)
    effect = event if case == Case.NEWBORN else timezone.localdate()
    return actions.send(by=account, request=draft, effect_date=effect)
