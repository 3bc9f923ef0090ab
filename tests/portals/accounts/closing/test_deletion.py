"""Deletion by the person, from the request to the last e-mail: seven days, then nothing opens any more (CGU-7.7)."""

import datetime

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnUserHandle

from members.statements.delivery import is_online
from portals import jobs
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts import known_networks
from portals.accounts.closing import actions, rules
from portals.accounts.closing.models import Deletion
from portals.accounts.models import Account, AccountState, KnownNetwork, Space
from portals.accounts.second_factor.models import RecoveryCodes, TotpDevice
from portals.accounts.security.models import AccountSession
from portals.correspondence import drafts
from portals.correspondence.models import Kind, WritingDraft
from portals.correspondence.reports import actions as reports
from portals.declarations import Erasure
from portals.personal_data import DECLARATION
from portals.secrets.models import SubjectKey
from privacy.audit.models import Entry
from tests import builders
from tests.builders.numbers import COVERED_SINCE
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-7.7")]

DELETE, CANCEL = "/compte/supprimer/", "/compte/supprimer/annuler/"
HOLDERS = ("alice_account", "company_account", "professional_account")
NOW = datetime.datetime(2026, 10, 14, 8, tzinfo=datetime.UTC)


def ask(account: Account, client: Client) -> Deletion:
    builders.sign_in(client, account)
    assert client.post(DELETE, {"understood": "on"}).status_code == 302
    return Deletion.objects.standing().get(account=account)


def work_at(instant: datetime.datetime) -> None:
    with time_machine.travel(instant, tick=False):
        jobs.run_due()


@pytest.fixture
def clock() -> time_machine.Traveller:  # type: ignore[misc]
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.mark.parametrize("holder", HOLDERS)
def test_after_seven_days_nothing_opens_any_more(
    holder: str, cast: Cast, client: Client, clock: time_machine.Traveller
) -> None:
    account: Account = getattr(cast, holder)
    identifier, address = account.identifier, account.email
    RecoveryCodes.objects.create(user=account, name="codes", salt=b"1", digests=[b"2"])
    deletion = ask(account, client)
    assert deletion.due_at == NOW + datetime.timedelta(days=7)
    clock.shift(datetime.timedelta(days=7, seconds=-1))
    jobs.run_due()
    account.refresh_from_db()
    assert account.state == AccountState.VALIDATED

    clock.shift(1)
    jobs.run_due()
    account.refresh_from_db()
    assert (account.state, account.closed_at, account.is_active) == (AccountState.CLOSED, timezone.now(), False)
    assert account.identifier == identifier
    assert (account.email, account.display_name) == ("", "Compte supprimé")
    assert not account.has_usable_password()
    assert not Grant.objects.filter(account=account, revoked_at=None).exists()
    assert not RecoveryCodes.objects.filter(user=account).exists()
    assert not AccountSession.objects.filter(account=account).exists()
    assert client.get("/compte/").status_code == 302
    assert [m.subject for m in mail.outbox if m.to == [address]] == [
        "La suppression de votre compte est demandée",
        "Votre compte est supprimé",
    ]
    assert Entry.objects.filter(action="account.deleted", account_id=account.pk).count() == 1


def test_no_identity_device_or_draft_of_the_account_stays(
    cast: Cast, client: Client, clock: time_machine.Traveller
) -> None:
    account = cast.alice_account
    builders.totp(account)
    WebAuthnUserHandle.get_handle_for_user(account)
    SocialAccount.objects.create(user=account, provider="franceconnect", uid="alice")
    known_networks.remember(account, "198.51.100.4")
    with isolation.system():
        drafts.save(by=account, kind=Kind.COMPLAINT, answers={"text": "Ce que je n’ai pas envoyé."})
        report = reports.report(by=account, page="adherent/", words="Mon nom est mal écrit.")
    draft_key = SubjectKey.objects.get(subject__startswith="draft:")
    ask(account, client)
    clock.shift(datetime.timedelta(days=7))
    jobs.run_due()
    for owned in (TotpDevice, WebAuthnUserHandle, SocialAccount):
        assert not owned._default_manager.filter(user=account).exists(), owned
    assert not KnownNetwork.objects.filter(account=account).exists()
    with isolation.system():
        assert not WritingDraft.objects.filter(account=account).exists()
    assert not SubjectKey.objects.filter(pk=draft_key.pk).exists()
    report.refresh_from_db()
    assert (report.account_id, reports.words_of(report)) == (None, reports.ERASED)


