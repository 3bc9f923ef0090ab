"""The life of an invitation: sent, sent again, withdrawn, expired, accepted once."""

import datetime
import threading

import pytest
import time_machine
from django.db import connection
from django.test import Client

from employers.users import acceptance
from employers.users.invitations import InvitationOver
from employers.users.models import Invitation
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.secrets.models import SubjectKey
from privacy.models import Entry
from tests import builders
from tests.cast import Cast, build_cast
from tests.employers.users.people import (
    INVITED,
    accept,
    colleague,
    grant_of,
    invitation_link,
    invite,
    open_link,
    signed_in,
)
from tests.newcomer import credentials, mails, sign_in
from tests.pages import words_of


def invitations() -> list[Invitation]:
    with isolation.system():
        return list(Invitation.objects.order_by("id"))


@pytest.mark.commitment("CGU-1.3", "CGU-1.7", "CGU-2.2")
def test_an_invited_person_gets_an_account_of_their_own_with_the_role_chosen(cast: Cast) -> None:
    link = invite(cast.company_account)
    newcomer = Client()
    page = open_link(newcomer, link)
    assert page.request["PATH_INFO"] == "/inscription/employeur/invitation/choix/"
    assert cast.company.name in words_of(page.text) and "Gestionnaire RH" in words_of(page.text)
    assert accept(newcomer, link)["Location"] == "/inscription/employeur/invitation/envoyee/"
    assert newcomer.get("/inscription/employeur/invitation/envoyee/").status_code == 200
    sent = mails()
    assert [message.to for message in sent[:2]] == [[INVITED]] * 2
    identifier, temporary = credentials(sent)
    account = Account.objects.get(identifier=identifier)
    assert (account.display_name, account.organisation_name) == ("Nolwenn Riou", cast.company.name)
    grant = grant_of(account)
    assert (grant.role, grant.tenant_id, grant.basis) == ("hr_manager", cast.company.pk, "group_contract")
    assert sign_in(Client(), identifier, temporary).status_code == 302


def test_the_address_is_sealed_while_it_waits_and_forgotten_afterwards(cast: Cast) -> None:
    link = invite(cast.company_account)
    (waiting,) = invitations()
    assert INVITED.encode() not in bytes(waiting.email_sealed) and waiting.token_hash is not None
    assert link.split("/")[-2].encode() != bytes(waiting.token_hash)
    assert accept(Client(), link).status_code == 302
    (accepted,) = invitations()
    assert bytes(accepted.email_sealed) == b"" and accepted.token_hash is None
    assert not SubjectKey.objects.filter(subject=f"invitation:{accepted.reference}").exists()


def test_neither_the_mail_of_the_invitation_nor_the_notices_name_anybody(cast: Cast) -> None:
    client = signed_in(cast.company_account)
    client.post("/employeur/utilisateurs/inviter/", {"email": INVITED, "role": "reader"})
    sent = mails()
    assert sorted(message.to[0] for message in sent) == sorted([INVITED, cast.company_account.email])
    for message in sent:
        whole = f"{message.subject} {message.body}"
        assert cast.company.name not in whole and cast.company_account.display_name not in whole


def test_a_link_lives_seven_days_and_not_one_second_more(cast: Cast) -> None:
    with time_machine.travel("2026-10-14T10:00:00Z", tick=False) as clock:
        link = invite(cast.company_account)
        clock.shift(datetime.timedelta(days=7, seconds=-1))
        assert open_link(Client(), link).status_code == 200
        clock.shift(datetime.timedelta(seconds=1))
        assert open_link(Client(), link).status_code == 410


@pytest.mark.parametrize("token", ["choix", "never-given", "é" * 40])
def test_a_link_of_nobody_answers_like_one_that_is_over(cast: Cast, token: str) -> None:
    link = invite(cast.company_account)
    signed_in(cast.company_account).post(f"/employeur/utilisateurs/invitations/{invitations()[0].pk}/annuler/")
    dead = open_link(Client(), link)
    other = Client().get(f"/inscription/employeur/invitation/{token}/")
    assert dead.status_code == other.status_code == 410
    assert words_of(dead.text) == words_of(other.text)


def test_sent_again_the_link_is_new_and_the_one_before_is_dead(cast: Cast) -> None:
    first = invite(cast.company_account)
    client = signed_in(cast.company_account)
    client.post(f"/employeur/utilisateurs/invitations/{invitations()[0].pk}/renvoyer/")
    second = invitation_link()
    assert open_link(Client(), first).status_code == 410
    assert open_link(Client(), second).status_code == 200


def test_it_is_not_sent_more_than_five_times_a_day(cast: Cast) -> None:
    invite(cast.company_account)
    client = signed_in(cast.company_account)
    again = f"/employeur/utilisateurs/invitations/{invitations()[0].pk}/renvoyer/"
    letters = 0
    for _ in range(8):
        client.post(again)
        letters += len([message for message in mails() if message.to == [INVITED]])
    assert letters == 4


def test_an_invitation_that_expired_gives_way_to_another(cast: Cast) -> None:
    with time_machine.travel("2026-10-14T10:00:00Z", tick=False) as clock:
        invite(cast.company_account)
        client = signed_in(cast.company_account)
        answers = {"email": INVITED.upper(), "role": "reader"}
        refused = client.post("/employeur/utilisateurs/inviter/", answers)
        assert "Une invitation l’attend déjà" in refused.text
        clock.shift(datetime.timedelta(days=8))
        assert "expirée" in signed_in(cast.company_account).get("/employeur/utilisateurs/").text
        invite(cast.company_account, role="reader")
        assert [invitation.revoked_at is None for invitation in invitations()] == [False, True]


