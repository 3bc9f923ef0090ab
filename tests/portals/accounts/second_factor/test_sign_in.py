"""The code page: no session before the code is good, and a code that is good once."""

import datetime

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from django.test import Client, RequestFactory
from django_otp import DEVICE_ID_SESSION_KEY

from portals.access import isolation
from portals.accounts.actions import choose_password
from portals.accounts.models import Account
from portals.accounts.second_factor import actions
from portals.accounts.second_factor.models import TotpDevice
from portals.accounts.second_factor.rules import LossReason
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails, sign_in

PAGE = "/verification/"
NOW = datetime.datetime(2026, 10, 14, 8, 0, 5, tzinfo=datetime.UTC)


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.company_account


@pytest.fixture
def key(account: Account) -> bytes:
    return builders.totp(account)[1]


def half_signed_in(account: Account, **more: str) -> Client:
    """The password is given, the code is not."""
    client = Client()
    response = sign_in(client, account.identifier, builders.PASSWORD, **more)
    assert (response.status_code, response["Location"]) == (302, PAGE)
    return client


def entries(action: str) -> list[Entry]:
    with isolation.system():
        return list(Entry.objects.filter(action=action).order_by("id"))


@pytest.mark.commitment("CGU-2.5", "CGU-3.26")
@pytest.mark.asvs("6.3.3", "7.2.4")
def test_the_session_opens_with_the_code_and_not_before(account: Account, key: bytes) -> None:
    client = half_signed_in(account)
    before = client.session.session_key
    assert "_auth_user_id" not in client.session
    assert client.get("/employeur/")["Location"] == "/connexion/?next=/employeur/"
    opened = client.post(PAGE, {"token": builders.code_of(key)})
    assert (opened.status_code, opened["Location"]) == (302, "/employeur/")
    assert client.session.session_key != before
    assert client.session[DEVICE_ID_SESSION_KEY].startswith("portals.totpdevice/")
    assert client.get("/employeur/").status_code == 200


def test_the_page_asked_for_is_reached_after_the_code(account: Account, key: bytes) -> None:
    client = half_signed_in(account, next="/compte/")
    assert client.post(PAGE, {"token": builders.code_of(key)})["Location"] == "/compte/"


def test_a_wrong_code_is_a_page_that_says_so_and_opens_nothing(account: Account, key: bytes) -> None:
    client = half_signed_in(account)
    wrong = f"{(int(builders.code_of(key)) + 1) % 10**6:06d}"
    response = client.post(PAGE, {"token": wrong})
    assert response.status_code == 400
    assert "Ce code n’est pas le bon, ou il a déjà servi" in response.text
    assert 'name="token"' in response.text
    assert client.get("/employeur/").status_code == 302
    assert TotpDevice.objects.get().throttling_failure_count == 1


@pytest.mark.parametrize("token", ["", " ", "é", "1" * 500, "\x00", "\u202e123456"])
def test_whatever_is_typed_is_answered_by_a_page(account: Account, key: bytes, token: str) -> None:
    assert half_signed_in(account).post(PAGE, {"token": token}).status_code == 400


@pytest.mark.asvs("6.5.1")
def test_a_code_that_has_served_is_refused_to_the_next_sign_in(account: Account, key: bytes) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        code = builders.code_of(key)
        assert half_signed_in(account).post(PAGE, {"token": code}).status_code == 302
        again = half_signed_in(account)
        assert again.post(PAGE, {"token": code}).status_code == 400
        clock.shift(31)
        assert again.post(PAGE, {"token": builders.code_of(key)}).status_code == 302


@pytest.mark.asvs("6.6.3")
def test_each_wrong_code_doubles_the_wait_of_that_device_alone(account: Account, key: bytes) -> None:
    first = TotpDevice.objects.get()
    second, second_key = builders.totp(account, name="Tablette")
    with time_machine.travel(NOW, tick=False) as clock:
        for wait in (1, 2, 4):
            assert not actions.try_code(by=account, device=first, code="000000").is_good
            stopped = actions.try_code(by=account, device=first, code=builders.code_of(key))
            assert (stopped.is_good, stopped.wait) == (False, wait)
            clock.shift(wait)
        assert actions.try_code(by=account, device=second, code=builders.code_of(second_key)).is_good
        assert actions.try_code(by=account, device=first, code=builders.code_of(key)).is_good
        first.refresh_from_db()
        assert first.throttling_failure_count == 0


