"""What stands in the addresses that name something: one object of each kind, made from the cast."""

import datetime
from collections.abc import Callable

from django.utils import timezone

from members.statements.actions import issue_month
from members.statements.models import Statement
from portals.access import isolation
from portals.accounts.fraud.actions import request_report
from portals.editorial.legal.actions import publish as publish_legal
from portals.editorial.legal.models import Page
from portals.gestion.roles import Role
from tests import builders
from tests.cast import Cast
from tests.employers.banking import objects as company_accounts
from tests.employers.contributions.objects import contract_of, slip_of
from tests.employers.dsn import objects as dsn
from tests.employers.imports import objects as imports
from tests.employers.links import objects as links
from tests.employers.technical.objects import technical_account_of
from tests.employers.terminations.objects import left
from tests.employers.waivers import objects as waivers
from tests.employers.workforce import objects as workforce
from tests.members.beneficiaries import objects as beneficiaries
from tests.members.coordinates import objects as coordinates
from tests.members.library import objects as library
from tests.members.portability.objects import after_portability
from tests.members.quotes import objects as quotes
from tests.members.representation import objects
from tests.members.termination import objects as terminations
from tests.portals.correspondence import objects as threads
from tests.privacy.breaches import objects as breaches
from tests.privacy.consents import objects as consents
from tests.privacy.consultations import objects as consultations
from tests.privacy.directives import objects as directives
from tests.privacy.history.objects import entry_of
from tests.privacy.rights import objects as rights_requests
from tests.privacy.vault import objects as vault
from tests.providers.invoices.objects import invoice_of, transfer_of
from tests.providers.library import objects as agreement_texts
from tests.providers.users.people import agreement_of

PAID_IN = datetime.date(2026, 10, 1)


def statement_of(cast: Cast) -> Statement:
    """Alice's statement of the month in which her line was paid."""
    issue_month(month=PAID_IN, by=None)
    with isolation.system():
        return Statement.objects.get(recipient=cast.alice)


def report_of_nobody() -> str:
    """The number of a fraud report that designates no account."""
    return request_report(by=None, identifier="1234567897", proof="07/03/1985").reference


def announced_terms() -> int:
    """The number of a version that nobody has to accept yet."""
    later = timezone.now() + datetime.timedelta(days=30)
    return builders.terms_version(effective_at=later, published_at=timezone.now()).number


def next_cookies() -> int:
    """The number of a second version of a legal page."""
    return publish_legal(
        by=builders.colleague(Role.DPO), page=Page.COOKIES, text="<p>Autre texte.</p>", changes="<p>Tout.</p>"
    ).number


