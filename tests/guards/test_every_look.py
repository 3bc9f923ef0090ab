"""Looks and refusals, from the addresses themselves: the account's pages, « Mes données », the staff's site, everything refused.

`test_one_look.py` holds the pages of the three spaces, one by one. Here each address that exists is walked once: what shows
somebody's data leaves one entry, a refusal leaves one although its request was rolled back, and the rest is said by name.
"""

import copy
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from portals.accounts.models import Account
from privacy.audit.kinds import DENIED_ACCESS, OperationKind, kind_of
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.harness.visits import Visit
from tests.permissions.matrix import STATES, TABLE, expectations_of
from tests.permissions.objects import OBJECTS
from tests.permissions.people import Visitor, people_of
from tests.permissions.walks import address_of, leave, undone
from tests.portals.gestion import things
from tests.portals.gestion.matrix import PAGES

pytestmark = [
    pytest.mark.django_db(databases=["default", "statistics"]),
    pytest.mark.commitment("PDP-7.5"),
    pytest.mark.commitment("CGU-3.26"),
]

SHOWN = {OperationKind.LOOK, OperationKind.FILE}
OF_EVERYBODY = ("portals", "privacy")
"""Pages of whoever has an account, whatever the space."""
WITHOUT_A_LOOK: dict[str, set[str]] = {
    "texts of the mutual, the same for all": {
        "portals:accessibility", "portals:availability", "portals:availability_pdf", "portals:cookies",
        "portals:corrections", "portals:dpo", "portals:help", "portals:help_article", "portals:home",
        "portals:legal_comparison", "portals:legal_notices", "portals:legal_version", "portals:privacy",
        "portals:robots", "portals:security_contact", "portals:terms", "portals:terms_comparison",
        "portals:terms_version", "privacy:kept",
    },
    "forms before they are sent, and what is said once they are: what they do leaves its own entry": {
        "portals:complaint_escalate", "portals:complaint_new", "portals:error_report", "portals:fraud",
        "portals:fraud_received", "portals:message_new", "portals:password_forgotten",
        "portals:password_forgotten_sent", "portals:password_reset_done", "portals:verify",
        "portals:error_report_followed", "privacy:death_declare", "privacy:death_sent", "privacy:directives_revoke",
        "privacy:directives_write", "privacy:public_new", "privacy:public_sent", "privacy:request_new",
        "privacy:request_proof", "portals:signup_sent", "portals:terms_refused", "privacy:vault_answers",
        "privacy:vault_documents", "privacy:vault_letter", "privacy:vault_new", "privacy:vault_withdraw",
    },
    "how one signs in, and from where: nothing of care, and each change leaves its own entry": {
        "portals:account", "portals:account_delete", "portals:email_change", "portals:export",
        "portals:password_change", "portals:security", "portals:sessions", "portals:second_factor_new",
        "portals:logout", "portals:signup_complete",
    },
}  # fmt: skip
STAFF_WITHOUT_A_LOOK: dict[str, set[str]] = {
    "nothing of anybody": {
        "index", "mode", "portals_article_preview", "portals_article_versions", "portals_termsdraft_preview",
        "privacy_advice_report", "privacy_edition_export", "privacy_retentionrun_rules", "privacy_rightsrequest_figures",
        "roles",
    },
    "what each member of staff has to do themselves": {"awareness", "awareness_module", "charter"},
    "a piece in quarantine, which does not open": {"privacy_investigation_exhibit"},
    "forms before they are sent: the page they are reached from, and what they do, leave an entry each": {
        "members_acttariff_add", "members_beneficiaryrule_add", "members_cardconvention_add",
        "members_carddomain_add", "members_contributionterm_add", "members_conventiontype_add",
        "members_instalment_add", "members_lawparameter_add", "members_legaldocument_add",
        "members_noemielink_add", "members_parentalauthority_add", "members_representation_add_person",
        "members_representation_designate", "members_representation_open_account", "portals_account_close",
        "portals_account_credentials", "portals_account_factors", "portals_account_hire",
        "portals_account_lift", "portals_account_suspend", "portals_account_unlock", "portals_article_add",
        "portals_interruption_place", "portals_legalversion_publish", "portals_serviceswitch_cancel",
        "portals_serviceswitch_place", "portals_termsdraft_add", "portals_termsdraft_publish",
        "portals_withdrawal_announce", "portals_withdrawal_cancel", "privacy_advice_add",
        "privacy_authorityexchange_add", "privacy_breach_assess", "privacy_breach_close",
        "privacy_breach_describe", "privacy_breach_exempt", "privacy_breach_filed", "privacy_breach_persons",
        "privacy_breach_posted", "privacy_breach_prepare", "privacy_breach_tell", "privacy_campaign_rewrite",
        "privacy_campaign_send", "privacy_campaign_write", "privacy_choice_enter", "privacy_control_add",
        "privacy_control_result", "privacy_freeze_lift", "privacy_impactassessment_add",
        "privacy_impactassessment_decide", "privacy_incident_ask", "privacy_incident_close",
        "privacy_incident_dismiss", "privacy_incident_into_breach", "privacy_incident_note",
        "privacy_incident_qualify", "privacy_incident_report", "privacy_incident_suspect",
        "privacy_legalhold_release", "privacy_plannedmeasure_add", "privacy_publication_publish",
        "privacy_purpose_add", "privacy_purpose_stop", "privacy_recipient_add",
        "privacy_rightsrequest_answer", "privacy_rightsrequest_check", "privacy_rightsrequest_confirm",
        "privacy_rightsrequest_decide", "privacy_rightsrequest_enter", "privacy_rightsrequest_extend",
        "privacy_rightsrequest_freeze", "privacy_rightsrequest_hold", "privacy_rightsrequest_pause",
        "privacy_rightsrequest_plan", "privacy_rightsrequest_receive", "privacy_rightsrequest_task",
        "privacy_risk_add", "privacy_rowchange_restore", "privacy_sheet_add", "privacy_transfer_add",
        "privacy_accessreview_close", "privacy_accessreview_start", "privacy_awarenessmodule_write",
        "privacy_charterversion_publish", "privacy_consultation_publish", "privacy_consultation_rewrite",
        "privacy_consultation_tell", "privacy_consultation_write", "privacy_death_check", "privacy_death_confirm",
        "privacy_death_enter", "privacy_death_undo", "privacy_deathtask_decline", "privacy_deathtask_erase",
        "privacy_disclosure_approve", "privacy_disclosure_prepare", "privacy_disclosure_produce",
        "privacy_disclosure_refuse", "privacy_disclosure_send", "privacy_freezelist_import",
        "privacy_investigation_bundle", "privacy_investigation_decide", "privacy_investigation_hold",
        "privacy_investigation_let_go", "privacy_investigation_note", "privacy_investigation_open",
        "privacy_investigation_piece", "privacy_investigation_subject", "privacy_retentionrun_ask",
        "privacy_retentionrun_stop", "privacy_retentionswitch_resume", "privacy_rightsrequest_directives",
        "privacy_screeningflag_confirm", "privacy_screeningflag_dismiss",
        "providers_agreementtext_add", "providers_rejectreason_add",
    },
}  # fmt: skip
OF_ALL_STAFF = {"index", "mode", "roles", "charter", "awareness", "awareness_module"}
"""Open without a role: what each member of staff has to do themselves."""
TWO = {"members_carerequest_change"}
"""A look at the page, and the reading of what was sealed, which is told apart."""
SPACES = sorted({name.partition(":")[0] for name in TABLE["urls"]})