def test_the_person_names_the_device_and_the_others_are_not_tried(account: Account, key: bytes) -> None:
    other, _ = builders.totp(account, name="Tablette")
    client = half_signed_in(account)
    page = client.get(PAGE).text
    assert "Téléphone" in page and "Tablette" in page
    first = TotpDevice.objects.exclude(pk=other.pk).get()
    refused = client.post(PAGE, {"device": other.persistent_id, "token": builders.code_of(key)})
    assert refused.status_code == 400
    assert list(TotpDevice.objects.order_by("pk").values_list("throttling_failure_count", flat=True)) == [0, 1]
    opened = client.post(PAGE, {"device": first.persistent_id, "token": builders.code_of(key)})
    assert opened.status_code == 302


def test_another_accounts_device_is_no_choice(account: Account, key: bytes, cast: Cast) -> None:
    theirs, their_key = builders.totp(cast.rival_account)
    client = half_signed_in(account)
    answer = client.post(PAGE, {"device": theirs.persistent_id, "token": builders.code_of(their_key)})
    assert answer.status_code == 400
    assert not actions.try_code(by=account, device=theirs, code=builders.code_of(their_key)).is_good


@pytest.mark.asvs("6.5.1")
def test_a_recovery_code_replaces_the_device_once(account: Account, key: bytes) -> None:
    codes = actions.draw_recovery_codes(by=account)
    client = half_signed_in(account)
    device = actions.recovery_codes_of(account)
    assert device is not None
    named = {"device": device.persistent_id, "token": f" {codes[3].lower()} "}
    assert client.post(PAGE, named).status_code == 302
    assert len(actions.recovery_codes_of(account).digests) == 9  # type: ignore[union-attr]
    again = half_signed_in(account).post(PAGE, named)
    assert again.status_code == 400 and "pas dans votre liste" in again.text