# What stands in an address: always Alice's, so that every other state is somebody else's eyes on it.
OBJECTS: dict[str, Callable[[Cast], dict[str, object]]] = {
    "portals:export_archive": lambda _cast: {"secret": "never-given"},
    "members:document": lambda cast: {"document_id": library.terms_of(library.plan_of(cast.alice)).pk},
    "members:beneficiaries_person": lambda _cast: {"case": "newborn"},
    **dict.fromkeys(
        ["members:beneficiaries_remove", "members:beneficiaries_keep"], lambda cast: {"person_id": cast.home.ines.pk}
    ),
    **dict.fromkeys(
        [f"members:beneficiaries_{step}" for step in ("proofs", "send", "withdraw")],
        lambda cast: {"request_id": beneficiaries.draft_of(cast.alice_account, cast.alice).pk},
    ),
    **dict.fromkeys(
        ["members:beneficiaries_request", "members:beneficiaries_copy"],
        lambda cast: {"request_id": beneficiaries.sent_of(cast.alice_account, cast.alice).pk},
    ),
    "members:benefit": lambda cast: {"line_id": cast.home.alice_line.pk},
    "members:statement_pdf": lambda cast: {"statement_id": statement_of(cast).pk},
    "members:statement_prepare": lambda cast: {"statement_id": statement_of(cast).pk},
    "members:statement_year": lambda _cast: {"year": PAID_IN.year},
    **dict.fromkeys(
        ["members:representation_proofs", "members:representation_send"],
        lambda cast: {"representation_id": objects.draft_of(cast.alice_account)},
    ),
    "members:representation_give_up": lambda cast: {
        "representation_id": objects.representation(of=cast.bob, by=cast.alice_account)
    },
    **dict.fromkeys(
        [f"members:representation_{step}" for step in ("withdraw", "prolong", "contest")],
        lambda cast: {"representation_id": objects.representation(of=cast.alice, by=cast.home.samir_account)},
    ),
    "members:card_pass": lambda _cast: {"card_id": 999_999_999},
    "members:watchers_parent": lambda cast: {"parent_id": cast.home.samir.pk},
    "members:watchers_representative": lambda cast: {
        "representation_id": objects.representation(of=cast.alice, by=cast.home.samir_account)
    },
    "members:simulation": lambda cast: {"simulation_id": quotes.simulation_of(cast.alice_account)},
    "members:simulation_new": lambda _cast: {"kind": "optique"},
    "members:care_request_new": lambda _cast: {"kind": "remboursement"},
    **dict.fromkeys(
        ["members:care_request", "members:care_request_documents"],
        lambda cast: {"request_id": quotes.request_of(cast.alice_account)},
    ),
    "members:care_request_send": lambda cast: {"request_id": quotes.draft_of(cast.alice_account)},
    "members:care_request_letter": lambda cast: {"request_id": quotes.answered_request_of(cast.alice_account)},
    "members:care_request_document": lambda cast: {
        "request_id": quotes.request_of(cast.alice_account),
        "upload_id": 999_999_999,
    },
    "privacy:preferences_proof": lambda cast: {"choice_id": consents.choice_of(cast.alice).pk},
    "privacy:consultation": lambda _cast: {"consultation_id": consultations.asked().pk},
    **dict.fromkeys(
        ["privacy:consultation_csv", "privacy:consultation_pdf"],
        lambda _cast: {"consultation_id": consultations.told().pk},
    ),
    "privacy:unsubscribe": lambda _cast: {"token": "never-given"},
    "portals:fraud_received": lambda _cast: {"reference": report_of_nobody()},
    "portals:help_article": lambda _cast: {"slug": "obligations-de-l-employeur"},
    "members:information": lambda _cast: {"slug": "lire-un-decompte"},
    "employers:information": lambda _cast: {"slug": "depart-d-un-salarie"},
    "providers:information": lambda _cast: {"slug": "verifier-les-droits"},
    "portals:legal_comparison": lambda _cast: {"page": "cookies", "number": 1, "other": next_cookies()},
    "portals:legal_version": lambda _cast: {"page": "cookies", "number": 1},
    "portals:terms_comparison": lambda _cast: {"number": builders.current_terms().number, "other": announced_terms()},
    "portals:terms_version": lambda cast: {"number": builders.current_terms().number},
    "portals:password_reset": lambda cast: {"reference": "1", "token": "never-given"},
    "members:coordinates_contact_undo": lambda cast: {
        "change_id": coordinates.contact_change_of(cast.alice_account, cast.alice).pk
    },
    "members:termination_ask": lambda cast: {"policy_id": terminations.policy_of(cast.alice)},
    **dict.fromkeys(
        ["members:termination_cancel", "members:termination_pdf"],
        lambda cast: {"termination_id": terminations.termination_of(cast.alice_account, cast.alice).pk},
    ),
    "portals:bank_change_link": lambda _cast: {"reference": "1", "token": "never-given"},
    "portals:email_change_link": lambda cast: {"reference": "1", "token": "never-given"},
    "portals:session_end": lambda cast: {"session_id": 999_999_999},
    "portals:second_factor_rename": lambda _cast: {"kind": "application", "pk": 1},
    "portals:second_factor_remove": lambda _cast: {"kind": "application", "pk": 1},
    **dict.fromkeys(
        [f"portals:federation_{name}" for name in ("login", "callback", "refused", "link", "unlink")],
        lambda _cast: {"provider_code": "franceconnect"},
    ),
    **dict.fromkeys(
        [f"employers:{name}" for name in ("user", "user_role", "user_prolong", "user_revoke")],
        lambda cast: {"grant_id": cast.company_account.grants.get().pk},
    ),
    **dict.fromkeys(
        [f"employers:slip{file}" for file in ("", "_csv", "_pdf")],
        lambda cast: {"number": slip_of(cast.company).slip_number},
    ),
    **dict.fromkeys(
        [f"employers:technical_account{file}" for file in ("", "_pdf")],
        lambda cast: {"year": technical_account_of(cast.company).year},
    ),
    **dict.fromkeys(
        ["employers:employee", "employers:employee_change"],
        lambda cast: {"affiliation_id": workforce.somebody_of(cast.company).pk},
    ),
    **dict.fromkeys(
        ["employers:employee_operation", "employers:employee_operation_undo"],
        lambda cast: {"operation_id": workforce.operation_on(cast.company).pk},
    ),
    **dict.fromkeys(
        [f"employers:employee_dsn_{step}" for step in ("file", "apply", "delete", "anomalies")],
        lambda cast: {"draft_id": dsn.draft_of(cast.company_account).pk},
    ),
    **dict.fromkeys(
        [f"employers:employee_link{step}" for step in ("", "_send_again", "_revoke")],
        lambda cast: {"link_id": links.link_of(cast.company, cast.company_account).pk},
    ),
    "employers:employee_link_confirm": lambda cast: {
        "link_id": links.link_of(cast.company, cast.company_account, completed=True).pk
    },
    "affiliation:open": lambda _cast: {"token": "never-given"},
    "affiliation:dependant_remove": lambda _cast: {"rank": 0},
    "affiliation:plea": lambda _cast: {"case": "short"},
    "employers:slip_dispute": lambda cast: {"number": slip_of(cast.company).slip_number, "line": 1},
    **dict.fromkeys(
        [f"employers:employee_file{step}" for step in ("", "_affiliate", "_forget", "_lines", "_wrong")],
        lambda cast: {"file_id": imports.file_of(cast.company_account).pk},
    ),
    "employers:employee_file_undo": lambda cast: {
        "file_id": imports.file_of(cast.company_account).pk,
        "operation_id": 999_999_999,
    },
    **dict.fromkeys(
        [f"employers:employee_end{step}" for step in ("", "_check", "_give_up")],
        lambda cast: {"affiliation_id": workforce.somebody_of(cast.company).pk},
    ),
    **dict.fromkeys(
        [f"employers:employee_end{step}" for step in ("_undo", "_letter", "_mention")],
        lambda cast: {"affiliation_id": left(workforce.affiliated(cast.company, workforce.another())).affiliation_id},
    ),
    **dict.fromkeys(
        [
            f"members:portability{step}"
            for step in ("", "_proof", "_stop", "_resume", "_notice", "_offer", "_offer_ask")
        ],
        lambda cast: after_portability(cast.alice),
    ),
    "employers:document": lambda cast: {"document_id": library.terms_of(contract_of(cast.company).plan).pk},
    **dict.fromkeys(
        [f"employers:waiver{step}" for step in ("", "_accept", "_refuse", "_documents", "_end", "_settle")],
        lambda cast: {"waiver_id": waivers.another(cast.company).pk},
    ),
    "employers:waiver_new": lambda _cast: {"case": "elsewhere"},
    "employers:waiver_renew": lambda cast: {"waiver_id": waivers.renewable(cast.company, cast.company_account).pk},
    "employers:waiver_copy": lambda cast: {**waivers.copy_of(cast.company)},
    "employers:waiver_proof": lambda cast: {**waivers.proof_of(cast.company)},
    "employers:waiver_proof_act": lambda cast: {
        "waiver_id": waivers.another(cast.company).pk,
        "upload_id": 999_999_999,
        "step": "verifier",
    },
    "employers:bank_details_mandate": lambda cast: company_accounts.with_account(cast.company),
    "employers:invitation_send_again": lambda _cast: {"invitation_id": 999_999_999},
    "employers:invitation_withdraw": lambda _cast: {"invitation_id": 999_999_999},
    "invitations:invitation": lambda _cast: {"token": "never-given"},
    **dict.fromkeys(
        [f"portals:complaint{step}" for step in ("", "_answer", "_copy", "_escalate")] + ["portals:thread_close"],
        lambda cast: {"number": threads.answered_complaint_of(cast.alice_account)},
    ),
    "privacy:handover": lambda _cast: {"reference": "1", "token": "never-given"},
    "privacy:directives_document": lambda cast: {"number": directives.version_of(cast.alice_account, cast.alice)},
    "privacy:link": lambda _cast: {"reference": "1", "token": "never-given"},
    **dict.fromkeys(
        [f"privacy:request{step}" for step in ("", "_answer", "_opinion")],
        lambda cast: {"number": rights_requests.answered_request_of(cast.alice_account).number},
    ),
    "privacy:request_proof": lambda cast: {"number": rights_requests.doubted_request_of(cast.alice_account).number},
    "privacy:request_withdraw": lambda cast: {"number": rights_requests.request_of(cast.alice_account).number},
    "portals:message": lambda cast: {"number": threads.message_of(cast.alice_account)},
    "portals:thread_upload": lambda cast: {
        "number": threads.answered_complaint_of(cast.alice_account),
        "upload_id": 999_999_999,
    },
    "portals:error_report_followed": lambda _cast: {"number": threads.report_of_nobody()},
    "providers:agreement_pdf": lambda cast: {"number": agreement_of(cast.professional).agreement_number},
    "providers:document": lambda _cast: {"document_id": agreement_texts.text_of_everybody().pk},
    **dict.fromkeys(
        [f"providers:delegate{step}" for step in ("", "_role", "_revoke")],
        lambda cast: {"grant_id": builders.account(cast.professional, role="invoices").grants.get().pk},
    ),
    "providers:delegation_send_again": lambda _cast: {"delegation_id": 999_999_999},
    "providers:delegation_withdraw": lambda _cast: {"delegation_id": 999_999_999},
    "delegations:invitation": lambda _cast: {"token": "never-given"},
    "providers:invoice": lambda cast: {"number": invoice_of(cast.professional).invoice_number},
    **dict.fromkeys(
        [f"providers:transfer{file}" for file in ("", "_csv", "_pdf")],
        lambda cast: {"ref": transfer_of(cast.professional).transfer_ref},
    ),
    **dict.fromkeys(
        [f"privacy:history_{page}" for page in ("entry", "evidence", "proof")],
        lambda cast: entry_of(cast.alice_account),
    ),
    "privacy:breach_told": lambda cast: {"reference": breaches.told_breach_of(cast.alice_account)},
    **vault.ADDRESSED,
    "demo:mail": lambda cast: {"name": "nothing-0"},
}
