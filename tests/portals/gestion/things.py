"""One thing of each kind that staff handle, and the address of each page of the site on it."""

import datetime
from typing import Any

from django.urls import reverse

from members.benefits.differences.models import AmountDifference
from members.benefits.models import ActTariff, LawParameter
from members.card.models import CardConvention, CardDomain, ConventionType
from members.noemie.models import NoemieLink
from members.representation.models import Representation
from portals.access import isolation
from portals.access.models import Motive, Restriction, RestrictionKind, Withdrawal
from portals.accounts.fraud.models import FraudReport
from portals.accounts.models import Account
from portals.correspondence.models import Kind
from portals.correspondence.reports.actions import report
from portals.documents.models import Upload
from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile, receive
from portals.gestion.roles import Role
from portals.terms.models import Acceptance, TermsDraft
from privacy.audit import record
from privacy.models import Entry, FieldChange, Incident
from tests import builders
from tests.cast import Cast
from tests.members.representation.objects import representation
from tests.portals.correspondence.objects import thread_of
from tests.portals.gestion.matrix import PAGES

DAY = datetime.date(2026, 1, 1)


def addresses(cast: Cast) -> dict[str, str]:
    """The address of each page of the table, on Alice's things."""
    boss = builders.colleague(Role.SECURITY)
    rows = {**_decisions(cast.alice_account, boss), **_reference_tables(), **_requests(cast)}
    return {name: _address(name, rows) for name in PAGES}


def _address(name: str, rows: dict[str, Any]) -> str:
    model = next((model for model in rows if name.startswith(f"{model}_")), "")
    page = name.removeprefix(f"{model}_")
    if not model or page in {"changelist", "add", "hire", "announce", "open_account", "add_person"}:
        return reverse(f"admin:{name}")
    more = {
        "lift": [rows["portals_restriction"].pk],
        "enclosure": [rows["upload of thread"].pk],
        "step": [rows["upload of thread"].pk, "ecarter"],
        "proof": [rows["upload of representation"].pk],
        "proof_step": [rows["upload of representation"].pk, "ecarter"],
    }
    return reverse(f"admin:{name}", args=[rows[model].pk, *more.get(page, [])])


def _decisions(alice: Account, boss: Account) -> dict[str, Any]:
    """What is decided about accounts and texts, and what the journal says of it."""
    made = {
        "portals_account": alice,
        "portals_acceptance": Acceptance.objects.get(account=alice),
        "portals_termsversion": builders.current_terms(),
        "portals_restriction": Restriction.objects.create(
            account=alice, kind=RestrictionKind.SUSPENSION, motive=Motive.SECURITY, reason="Essai.", by=boss
        ),
        "portals_withdrawal": Withdrawal.objects.create(
            space="professionnel", message="Fin.", closes_at="2031-01-01T00:00Z", export_until="2031-02-01T00:00Z",
            by=boss,
        ),
        "portals_termsdraft": TermsDraft.objects.create(text="<p>Texte.</p>", summary="<p>Essentiel.</p>"),
        "portals_fraudreport": FraudReport.objects.create(reference="FR-TEST", was_signed_in=False),
        "privacy_incident": Incident.objects.create(
            reference="INC-TEST", kind="account_misuse", source="fraud_report"
        ),
    }  # fmt: skip
    record("essai", by=boss)
    return {**made, "privacy_entry": Entry.objects.all()[0], "privacy_fieldchange": FieldChange.objects.all()[0]}


def _reference_tables() -> dict[str, Any]:
    channel = ConventionType.objects.create(code="ZZ", label="Essai")
    column = CardDomain.objects.create(code="ESSA", label="Essai")
    return {
        "members_conventiontype": channel,
        "members_carddomain": column,
        "members_cardconvention": CardConvention.objects.create(domain=column, convention=channel),
        "members_lawparameter": LawParameter.objects.create(
            code="essai", label="Essai", value=1, valid_from=DAY, source="Essai"
        ),
        "members_acttariff": ActTariff.objects.create(
            act_code=builders.act("ESSAI"), kind="base", amount=1, valid_from=DAY
        ),
    }


def _requests(cast: Cast) -> dict[str, Any]:
    """What people ask for, with a document out of quarantine each."""
    alice = cast.alice
    thread = thread_of(cast.alice_account, Kind.COMPLAINT)
    with isolation.system():
        letter = thread.messages.get()
        letter.uploads.add(_document(cast.alice_account))
        asked = Representation.objects.get(pk=representation(of=cast.bob, by=cast.alice_account))
        asked.proofs.add(_document(cast.alice_account))
        line = builders.benefit(alice)
        difference = AmountDifference.objects.create(
            line_id=line.pk, benefit_ref=line.benefit_ref, household=alice.household, paid_scheme=1, paid_mutual=1,
            expected_scheme=1, expected_mutual=2,
        )  # fmt: skip
        link = NoemieLink.objects.create(person=alice, household=alice.household, since=DAY)
        return {
            "portals_thread": thread,
            "upload of thread": letter.uploads.get(),
            "members_representation": asked,
            "upload of representation": asked.proofs.get(),
            "members_amountdifference": difference,
            "members_noemielink": link,
            "portals_errorreport": report(by=None, page="aide/", words="Le téléphone est faux."),
        }


def _document(account: Account) -> Upload:
    [upload] = receive([CleanFile("justificatif.pdf", "application/pdf", b"%PDF-1.7")], by=account)
    release(by=None, upload=upload)
    return upload