def test_whoever_acts_for_the_company_already_is_not_invited_again(cast: Cast) -> None:
    reader = colleague(cast.company, "reader")
    answer = signed_in(cast.company_account).post(
        "/employeur/utilisateurs/inviter/", {"email": reader.email, "role": "administrator"}
    )
    assert "agit déjà pour votre organisme" in answer.text and invitations() == []


def test_an_account_of_the_space_signs_in_and_gets_one_more_company(cast: Cast) -> None:
    link = invite(cast.company_account, email=cast.rival_account.email)
    stranger = Client()
    page = open_link(stranger, link)
    assert page.status_code == 200 and "connectez-vous" in words_of(page.text).lower()
    answer = stranger.post("/inscription/employeur/invitation/choix/", {"name": "Un Autre"})
    assert answer.status_code == 200 and Grant.objects.filter(space="employeur", tenant_id=cast.company.pk).count() == 1
    known = signed_in(cast.rival_account)
    open_link(known, link)
    assert known.post("/inscription/employeur/invitation/choix/")["Location"] == "/employeur/"
    assert Account.objects.filter(email=cast.rival_account.email).count() == 1
    assert {grant.tenant_id for grant in cast.rival_account.grants.all()} == {cast.company.pk, cast.rival.pk}
    assert cast.company.name in known.get("/employeur/").text


@pytest.mark.parametrize("holder", ["rival_account", "alice_account"])
def test_an_account_of_another_address_or_space_is_told_so_and_gets_nothing(cast: Cast, holder: str) -> None:
    account = getattr(cast, holder)
    link = invite(cast.company_account)
    client = signed_in(account)
    assert open_link(client, link).status_code == 403
    assert client.post("/inscription/employeur/invitation/choix/", {"name": "Un Autre"}).status_code == 403
    assert account.grants.count() == 1
    with pytest.raises(acceptance.AddressOfAnother):
        acceptance.accept(by=account, token=link.split("/")[-2])


def test_an_invitation_opens_nothing_once_the_company_is_no_longer_covered(cast: Cast) -> None:
    link = invite(cast.company_account)
    with isolation.system():
        cast.company.contracts.update(end_date=datetime.date(2020, 1, 1), start_date=datetime.date(2019, 1, 1))
    assert open_link(Client(), link).status_code == 410


def test_two_answers_at_the_same_instant_make_one_account(transactional_db: None) -> None:
    cast = build_cast()
    token = invite(cast.company_account).split("/")[-2]
    start, outcomes = threading.Barrier(8), []

    def answer() -> None:
        start.wait()
        try:
            acceptance.accept_as_newcomer(by=None, token=token, name="Nolwenn Riou", organisation="")
            outcomes.append("done")
        except (InvitationOver, acceptance.AccountExists):
            outcomes.append("over")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done"] + ["over"] * 7
    assert Account.objects.filter(email=INVITED).count() == 1


@pytest.mark.commitment("CGU-1.7", "CGU-3.26")
def test_each_step_is_in_the_journal_without_the_address(cast: Cast) -> None:
    link = invite(cast.company_account)
    client = signed_in(cast.company_account)
    client.post(f"/employeur/utilisateurs/invitations/{invitations()[0].pk}/renvoyer/")
    accept(Client(), invitation_link())
    invite(cast.company_account, email="autre@example.org")
    client.post(f"/employeur/utilisateurs/invitations/{invitations()[1].pk}/annuler/")
    entries = Entry.objects.filter(action__startswith="user.", object_kind="invitation").order_by("id")
    assert [entry.action for entry in entries] == [
        "user.invited", "user.invitation_sent_again", "user.joined", "user.invited", "user.invitation_withdrawn",
    ]  # fmt: skip
    assert not [entry for entry in entries if "@" in str(entry.details) or link in str(entry.details)]


def test_an_invitation_of_another_company_does_not_exist(cast: Cast) -> None:
    invite(cast.company_account)
    number = invitations()[0].pk
    rival = signed_in(cast.rival_account)
    for act in ("renvoyer", "annuler"):
        theirs = rival.post(f"/employeur/utilisateurs/invitations/{number}/{act}/")
        nobodys = rival.post(f"/employeur/utilisateurs/invitations/999999/{act}/")
        assert theirs.status_code == nobodys.status_code == 404
    assert invitations()[0].revoked_at is None


def test_rows_of_another_company_are_hidden_by_the_database_itself(cast: Cast) -> None:
    invite(cast.company_account)
    with isolation.tenant("employeur", cast.rival.pk):
        assert not Invitation.objects.exists()
    with isolation.tenant("employeur", cast.company.pk):
        assert Invitation.objects.count() == 1
    with isolation.tenant("adherent", cast.alice.household_id):
        assert not Invitation.objects.exists()


def test_an_invitation_asks_for_a_fresh_proof_and_keeps_what_was_typed(cast: Cast) -> None:
    client = signed_in(cast.company_account)
    session = client.session
    session["began_at"] -= 600
    session.save()
    answer = client.post("/employeur/utilisateurs/inviter/", {"email": INVITED, "role": "reader"})
    assert answer.status_code == 302 and "/employeur/utilisateurs/inviter/" in answer["Location"].replace("%2F", "/")
    assert invitations() == []


def test_read_only_years_give_no_new_rights(cast: Cast) -> None:
    late = builders.account(
        cast.company,
        display_name="Yann Le Bris",
        ended_on=datetime.date(2026, 1, 1),
        closes_on=datetime.date(2099, 1, 1),
    )
    answer = signed_in(late).post("/employeur/utilisateurs/inviter/", {"email": INVITED, "role": "reader"})
    assert answer.status_code == 403 and invitations() == []
