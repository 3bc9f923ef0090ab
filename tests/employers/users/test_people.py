"""Who acts for a company: the list, roles, revocations, and the administrator who must remain."""

import threading

import pytest
from django.db import connection
from django.test import Client

from employers.users import actions
from employers.users.models import Invitation
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import AccountState
from privacy.models import Entry
from tests import builders
from tests.cast import Cast, build_cast
from tests.employers.users.people import INVITED, colleague, grant_of, invite, signed_in
from tests.newcomer import mails
from tests.pages import words_of

PAGE = "/employeur/utilisateurs/"


@pytest.mark.commitment("CGU-1.7")
def test_the_list_says_who_acts_for_the_company_and_nobody_else(cast: Cast) -> None:
    colleague(cast.company, "accountant")
    colleague(cast.company, "reader", display_name="Jakez Bodin", state=AccountState.STARTED)
    colleague(cast.rival, "reader", display_name="Personne d’ailleurs")
    invite(cast.company_account)
    page = words_of(signed_in(cast.company_account).get(PAGE).text)
    assert "3 personnes" in page and "Nolwenn Riou" in page and "Comptable" in page and INVITED in page
    assert "Jakez Bodin" in page and "inscription à terminer" in page
    assert "Personne d’ailleurs" not in page


@pytest.mark.parametrize("role", ["hr_manager", "accountant", "reader"])
def test_only_administrators_see_it_and_the_others_read_whom_to_ask(cast: Cast, role: str) -> None:
    client = signed_in(colleague(cast.company, role))
    for address in (PAGE, f"{PAGE}inviter/", f"{PAGE}mandater/", f"{PAGE}{grant_of(cast.company_account).pk}/"):
        for answer in (client.get(address), client.post(address, {"email": INVITED, "role": "administrator"})):
            assert answer.status_code == 403
            assert cast.company_account.display_name in words_of(answer.text)
    assert PAGE not in client.get("/employeur/").text
    assert Grant.objects.filter(space="employeur", tenant_id=cast.company.pk, role="administrator").count() == 1


def test_a_role_changes_at_the_next_request_and_everyone_is_told(cast: Cast) -> None:
    promoted = colleague(cast.company, "reader")
    theirs = signed_in(promoted)
    assert theirs.get(PAGE).status_code == 403
    number = grant_of(promoted).pk
    answer = signed_in(cast.company_account).post(f"{PAGE}{number}/role/", {"role": "administrator"})
    assert answer.status_code == 302
    assert theirs.get(PAGE).status_code == 200
    told = sorted((message.to[0], message.subject) for message in mails())
    assert told == sorted(
        [
            (cast.company_account.email, "Un rôle a changé"),
            (promoted.email, "Un rôle a changé"),
            (promoted.email, "Votre rôle a changé"),
        ]
    )
    entry = Entry.objects.get(action="user.role_changed")
    assert (entry.account_id, entry.tenant_id) == (cast.company_account.pk, cast.company.pk)
    assert entry.details == {"from": "reader", "to": "administrator"}


@pytest.mark.commitment("CGU-1.3", "CGU-3.26")
def test_a_revoked_person_is_out_at_the_next_request_wherever_they_are_signed_in(cast: Cast) -> None:
    leaving = colleague(cast.company, "hr_manager")
    office, phone = signed_in(leaving), signed_in(leaving)
    assert office.get("/employeur/").status_code == phone.get("/employeur/").status_code == 200
    number = grant_of(leaving).pk
    page = signed_in(cast.company_account).get(f"{PAGE}{number}/retirer/")
    assert page.status_code == 200 and "connectée en ce moment" in page.text
    assert signed_in(cast.company_account).post(f"{PAGE}{number}/retirer/")["Location"] == PAGE
    for session in (office, phone):
        assert session.get("/employeur/")["Location"].startswith("/connexion/")
    leaving.refresh_from_db()
    assert signed_in(leaving).get("/employeur/").status_code == 403
    assert (leaving.email, "Votre accès à un organisme est retiré") in [(m.to[0], m.subject) for m in mails()]
    assert signed_in(cast.company_account).get(f"{PAGE}{number}/").status_code == 404