def named_in(url_name: str, cast: Cast) -> dict[str, object]:
    """What stands in the address."""
    return OBJECTS.get(url_name, lambda _cast: {})(cast)


def last_entry() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def looks_since(last: int, account: Account) -> list[str]:
    written = Entry.objects.filter(pk__gt=last, account_id=account.pk)
    return [entry.action for entry in written if kind_of(entry.action) in SHOWN]


def refusals_since(last: int, account: Account) -> int:
    return Entry.objects.filter(pk__gt=last, account_id=account.pk, action=DENIED_ACCESS, result="refused").count()


def test_each_page_of_an_account_and_of_its_data_leaves_one_look(cast: Cast) -> None:
    silent, loud = set(), []
    client = builders.sign_in(Visit(), cast.alice_account)
    cookies = copy.deepcopy(client.cookies)
    for url_name in sorted(TABLE["urls"]):
        if url_name.partition(":")[0] not in OF_EVERYBODY or expectations_of(url_name)["member"]["GET"] != 200:
            continue
        with undone():
            address = address_of(url_name, cast)
            client.cookies = copy.deepcopy(cookies)
            last = last_entry()
            leave(client.get(address))
            looks = looks_since(last, cast.alice_account)
        if not looks:
            silent.add(url_name)
        elif len(looks) > 1:
            loud.append(f"{url_name}: {looks}")
    assert loud == []
    assert silent == {name for names in WITHOUT_A_LOOK.values() for name in names}