@pytest.mark.asvs("6.6.3")
def test_too_many_codes_are_told_to_wait_even_when_their_request_fails(
    account: Account, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count lives in Valkey: a request that is rolled back does not give a try back."""
    client = half_signed_in(account)
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("portals.accounts.second_factor.views.refusal", lambda *_: 1 / 0)
        statuses = [client.post(PAGE, {"token": "000000"}).status_code for _ in range(3)]
    assert statuses == [500, 500, 500]
    assert TotpDevice.objects.get().throttling_failure_count == 0
    shut = client.post(PAGE, {"token": builders.code_of(key)})
    assert shut.status_code == 429 and int(shut["Retry-After"]) > 0


@pytest.mark.asvs("6.3.5")
def test_the_owner_is_told_that_somebody_knows_the_password(account: Account, key: bytes) -> None:
    device = TotpDevice.objects.get()
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(4):
            actions.try_code(by=account, device=device, code="000000")
            clock.shift(20)
        sent = mails()
    assert [mail.subject for mail in sent] == ["Des codes refusés sur votre espace"]
    assert account.identifier not in str(sent[0].message()) and sent[0].to == [account.email]


@pytest.mark.parametrize("change", ["password", "epoch", "closed", "locked"])
def test_what_happens_to_the_account_meanwhile_ends_the_sign_in(account: Account, key: bytes, change: str) -> None:
    client = half_signed_in(account)
    if change == "password":
        choose_password(by=account, password="tournesol marmite éclair 9")
    elif change == "epoch":
        actions.end_sessions(account)
    elif change == "closed":
        Account.objects.filter(pk=account.pk).update(is_active=False)
    else:
        Account.objects.filter(pk=account.pk).update(locked_at=NOW)
    answer = client.post(PAGE, {"token": builders.code_of(key)})
    assert (answer.status_code, answer["Location"]) == (302, "/connexion/")
    assert client.get("/employeur/").status_code == 302
    assert "account_login" not in client.session


@pytest.mark.asvs("6.4.1")
def test_a_temporary_password_is_void_only_when_the_session_opens(account: Account, key: bytes) -> None:
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)
    Account.objects.filter(pk=account.pk).update(temporary_password_until=soon, must_choose_password=True)
    slow, quick = half_signed_in(account), half_signed_in(account)
    assert quick.post(PAGE, {"token": "000000"}).status_code == 400
    TotpDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert quick.post(PAGE, {"token": builders.code_of(key)}).status_code == 302
    assert quick.get("/employeur/")["Location"] == "/mot-de-passe/nouveau/"
    assert slow.post(PAGE, {"token": builders.code_of(key, steps=1)})["Location"] == "/connexion/"


@pytest.mark.asvs("6.4.3")
def test_a_new_password_does_not_remove_the_device(account: Account, key: bytes) -> None:
    choose_password(by=account, password=builders.PASSWORD)
    half_signed_in(account)
    assert TotpDevice.objects.filter(user=account).count() == 1


def test_a_sign_in_left_at_the_code_page_is_forgotten_after_fifteen_minutes(account: Account, key: bytes) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = half_signed_in(account)
        clock.shift(901)
        assert client.post(PAGE, {"token": builders.code_of(key)})["Location"] == "/connexion/"


def test_signing_out_at_the_code_page_forgets_the_password(account: Account, key: bytes) -> None:
    client = half_signed_in(account)
    client.post("/deconnexion/")
    assert client.get(PAGE)["Location"] == "/connexion/"


def test_whoever_has_not_given_a_password_or_is_signed_in_has_nothing_to_do_here(account: Account) -> None:
    assert Client().get(PAGE)["Location"] == "/connexion/"
    assert builders.sign_in(Client(), account).get(PAGE)["Location"] == "/employeur/"


def test_a_member_without_device_enters_with_the_password(cast: Cast) -> None:
    client = Client()
    assert sign_in(client, cast.alice_account.identifier, builders.PASSWORD)["Location"] == "/adherent/"
    assert DEVICE_ID_SESSION_KEY not in client.session
    assert client.get("/adherent/").status_code == 200


def test_a_member_who_added_a_device_is_asked_for_it(cast: Cast) -> None:
    _, key = builders.totp(cast.alice_account)
    client = half_signed_in(cast.alice_account)
    assert client.post(PAGE, {"token": builders.code_of(key)})["Location"] == "/adherent/"


@pytest.mark.asvs("16.3.1")
def test_the_journal_tells_what_was_refused_and_what_was_good_without_any_code(account: Account, key: bytes) -> None:
    client = half_signed_in(account)
    code = builders.code_of(key)
    client.post(PAGE, {"token": "000000"})
    TotpDevice.objects.update(throttling_failure_timestamp=None)
    client.post(PAGE, {"token": code})
    tried = entries("second_factor.verified")
    assert [(entry.result, entry.account_id) for entry in tried] == [("refused", None), ("done", account.pk)]
    assert all(entry.object_id == str(account.pk) for entry in tried)
    pk = TotpDevice.objects.get().pk
    assert all(entry.details == {"kind": "application", "device": pk} for entry in tried)
    assert len(entries("account.sign_in")) == 1


@pytest.mark.asvs("6.4.4")
def test_staff_remove_every_device_and_the_next_sign_in_adds_another(account: Account, key: bytes) -> None:
    actions.draw_recovery_codes(by=account)
    inside = half_signed_in(account)
    inside.post(PAGE, {"token": builders.code_of(key)})
    agent = builders.staff()
    actions.remove_all_devices(by=agent, account=account, reason=LossReason.STOLEN)
    assert inside.get("/employeur/").status_code == 302
    client = Client()
    assert sign_in(client, account.identifier, builders.PASSWORD)["Location"] == "/employeur/"
    assert client.get("/employeur/")["Location"] == "/verification/appareil/"
    (told,) = entries("second_factor.all_removed")
    assert (told.account_id, told.object_id, told.details) == (agent.pk, str(account.pk), {"reason": "stolen"})
    with pytest.raises(ValueError, match="because"):
        actions.remove_all_devices(by=agent, account=account, reason="because")


def test_allauth_still_has_what_the_stage_stands_on() -> None:
    """Two internal functions, and the place of our stage: the last."""
    assert callable(login_stage_required(stage="second_factor", redirect_urlname="portals:login"))
    assert record_authentication.__code__.co_varnames[:3] == ("request", "user", "method")
    stages = get_adapter(RequestFactory().get("/")).get_login_stages()
    assert stages[-1] == "portals.accounts.second_factor.stage.SecondFactorStage"