def test_signing_in_afterwards_answers_like_nobody_s_identifier(cast: Cast, client: Client) -> None:
    ask(cast.alice_account, client)
    work_at(timezone.now() + datetime.timedelta(days=8))
    pages = []
    for identifier in (cast.alice_account.identifier, builders.identifier()):
        answer = Client().post("/connexion/", {"login": identifier, "password": builders.PASSWORD})
        assert answer.status_code == 200
        pages.append(words_of(answer.content.decode()))
    assert pages[0] == pages[1]
    assert "Identifiant ou mot de passe incorrect" in pages[0]


def test_an_open_session_dies_with_the_account(cast: Cast, client: Client, clock: time_machine.Traveller) -> None:
    ask(cast.alice_account, client)
    clock.shift(datetime.timedelta(days=7))
    builders.sign_in(client, cast.alice_account)
    assert client.get("/adherent/").status_code == 200
    jobs.run_due()
    assert client.get("/adherent/").status_code == 302


@pytest.mark.parametrize("holder", HOLDERS)
def test_it_can_be_cancelled_from_any_page_until_then(
    holder: str, cast: Cast, client: Client, clock: time_machine.Traveller
) -> None:
    account: Account = getattr(cast, holder)
    deletion = ask(account, client)
    home = {"adherent": "/adherent/", "employeur": "/employeur/", "professionnel": "/professionnel/"}[account.space]
    for address in (home, "/compte/"):
        page = client.get(address).content.decode()
        assert "Suppression de votre compte prévue le" in words_of(page)
        assert f'action="{CANCEL}"' in page
    assert client.post(CANCEL).status_code == 302
    assert "Suppression de votre compte prévue" not in words_of(client.get(home).content.decode())
    clock.shift(datetime.timedelta(days=8))
    jobs.run_due()
    account.refresh_from_db()
    deletion.refresh_from_db()
    assert (account.state, deletion.done_at) == (AccountState.VALIDATED, None)
    assert mail.outbox[-1].subject == "La suppression de votre compte est annulée"
    clock.shift(1)
    assert ask(account, client).pk != deletion.pk


def test_asking_wants_a_proof_and_the_box(cast: Cast, client: Client) -> None:
    with time_machine.travel(NOW - datetime.timedelta(minutes=6), tick=False):
        builders.sign_in(client, cast.alice_account)
    with time_machine.travel(NOW, tick=False):
        for answer in (client.get(DELETE), client.post(DELETE, {"understood": "on"})):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/compte/confirmer/")
        builders.sign_in(client, cast.alice_account)
        page = words_of(client.post(DELETE, {}).content.decode())
    assert "Cochez cette case" in page
    assert not Deletion.objects.exists()


def test_the_page_says_what_goes_what_stays_and_offers_the_archive(cast: Cast, client: Client) -> None:
    page = builders.sign_in(client, cast.alice_account).get(DELETE).content.decode()
    words = words_of(page)
    assert "Vos relevés reviennent par la poste" in words
    assert "art. L. 221-11" in words
    assert 'href="/compte/export/"' in page


@pytest.mark.parametrize("colleagues", [0, 1, 2])
def test_the_last_administrator_is_told_what_becomes_of_the_company_and_its_people(
    colleagues: int, cast: Cast, client: Client
) -> None:
    for _ in range(colleagues):
        builders.account(cast.company, role="reader")
    words = words_of(builders.sign_in(client, cast.company_account).get(DELETE).content.decode())
    expected = {
        0: "l’espace de l’entreprise n’aura plus d’utilisateur",
        1: "Un collègue garde son accès",
        2: "2 collègues gardent leur accès",
    }
    assert expected[colleagues] in words
    builders.account(cast.company, role="administrator")
    assert "seul administrateur" not in words_of(client.get(DELETE).content.decode())