def test_each_page_of_staff_leaves_one_look(cast: Cast) -> None:
    silent, loud = set(), []
    addresses = things.addresses(cast)
    staff: dict[str, tuple[Account, Client]] = {}
    for name, page in PAGES.items():
        if not page.opens:
            continue
        role = sorted(page.opens)[0]
        if role not in staff:
            colleague = builders.colleague(role)
            staff[role] = colleague, builders.enter_gestion(Visit(), colleague)
        colleague, client = staff[role]
        last = last_entry()
        leave(client.get(addresses[name]))
        looks = looks_since(last, colleague)
        if not looks:
            silent.add(name)
        elif len(looks) != 1 + (name in TWO):
            loud.append(f"{name}: {looks}")
    assert loud == []
    assert silent == {name for names in STAFF_WITHOUT_A_LOOK.values() for name in names}


def refused_ones(url_name: str, people: dict[str, Visitor]) -> Iterator[tuple[str, Account, int]]:
    """One state for each refusal of this address: 404 and 403."""
    expected = expectations_of(url_name)
    for status in (403, 404):
        for state in STATES:
            account = people[state].account
            if account is not None and expected[state]["GET"] == status:
                yield state, account, status
                break


@pytest.mark.parametrize("space", SPACES)
def test_each_refusal_leaves_one_entry(space: str, cast: Cast) -> None:
    """An address that names nothing tells nothing when it is not found: such a page does not exist for who asked."""
    people, wrong = people_of(cast), []
    sessions = {state: visitor.enter().cookies for state, visitor in people.items()}
    client = Visit()
    for url_name in sorted(name for name in TABLE["urls"] if name.partition(":")[0] == space):
        with undone():
            named = named_in(url_name, copy.deepcopy(cast))
            address = reverse(url_name, kwargs=named)
            for state, account, status in refused_ones(url_name, people):
                client.cookies = copy.deepcopy(sessions[state])
                last = last_entry()
                leave(client.get(address))
                if refusals_since(last, account) != (status == 403 or bool(named)):
                    wrong.append(f"{url_name} as {state}: {refusals_since(last, account)} for {status}")
    assert wrong == []


def test_each_refusal_of_the_staff_site_leaves_one_entry(cast: Cast) -> None:
    wrong = []
    addresses = things.addresses(cast)
    nobody = builders.staff()
    client = builders.enter_gestion(Visit(), nobody)
    for name, page in PAGES.items():
        last = last_entry()
        answer = client.get(addresses[name])
        leave(answer)
        if answer.status_code in {403, 404} and refusals_since(last, nobody) != 1:
            wrong.append(f"{name}: {answer.status_code}, {refusals_since(last, nobody)} entries")
        elif answer.status_code == 200 and page.opens and name not in OF_ALL_STAFF:
            wrong.append(f"{name} opened")
    assert wrong == []
