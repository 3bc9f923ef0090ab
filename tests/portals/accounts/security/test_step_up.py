"""What is hard to undo asks again who is there, when the last proof is more than five minutes old (CGU-3.26)."""

import datetime
import re

import pytest
import time_machine
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from portals.accounts.models import Account
from portals.accounts.security import step_up
from portals.accounts.security.models import AccountSession, EmailChange
from portals.accounts.sessions import BEGAN
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.26")]

WANTED = "/compte/adresse-e-mail/"
ASKED = "/compte/confirmer/?next=/compte/adresse-e-mail/"
GUARDED = [
    "/compte/adresse-e-mail/",
    "/compte/adresse-e-mail/annuler/",
    "/compte/mot-de-passe/",
    "/compte/sessions/",
    "/compte/sessions/fermer/",
    "/compte/sessions/1/fermer/",
]
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def account(clock: time_machine.Traveller, cast: Cast) -> Account:
    return cast.alice_account


@pytest.fixture
def client(account: Account) -> Client:
    """Signed in a while ago, and seen since."""
    signed_in = builders.sign_in(Client(), account)
    grow_old(signed_in)
    return signed_in


def grow_old(client: Client) -> None:
    session = client.session
    session[BEGAN] -= 600
    session.pop(step_up.PROVEN, None)
    session.save()


def with_device(account: Account) -> None:
    from portals.accounts.second_factor.models import TotpDevice

    device = TotpDevice(user=account, name="Téléphone", confirmed=True)
    device.seal_key(b"k" * 20)
    device.save()


def code_in(letter: object) -> str:
    found = re.search(r"\b(\d{6})\b", str(letter))
    assert found
    return found[1]


@pytest.mark.parametrize("address", GUARDED)
@pytest.mark.asvs("7.5.1", "7.5.3")
def test_nothing_guarded_is_done_without_a_fresh_proof_by_any_method(
    address: str, client: Client, account: Account
) -> None:
    before = (account.password, account.email, account.session_epoch)
    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
        answer = client.generic(method, address)
        assert answer.status_code == 405 or answer["Location"].startswith("/compte/confirmer/?next="), method
    account.refresh_from_db()
    assert (account.password, account.email, account.session_epoch) == before
    assert not EmailChange.objects.exists() and not AccountSession.objects.exclude(ended_at=None).exists()


def test_the_password_is_enough_for_whoever_has_a_device(client: Client, account: Account) -> None:
    with_device(account)
    assert client.get(WANTED)["Location"] == ASKED
    page = client.get(ASKED)
    assert page.status_code == 200 and "code par e-mail" not in page.text
    assert client.post(ASKED, {"password": builders.PASSWORD})["Location"] == WANTED
    assert client.get(WANTED).status_code == 200


@pytest.mark.asvs("7.2.4")
def test_the_session_changes_its_key_with_the_proof(client: Client, account: Account) -> None:
    with_device(account)
    before = client.session.session_key
    client.post(ASKED, {"password": builders.PASSWORD})
    assert client.session.session_key != before
    assert AccountSession.objects.get(account=account).session_key == client.session.session_key


def test_a_proof_lasts_five_minutes(client: Client, account: Account, clock: time_machine.Traveller) -> None:
    with_device(account)
    client.post(ASKED, {"password": builders.PASSWORD})
    clock.shift(5 * MINUTE - datetime.timedelta(seconds=1))
    assert client.get(WANTED).status_code == 200
    clock.shift(datetime.timedelta(seconds=1))
    assert client.get(WANTED)["Location"] == ASKED


def test_signing_in_counts_only_with_a_second_factor(account: Account, clock: time_machine.Traveller) -> None:
    client = builders.sign_in(Client(), account)
    assert client.get(WANTED).status_code == 200
    clock.shift(5 * MINUTE)
    assert client.get(WANTED)["Location"] == ASKED
    alone = Client()
    alone.post("/connexion/", {"login": account.identifier, "password": builders.PASSWORD})
    assert DEVICE_ID_SESSION_KEY not in alone.session
    assert alone.get(WANTED)["Location"] == ASKED


def test_without_any_device_a_code_comes_by_e_mail(client: Client, account: Account) -> None:
    assert "code par e-mail" in client.get(ASKED).text
    assert client.post(ASKED, {"password": builders.PASSWORD})["Location"].startswith("/compte/confirmer/")
    assert client.get(WANTED)["Location"] == ASKED
    (letter,) = mails()
    assert letter.to == [account.email]
    refused = client.post(ASKED, {"code": "000000" if code_in(letter.body) != "000000" else "111111"})
    assert refused.status_code == 400 and "Ce code n’est pas le bon" in refused.text
    assert client.get(WANTED)["Location"] == ASKED
    assert client.post(ASKED, {"code": code_in(letter.body)})["Location"] == WANTED
    assert client.get(WANTED).status_code == 200


