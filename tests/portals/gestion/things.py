"""One thing of each kind that staff handle, and the address of each page of the site on it."""

import datetime
from typing import Any

from django.urls import reverse

from members.beneficiaries.models import BeneficiaryRule
from members.benefits.differences.models import AmountDifference
from members.benefits.models import ActTariff, LawParameter
from members.card.models import CardConvention, CardDomain, ConventionType
from members.households.choices.models import ParentalAuthority
from members.noemie.models import NoemieLink
from members.quotes.requests.models import CareRequest
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
from portals.editorial.audience.models import PageCount
from portals.editorial.availability.models import Interruption
from portals.editorial.information.models import Article
from portals.editorial.legal.models import LegalVersion
from portals.editorial.switches.models import ServiceSwitch
from portals.gestion.roles import Role
from portals.terms.models import Acceptance, TermsDraft
from privacy.audit import record
from privacy.deaths.words import ERASE
from privacy.erasure.models import Erasure, LegalHold
from privacy.models import Edition, Entry, FieldChange, Purpose, RowChange
from privacy.restriction.models import Freeze
from privacy.retention.models import RetentionRun, RetentionSwitch
from providers.invoices.models import RejectReason
from tests import builders
from tests.cast import Cast
from tests.employers.technical.objects import technical_account_of
from tests.members.beneficiaries.objects import sent_of
from tests.members.contributions.objects import contribution_term_of, instalment_of
from tests.members.coordinates.objects import bank_change_of
from tests.members.library.objects import document
from tests.members.portability.objects import offer_of, portability_of, proof_of
from tests.members.quotes.objects import request_of
from tests.members.representation.objects import representation
from tests.members.termination.objects import termination_of
from tests.portals.correspondence.objects import thread_of
from tests.portals.gestion.matrix import PAGES
from tests.privacy.breaches.objects import breach_and_files_of
from tests.privacy.campaigns.objects import campaign_by
from tests.privacy.consents.objects import choice_by_post
from tests.privacy.consultations.objects import told as consultation_told
from tests.privacy.deaths.objects import confirmed, declared, task_of
from tests.privacy.directives.objects import directives_of
from tests.privacy.disclosures.objects import produced
from tests.privacy.investigations.objects import case_about, exhibit_in, flag_on, list_of, who
from tests.privacy.register.objects import books_of
from tests.privacy.rights.objects import proved_request_of
from tests.privacy.staff.objects import year_of
from tests.privacy.vault.objects import sent_case_of
from tests.privacy.watch.objects import alarm_about
from tests.providers.library.objects import text_of_everybody

DAY = datetime.date(2026, 1, 1)
PAGES_OF_NO_ROW = {
    "changelist", "add", "hire", "announce", "open_account", "add_person", "place", "export", "enter", "write",
    "figures", "start",
}  # fmt: skip
BESIDE = {
    "privacy_publication_publish", "privacy_control_commitments", "privacy_advice_report", "privacy_incident_report",
    "privacy_breach_register_pdf", "privacy_breach_register_csv", "privacy_publication_map", "privacy_control_security",
    "privacy_charterversion_publish",
    "privacy_retentionrun_rules", "privacy_retentionrun_ask", "privacy_retentionrun_stop",
    "privacy_investigation_open",
    "privacy_disclosure_prepare", "privacy_disclosure_register_pdf", "privacy_disclosure_register_csv",
    "privacy_freezelist_import",
}  # fmt: skip
"""Pages that stand beside a list and are of no row."""


def addresses(cast: Cast) -> dict[str, str]:
    """The address of each page of the table, on Alice's things."""
    boss = builders.colleague(Role.SECURITY)
    rows = {
        **_decisions(cast.alice_account, boss), **_reference_tables(), **_requests(cast), **_contract(cast),
        **_rights(cast), **books_of(boss), **_files(cast), **year_of(boss),
    }  # fmt: skip
    return {name: _address(name, rows) for name in PAGES}


