"""The limits as the sign-in page applies them: strangers, owners, forged headers, other writings of a number."""

import inspect

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from pytest_django.fixtures import Settings

from portals.accounts import known_networks
from portals.accounts.models import Account
from portals.accounts.second_factor.models import TotpDevice
from tests import builders
from tests.cast import Cast
from tests.newcomer import sign_in

WRONG = "Identifiant ou mot de passe incorrect."
USUAL = "198.51.100.4"


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


@pytest.mark.asvs("6.3.1")
def test_strangers_share_three_tries_and_the_owner_keeps_two_of_their_own(account: Account) -> None:
    assert sign_in(Client(REMOTE_ADDR=USUAL), account.identifier, builders.PASSWORD).status_code == 302
    for rank in range(3):
        stranger = Client(REMOTE_ADDR=f"203.0.113.{rank}")
        assert sign_in(stranger, account.identifier, "essai").status_code == 200
    shut = sign_in(Client(REMOTE_ADDR="203.0.113.9"), account.identifier, builders.PASSWORD)
    assert shut.status_code == 429 and 295 <= int(shut["Retry-After"]) <= 305
    assert "Trop d’essais" in shut.text and "/mot-de-passe/oublie/" in shut.text
    assert WRONG in sign_in(Client(REMOTE_ADDR=USUAL), account.identifier, "presque").text
    assert sign_in(Client(REMOTE_ADDR=USUAL), account.identifier, builders.PASSWORD).status_code == 302
    assert sign_in(Client(REMOTE_ADDR=USUAL), account.identifier, "presque").status_code == 200
    assert sign_in(Client(REMOTE_ADDR=USUAL), account.identifier, builders.PASSWORD).status_code == 429


@pytest.mark.asvs("6.3.1")
@pytest.mark.parametrize("count", [0, 1])
def test_a_forged_forwarded_address_does_not_make_another_network(
    account: Account, settings: Settings, count: int
) -> None:
    """Directly, or behind one proxy, which adds the address that it saw after whatever was claimed."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
    sign_in(Client(REMOTE_ADDR=USUAL, headers=_forwarded(USUAL)), account.identifier, builders.PASSWORD)
    for claimed in (USUAL, "192.0.2.1", USUAL, "192.0.2.2", f"{USUAL}, {USUAL}"):
        headers = _forwarded(f"{claimed}, 203.0.113.9")
        last = sign_in(Client(REMOTE_ADDR="203.0.113.9", headers=headers), account.identifier, "essai")
    assert last.status_code == 429


def _forwarded(addresses: str) -> dict[str, str]:
    return {"x-forwarded-for": addresses, "x-real-ip": USUAL, "forwarded": f"for={USUAL}"}


@pytest.mark.asvs("6.3.1")
def test_the_right_password_without_its_code_is_a_try_like_another(account: Account) -> None:
    """Whoever has bought a list of passwords has no more computed than whoever guesses; the owner gets theirs back."""
    _, key = builders.totp(account)
    for rank in range(3):
        answer = sign_in(Client(REMOTE_ADDR=f"203.0.113.{rank}"), account.identifier, builders.PASSWORD)
        assert answer["Location"] == "/verification/"
    assert sign_in(Client(REMOTE_ADDR="203.0.113.9"), account.identifier, builders.PASSWORD).status_code == 429
    known_networks.remember(account, USUAL)
    for _ in range(3):
        owner = Client(REMOTE_ADDR=USUAL)
        sign_in(owner, account.identifier, builders.PASSWORD)
        TotpDevice.objects.update(last_t=-1)
        assert owner.post("/verification/", {"token": builders.code_of(key)}).status_code == 302
        assert "_auth_user_id" in owner.session


def test_a_right_password_spends_nothing(account: Account) -> None:
    for _ in range(20):
        assert sign_in(Client(REMOTE_ADDR="203.0.113.9"), account.identifier, builders.PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "written", ["１２３４５６７８９７", "١٢٣٤٥٦٧٨٩٧", "12345\u200b67897", "0001234567897", "1234 567 897"]
)
def test_another_writing_of_an_identifier_has_no_budget_of_its_own(account: Account, written: str) -> None:
    account.identifier = "1234567897"
    account.save(update_fields=["identifier"])
    for _ in range(3):
        sign_in(Client(REMOTE_ADDR="203.0.113.9"), written, "essai")
    assert sign_in(Client(REMOTE_ADDR="203.0.113.10"), account.identifier, builders.PASSWORD).status_code == 429


@pytest.mark.parametrize("written", ["１２３４５６７８９７", "١٢٣٤٥٦٧٨٩٧", "12345\u200b67897", "0001234567897"])
def test_another_writing_of_an_identifier_reaches_nobody(account: Account, written: str) -> None:
    account.identifier = "1234567897"
    account.save(update_fields=["identifier"])
    assert WRONG in sign_in(Client(), written, builders.PASSWORD).text


def test_whoever_chose_a_new_password_by_e_mail_gets_in_while_strangers_knock(account: Account) -> None:
    reference = urlsafe_base64_encode(force_bytes(account.pk))
    owner = Client(REMOTE_ADDR="198.51.100.77")
    link = owner.get(f"/mot-de-passe/lien/{reference}/{default_token_generator.make_token(account)}/")["Location"]
    for rank in range(4):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{rank}"), account.identifier, "essai")
    assert sign_in(owner, account.identifier, builders.PASSWORD).status_code == 429
    assert owner.post(link, {"password": "tournesol marmite éclair 9"}).status_code == 302
    assert sign_in(owner, account.identifier, "tournesol marmite éclair 9").status_code == 302


def test_allauth_still_asks_before_it_computes_and_still_gives_back_after() -> None:
    """What the adapter stands in for is not allauth's promise: an upgrade that renames it must fail here."""
    for name in ("pre_authenticate", "_rollback_login_failed_rl_usage"):
        assert callable(getattr(DefaultAccountAdapter, name))
        assert name in inspect.getsource(DefaultAccountAdapter.authenticate)
