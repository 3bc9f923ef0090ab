"""Staff accounts: opened by the security officer, whose roles others never give themselves (PDP-7.3)."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from portals import jobs
from portals.accounts.models import Account, Space
from portals.accounts.sessions import BEGAN
from portals.gestion.actions import NothingToDo
from portals.gestion.colleagues import assign_roles, open_staff_account, roles_of
from portals.gestion.roles import Role
from privacy.models import Entry, FieldChange
from tests import builders
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.3")]

HIRE = "/gestion/portals/account/personnel/ouvrir/"
OTHERS = [role for role in Role if role != Role.SECURITY]


@pytest.fixture
def officer(db: None) -> Account:
    return builders.colleague(Role.SECURITY)


@pytest.fixture
def gestion(officer: Account, client: Client) -> Client:
    return builders.enter_gestion(client, officer)


def address_of(account: Account) -> str:
    return reverse("admin:portals_account_roles", args=[account.pk])


def test_the_officer_opens_an_account_with_its_roles(gestion: Client, officer: Account) -> None:
    answers = {"display_name": "Maël Guivarch", "email": "mael@example.org", "roles": [Role.AGENT.value]}
    answer = gestion.post(HIRE, answers)
    opened = Account.objects.get(email="mael@example.org")
    assert answer.headers["Location"] == reverse("admin:portals_account_change", args=[opened.pk])
    assert (opened.space, opened.is_staff, opened.must_choose_password) == (Space.STAFF, True, True)
    assert roles_of(opened) == [Role.AGENT.value]
    assert Entry.objects.filter(action="account.created", account_id=officer.pk, object_id=str(opened.pk)).exists()
    jobs.run_due()
    assert [message.to for message in mail.outbox] == [["mael@example.org"]] * 2
    assert Role.AGENT.value in words_of(gestion.get(answer.headers["Location"]).content.decode())


def test_a_wrong_address_opens_nothing(gestion: Client) -> None:
    page = gestion.post(HIRE, {"display_name": "Maël Guivarch", "email": "mael", "roles": []})
    assert page.status_code == 200
    assert not Account.objects.filter(display_name="Maël Guivarch").exists()


def test_changed_roles_are_journalled_told_and_end_the_sessions(gestion: Client, officer: Account) -> None:
    colleague = builders.colleague(Role.AGENT)
    theirs = builders.enter_gestion(Client(), colleague)
    assert theirs.get("/gestion/").status_code == 200
    answer = gestion.post(address_of(colleague), {"roles": [Role.AUDITOR.value, Role.DPO.value]})
    assert answer.status_code == 302
    assert roles_of(colleague) == [Role.DPO.value, Role.AUDITOR.value]
    assert theirs.get("/gestion/").headers["Location"].startswith("/connexion/")
    entry = Entry.objects.get(action="account.roles_changed", object_id=str(colleague.pk))
    assert entry.account_id == officer.pk
    assert (entry.details["given"], entry.details["removed"]) == ("Auditeur, DPO", "Gestionnaire")
    assert FieldChange.objects.filter(actor=officer, object_id=colleague.pk).exists()
    jobs.run_due()
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([colleague.email], "Les rôles de votre compte ont changé")
    ]


def test_every_role_can_be_taken_back(gestion: Client) -> None:
    colleague = builders.colleague(Role.SECURITY)
    assert gestion.post(address_of(colleague), {}).status_code == 302
    assert roles_of(colleague) == []


def test_the_same_roles_again_change_nothing(officer: Account) -> None:
    colleague = builders.colleague(Role.AGENT)
    with pytest.raises(NothingToDo):
        assign_roles(by=officer, account=colleague, roles=[Role.AGENT])
    colleague.refresh_from_db()
    assert colleague.session_epoch == 0


def test_nobody_changes_their_own_roles(gestion: Client, officer: Account) -> None:
    assert gestion.get(address_of(officer)).status_code == 403
    assert gestion.post(address_of(officer), {"roles": [role.value for role in Role]}).status_code == 403
    with pytest.raises(PermissionDenied):
        assign_roles(by=officer, account=officer, roles=list(Role))
    assert roles_of(officer) == [Role.SECURITY.value]


def test_roles_are_for_staff_only(gestion: Client) -> None:
    member = builders.account(builders.person())
    assert gestion.post(address_of(member), {"roles": [Role.AGENT.value]}).status_code == 403
    assert roles_of(member) == []


@pytest.mark.parametrize("role", OTHERS, ids=lambda role: role.name)
def test_no_other_role_opens_accounts_or_gives_roles(role: Role) -> None:
    by, colleague = builders.colleague(role), builders.staff()
    client = builders.enter_gestion(Client(), by)
    answers = {"display_name": "Essai", "email": "essai@example.org", "roles": [Role.SECURITY.value]}
    assert client.post(HIRE, answers).status_code == 403
    assert client.post(address_of(colleague), answers).status_code == 403
    with pytest.raises(PermissionDenied):
        open_staff_account(by=by, email="essai@example.org", display_name="Essai", roles=[])
    assert roles_of(colleague) == []


def test_both_ask_for_a_fresh_proof(gestion: Client) -> None:
    session = gestion.session
    session[BEGAN] = session[BEGAN] - 600
    session.save()
    for address in (HIRE, address_of(builders.staff())):
        assert gestion.get(address).headers["Location"].startswith("/compte/confirmer/"), address


def test_the_rubrics_lead_to_the_terms_and_the_incidents() -> None:
    def rubrics_of(role: Role) -> str:
        client = builders.enter_gestion(Client(), builders.colleague(role))
        return client.get("/gestion/").content.decode()

    for address in ("portals/termsversion", "portals/termsdraft", "privacy/incident"):
        assert f'href="/gestion/{address}/"' in rubrics_of(Role.DPO)
    assert 'href="/gestion/privacy/incident/"' not in rubrics_of(Role.AGENT)


def test_the_journal_speaks_french() -> None:
    auditor = builders.colleague(Role.AUDITOR)
    client = builders.enter_gestion(Client(), auditor)
    client.get("/gestion/roles/")
    client.get("/gestion/privacy/entry/")
    page = words_of(client.get("/gestion/privacy/entry/").content.decode())
    assert "Liste consultée par le personnel" in page
    assert "gestion.listed" not in page