def _address(name: str, rows: dict[str, Any]) -> str:
    model = next((model for model in rows if name.startswith(f"{model}_")), "")
    page = name.removeprefix(f"{model}_")
    if name == "awareness_module":
        return reverse(f"admin:{name}", args=[rows["privacy_awarenessmodule"].pk])
    if not model or name in BESIDE or page in PAGES_OF_NO_ROW:
        return reverse(f"admin:{name}")
    if page == "publish" and model == "portals_legalversion":
        return reverse(f"admin:{name}", args=["cookies"])
    more: dict[str, list[Any]] = {
        "restore": ["display_name"],
        "contain": ["sessions"],
        "line": [rows["line of accessreview"].pk],
        **{page: [1] for page in ("filed", "filing_pdf", "filing_json")},
        **{page: [rows["batch of breach"].pk] for page in ("letters", "posted")},
        "lift": [rows["portals_restriction"].pk],
        "enclosure": [rows["upload of thread"].pk],
        "step": [rows["upload of thread"].pk, "ecarter"],
        "document": [rows["upload of carerequest"].pk],
        "document_step": [rows["upload of carerequest"].pk, "ecarter"],
        "paper": [rows["upload of beneficiaryrequest"].pk],
        "paper_step": [rows["upload of beneficiaryrequest"].pk, "ecarter"],
        "attestation": [rows["upload of unemploymentproof"].pk],
        "attestation_step": [rows["upload of unemploymentproof"].pk, "ecarter"],
        "proof": [rows["upload of representation"].pk],
        "proof_step": [rows["upload of representation"].pk, "ecarter"],
    }
    if model == "privacy_control":
        more = {"evidence": [rows["evidence of control"].pk]}
    if model == "privacy_investigation":
        more = {"measure": ["sessions"], "exhibit": [1], "exhibit_step": [1, "liberer"]}
    if model == "privacy_disclosure":
        more = {"document_step": ["liberer"]}
    if model == "privacy_freeze":
        more = {}
    if model == "privacy_choice":
        more = {"document_step": ["liberer"]}
    if model == "privacy_death":
        proof = rows["upload of death"].pk
        more = {"document": [proof], "document_step": [proof, "liberer"]}
    if model == "privacy_rightsrequest":
        proof = rows["upload of rightsrequest"].pk
        more = {"document": [proof], "document_step": [proof, "liberer"]}
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
        "portals_article": Article.objects.order_by("pk")[0],
        "portals_serviceswitch": ServiceSwitch.objects.create(
            space="professionnel", service="professional.information", position="new", words="Essai.", by=boss
        ),
        "portals_legalversion": LegalVersion.objects.order_by("pk")[0],
        "portals_interruption": Interruption.objects.create(
            nature="incident", begins_at="2026-01-01T00:00Z", impact="Essai.", noted_by=boss
        ),
        "portals_pagecount": PageCount.objects.create(day=DAY, page="portals:home", views=1),
        "portals_termsdraft": TermsDraft.objects.create(text="<p>Texte.</p>", summary="<p>Essentiel.</p>"),
        "portals_fraudreport": FraudReport.objects.create(reference="FR-TEST", was_signed_in=False),
        "privacy_incident": alarm_about(alice),
        **breach_and_files_of(alice),
        "privacy_purpose": Purpose.objects.get(code="newsletter"),
        "privacy_campaign": campaign_by(boss),
        "privacy_edition": Edition.objects.create(source="benefits", month="2025-07-01", state="refused"),
        "privacy_consultation": consultation_told(),
    }  # fmt: skip
    record("essai", by=boss)
    Account.objects.filter(pk=alice.pk).update(display_name="Essai")
    Account.objects.filter(pk=alice.pk).update(display_name=alice.display_name)
    with isolation.system():
        change = RowChange.objects.filter(model="portals.Account", changed=["display_name"]).latest("pk")
    made["privacy_rowchange"] = change
    return {**made, "privacy_entry": Entry.objects.all()[0], "privacy_fieldchange": FieldChange.objects.all()[0]}