def test_it_is_open_to_the_expired_the_suspended_and_whoever_refuses_the_terms(cast: Cast, client: Client) -> None:
    expired = builders.account(builders.person(), since=COVERED_SINCE, closes_on=timezone.localdate())
    suspended = builders.account(builders.person())
    suspended.restrictions.create(kind="suspension", motive="breach", reason="Essai", by=cast.bob_account)
    refusing = builders.account(builders.person())
    refusing.accepted_terms = None
    refusing.save(update_fields=["accepted_terms"])
    for account in (expired, suspended, refusing):
        ask(account, Client())
    work_at(timezone.now() + datetime.timedelta(days=8))
    assert Account.objects.filter(state=AccountState.CLOSED).count() == 3


def test_the_same_person_may_open_a_new_account_later(cast: Cast, client: Client) -> None:
    ask(cast.alice_account, client)
    work_at(timezone.now() + datetime.timedelta(days=8))
    again = builders.account(cast.alice)
    assert again.identifier != cast.alice_account.identifier
    assert Grant.objects.open_on(timezone.localdate()).get(account=again).subject_id == cast.alice.pk


def test_an_account_locked_after_a_fraud_report_is_not_deleted(cast: Cast, client: Client) -> None:
    deletion = ask(cast.alice_account, client)
    Account.objects.filter(pk=cast.alice_account.pk).update(locked_at=timezone.now())
    work_at(timezone.now() + datetime.timedelta(days=8))
    deletion.refresh_from_db()
    assert deletion.cancelled_at is not None
    assert Account.objects.get(pk=cast.alice_account.pk).state == AccountState.VALIDATED


def test_the_address_of_the_last_message_is_forgotten_the_day_after(
    cast: Cast, client: Client, clock: time_machine.Traveller
) -> None:
    deletion = ask(cast.alice_account, client)
    clock.shift(datetime.timedelta(days=7))
    jobs.run_due()
    subject = actions.address_subject(deletion.pk)
    assert SubjectKey.objects.filter(subject=subject).exists()
    clock.shift(datetime.timedelta(days=1))
    jobs.run_due()
    deletion.refresh_from_db()
    assert deletion.address_sealed is None
    assert not SubjectKey.objects.filter(subject=subject).exists()


@pytest.mark.commitment("CGU-3.8")
def test_statements_go_back_to_paper_and_the_household_alone_may_read_it(
    cast: Cast, client: Client, clock: time_machine.Traveller
) -> None:
    from portals.signals import announce

    announce("account.validated", by=cast.alice_account, object_kind="account", object_id=cast.alice_account.pk)
    with isolation.system():
        assert is_online(cast.alice.pk)
    ask(cast.alice_account, client)
    clock.shift(datetime.timedelta(days=7))
    jobs.run_due()
    with isolation.system():
        assert not is_online(cast.alice.pk)
        assert cast.alice.statement_deliveries.count() == 2
    with isolation.tenant("adherent", cast.bob.household_id):
        assert not cast.alice.statement_deliveries.exists()


def test_two_clicks_ask_once(cast: Cast, client: Client) -> None:
    ask(cast.alice_account, client)
    assert client.post(DELETE, {"understood": "on"}).status_code == 200
    with pytest.raises(actions.DeletionAlreadyAsked):
        actions.request_deletion(by=cast.alice_account)
    assert Deletion.objects.count() == 1


def test_every_field_of_an_account_goes_or_says_why_it_stays() -> None:
    to_go = {
        name
        for kind, names in DECLARATION["portals.Account"].items()
        if kind.erasure in {Erasure.DELETE, Erasure.ANONYMISE}
        for name in names
    }
    assert to_go - set(rules.emptied(Space.MEMBER)) - set(rules.KEPT) == {"password"}  # made unusable