def test_the_invitations_of_whoever_leaves_leave_with_them(cast: Cast) -> None:
    rogue = colleague(cast.company, "administrator")
    link = invite(rogue)
    number = grant_of(rogue).pk
    signed_in(cast.company_account).post(f"{PAGE}{number}/retirer/")
    assert Client().get(link).status_code == 410
    with isolation.system():
        assert Invitation.objects.get().revoked_at is not None


def test_a_person_of_another_company_does_not_exist(cast: Cast) -> None:
    number = grant_of(cast.rival_account).pk
    client = signed_in(cast.company_account)
    for path in (f"{PAGE}{number}/", f"{PAGE}{number}/retirer/"):
        theirs, nobodys = client.get(path), client.get(path.replace(str(number), "999999"))
        assert theirs.status_code == nobodys.status_code == 404
    assert client.post(f"{PAGE}{number}/role/", {"role": "reader"}).status_code == 404
    assert client.post(f"{PAGE}{number}/retirer/").status_code == 404
    assert client.post(f"{PAGE}{number}/mandat/", {"ends_on": "01/01/2027"}).status_code == 404
    assert grant_of(cast.rival_account).role == "administrator"


def test_the_last_administrator_can_neither_leave_nor_be_demoted(cast: Cast) -> None:
    colleague(cast.company, "hr_manager")
    colleague(cast.company, "administrator", state=AccountState.STARTED)  # who never came does not count
    number = grant_of(cast.company_account).pk
    client = signed_in(cast.company_account)
    refused = client.post(f"{PAGE}{number}/role/", {"role": "reader"})
    assert refused.status_code == 200 and "seul administrateur" in refused.text
    refused = client.post(f"{PAGE}{number}/retirer/")
    assert refused.status_code == 200 and "seul administrateur" in words_of(refused.text)
    assert client.get(PAGE).status_code == 200


def test_an_administrator_may_leave_when_another_remains(cast: Cast) -> None:
    colleague(cast.company, "administrator")
    client = signed_in(cast.company_account)
    assert client.post(f"{PAGE}{grant_of(cast.company_account).pk}/retirer/")["Location"] == "/"
    assert client.get("/employeur/")["Location"].startswith("/connexion/")


def test_two_administrators_who_demote_each_other_at_once_leave_one(transactional_db: None) -> None:
    cast = build_cast()
    other = colleague(cast.company, "administrator")
    pair = [(cast.company_account, grant_of(other).pk), (other, grant_of(cast.company_account).pk)]
    start, refused = threading.Barrier(2), []

    def demote(by: object, grant_id: int) -> None:
        start.wait()
        try:
            with isolation.tenant("employeur", cast.company.pk):
                actions.change_role(by=by, company_id=cast.company.pk, grant_id=grant_id, role="reader")  # type: ignore[arg-type]
        except actions.LastAdministrator:
            refused.append(grant_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=demote, args=arguments) for arguments in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Grant.objects.filter(space="employeur", tenant_id=cast.company.pk, role="administrator").count() == 1


def test_queries_do_not_grow_with_the_people(cast: Cast, django_assert_max_num_queries: object) -> None:
    for rank in range(12):
        colleague(cast.company, "reader", display_name=f"Lectrice {rank}")
    client = signed_in(cast.company_account)
    client.get(PAGE)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert client.get(PAGE).status_code == 200


def test_a_second_factor_is_said(cast: Cast) -> None:
    from portals.accounts.second_factor.actions import enrol_totp

    enrol_totp(by=None, account=cast.company_account, key=b"k" * 20, name="Téléphone")
    builders.account(cast.company, role="reader", display_name="Sans Facteur")
    page = words_of(signed_in(cast.company_account).get(PAGE).text)
    assert "oui" in page and "non" in page