def _reference_tables() -> dict[str, Any]:
    channel = ConventionType.objects.create(code="ZZ", label="Essai")
    column = CardDomain.objects.create(code="ESSA", label="Essai")
    return {
        "members_conventiontype": channel,
        "members_carddomain": column,
        "members_cardconvention": CardConvention.objects.create(domain=column, convention=channel),
        "providers_rejectreason": RejectReason.objects.get(code="R01"),
        "providers_agreementtext": text_of_everybody(),
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
        cared = CareRequest.objects.get(pk=request_of(cast.alice_account))
        cared.documents.add(_document(cast.alice_account))
        attached = sent_of(cast.alice_account, alice)
        portability = portability_of(alice)
        proof = proof_of(cast.alice_account, portability)
        return {
            "members_unemploymentproof": proof,
            "upload of unemploymentproof": proof.uploads.get(),
            "members_individualoffer": offer_of(portability),
            "members_termination": termination_of(cast.alice_account, alice),
            "members_beneficiaryrequest": attached,
            "upload of beneficiaryrequest": attached.proofs.get(),
            "members_representation": asked,
            "upload of representation": asked.proofs.get(),
            "members_carerequest": cared,
            "upload of carerequest": cared.documents.latest("pk"),
            "privacy_medicalcase": sent_case_of(cast.alice_account),
            "privacy_choice": choice_by_post(alice, proof=_document(cast.alice_account)),
            "portals_bankchange": bank_change_of(cast.alice_account),
            "portals_thread": thread,
            "upload of thread": letter.uploads.get(),
            "portals_errorreport": report(by=None, page="aide/", words="Le téléphone est faux."),
        }


def _rights(cast: Cast) -> dict[str, Any]:
    """A right that is asked for, deaths, and what the data-protection officer orders, holds and freezes."""
    bob, orderer = cast.bob, cast.alice_account
    with isolation.system():
        asked = proved_request_of(cast.alice_account)
        told = declared()
        directives_of(cast.home.samir_account, cast.home.samir)
        return {
            "privacy_rightsrequest": asked,
            "upload of rightsrequest": asked.proofs.get().upload,
            "privacy_rightstask": asked.tasks.order_by("pk")[0],
            "privacy_death": told,
            "upload of death": told.proofs.get().upload,
            "privacy_deathtask": task_of(confirmed(cast.home.samir), ERASE),
            "privacy_erasure": Erasure.objects.create(space="adherent", subject_id=bob.pk, ordered_by=orderer),
            "privacy_legalhold": LegalHold.objects.create(
                space="adherent", subject_id=bob.pk, reason="Litige", until=DAY, set_by=orderer
            ),
            "privacy_retentionrun": RetentionRun.objects.create(day=DAY),
            "privacy_retentionswitch": RetentionSwitch.objects.create(
                rule="portals.alerts", reason="Vérification en cours", set_by=orderer
            ),
            "privacy_freeze": Freeze.objects.create(
                space="adherent", tenant_id=cast.alice.household_id, subject_id=cast.home.lina.pk, ground="accuracy",
                reason="Adresse contestée.", set_by=orderer,
            ),
        }  # fmt: skip


def _contract(cast: Cast) -> dict[str, Any]:
    """What the management keeps of a household and of a company."""
    alice, house = cast.alice, cast.alice.household
    with isolation.system():
        line = builders.benefit(alice)
        return {
            "members_contributionterm": contribution_term_of(alice),
            "members_instalment": instalment_of(alice),
            "members_legaldocument": document(),
            "members_beneficiaryrule": BeneficiaryRule.objects.order_by("id")[0],
            "members_amountdifference": AmountDifference.objects.create(
                line_id=line.pk, benefit_ref=line.benefit_ref, household=house, paid_scheme=1, paid_mutual=1,
                expected_scheme=1, expected_mutual=2,
            ),
            "members_noemielink": NoemieLink.objects.create(person=alice, household=house, since=DAY),
            "members_parentalauthority": ParentalAuthority.objects.create(
                child=cast.home.ines, household=house, exercised_by="one", judgment_reference="RG 26/00001",
                judgment_date=DAY, start_date=DAY, recorded_by=cast.alice_account,
            ),
            "employers_technicalaccount": technical_account_of(cast.company, published=False),
        }  # fmt: skip


def _files(cast: Cast) -> dict[str, Any]:
    """A file on fraud with a piece, a communication that may leave, a flag and a list."""
    case = case_about(who(cast.alice))
    exhibit_in(case)
    return {
        "privacy_investigation": case,
        "privacy_screeningflag": flag_on(cast.alice),
        "privacy_freezelist": list_of(case.opened_by),
        "privacy_disclosure": produced(who(cast.alice)),
    }


def _document(account: Account) -> Upload:
    [upload] = receive([CleanFile("justificatif.pdf", "application/pdf", b"%PDF-1.7")], by=account)
    release(by=None, upload=upload)
    return upload