def test_the_code_of_one_session_is_of_no_use_to_another(client: Client, account: Account) -> None:
    client.post(ASKED, {"password": builders.PASSWORD})
    (letter,) = mails()
    thief = builders.sign_in(Client(), account)
    grow_old(thief)
    thief.post(ASKED, {"password": builders.PASSWORD})
    assert thief.post(ASKED, {"code": code_in(letter.body)}).status_code == 400


def test_a_code_without_the_password_opens_nothing(client: Client) -> None:
    assert client.post(ASKED, {"code": "123456"}).status_code == 400
    assert client.get(WANTED)["Location"] == ASKED


def test_a_wrong_password_is_said_and_counted(client: Client, account: Account) -> None:
    refused = client.post(ASKED, {"password": "pas celui-là du tout"})
    assert refused.status_code == 400 and "Ce n’est pas votre mot de passe" in refused.text
    answers = [client.post(ASKED, {"password": "pas celui-là du tout"}) for _ in range(4)]
    assert answers[-1].status_code == 429 and answers[-1]["Retry-After"]
    assert client.post(ASKED, {"password": builders.PASSWORD}).status_code == 429


def test_right_passwords_are_not_counted(client: Client, account: Account) -> None:
    with_device(account)
    for _ in range(8):
        assert client.post(ASKED, {"password": builders.PASSWORD}).status_code == 302
        grow_old(client)


def test_an_answer_that_is_no_passkey_is_refused(client: Client) -> None:
    refused = client.post(ASKED, {"passkey": "{}"})
    assert refused.status_code == 400
    assert client.get(WANTED)["Location"] == ASKED


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "/professionnel/", "/employeur/", "javascript:alert(1)"]
)
def test_it_leads_nowhere_but_to_ones_own_pages(elsewhere: str, client: Client, account: Account) -> None:
    with_device(account)
    answer = client.post(f"/compte/confirmer/?next={elsewhere}", {"password": builders.PASSWORD})
    assert answer["Location"] == "/adherent/"
    assert client.get("/compte/confirmer/")["Location"] == "/compte/securite/"


def test_a_form_sent_too_late_comes_back_filled(client: Client, account: Account) -> None:
    with_device(account)
    assert client.post(WANTED, {"email": "nouvelle@example.org"})["Location"] == ASKED
    assert "n’est pas perdue" in client.get(ASKED).text
    assert "nouvelle@example.org" not in str(dict(client.session.items()))
    assert client.post(ASKED, {"password": builders.PASSWORD})["Location"] == WANTED
    assert 'value="nouvelle@example.org"' in client.get(WANTED).text
    assert "nouvelle@example.org" not in client.get(WANTED).text
    assert not EmailChange.objects.exists()


def test_an_act_without_a_form_of_its_own_is_offered_again(client: Client, account: Account) -> None:
    with_device(account)
    other = builders.sign_in(Client(), account)
    assert client.post("/compte/sessions/fermer/", {"note": "é"})["Location"].startswith("/compte/confirmer/")
    asked = "/compte/confirmer/?next=/compte/sessions/fermer/"
    assert client.post(asked, {"password": builders.PASSWORD})["Location"] == "/compte/confirmer/reprise/"
    page = client.get("/compte/confirmer/reprise/").text
    assert 'action="/compte/sessions/fermer/"' in page and 'name="note" value="é"' in page
    assert other.get("/compte/").status_code == 200
    assert client.post("/compte/sessions/fermer/", {"note": "é"})["Location"] == "/compte/sessions/"
    assert other.get("/compte/").status_code == 302
    assert client.get("/compte/confirmer/reprise/")["Location"] == "/compte/securite/"


def test_a_form_waits_for_ten_minutes(client: Client, account: Account, clock: time_machine.Traveller) -> None:
    with_device(account)
    client.post(WANTED, {"email": "nouvelle@example.org"})
    clock.shift(10 * MINUTE)
    client.post(ASKED, {"password": builders.PASSWORD})
    assert "nouvelle@example.org" not in client.get(WANTED).text


def test_a_password_never_waits_in_the_session(client: Client, account: Account) -> None:
    with_device(account)
    asked = client.post("/compte/mot-de-passe/", {"password": "un mot de passe à moi tout seul"})["Location"]
    client.post(asked, {"password": builders.PASSWORD})
    assert "à moi tout seul" not in client.get("/compte/confirmer/reprise/").text


def test_nobody_signed_in_is_asked_to_sign_in(db: None) -> None:
    assert Client().get("/compte/confirmer/")["Location"].startswith("/connexion/")
