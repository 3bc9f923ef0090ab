"""How many secrets may be tried on one account, and the networks that it is used to."""

import datetime
import re
import threading
from typing import cast

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from portals.accounts import known_networks, limits
from portals.accounts.limits import Budget, LimitReached, reserve, reserve_code_check, reserve_password_check
from portals.accounts.limits.budgets import canonical, key_of
from portals.accounts.models import Account, KnownNetwork
from portals.accounts.planned import forget_networks
from tests import builders
from tests.cast import Cast
from tests.harness import processes
from tests.newcomer import sign_in

SOMEBODY = "1234567897"
USUAL = "198.51.100.4"


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


def free(budget: Budget, *, is_known_network: bool = False) -> int:
    """How many checks can be taken right now."""
    taken = 0
    while taken < 10:
        try:
            reserve(budget, SOMEBODY, "203.0.113.1", is_known_network=is_known_network)
        except LimitReached:
            break
        taken += 1
    return taken


def later(seconds: float) -> None:
    """Makes every check that is taken so much older: Valkey's clock is not ours to move."""
    key, client = key_of(limits.PASSWORD, SOMEBODY), processes.broker()
    for member in cast("list[bytes]", client.zrange(key, 0, -1)):
        client.zincrby(key, -1000 * seconds, member)


@pytest.mark.asvs("6.3.1")
def test_the_window_slides_so_that_no_edge_gives_twice_as_much(db: None) -> None:
    reserve_password_check(SOMEBODY, "203.0.113.1", is_known_network=False)
    later(200)
    assert free(limits.PASSWORD) == 2
    later(100)
    with pytest.raises(LimitReached) as reached:
        reserve_password_check(SOMEBODY, "203.0.113.2", is_known_network=False)
    assert 1 <= reached.value.seconds <= 5
    later(6)  # the first has slid out, the two others count for two hundred seconds more
    assert free(limits.PASSWORD) == 1
    later(300)
    assert free(limits.PASSWORD) == 2


@pytest.mark.parametrize(("is_known", "most"), [(False, 3), (True, 5)])
def test_tries_of_the_same_instant_are_all_counted(db: None, is_known: bool, most: int) -> None:
    taken: list[int] = []

    def attempt(rank: int) -> None:
        try:
            reserve_password_check(SOMEBODY, f"203.0.113.{rank}", is_known_network=is_known)
        except LimitReached:
            return
        taken.append(rank)

    threads = [threading.Thread(target=attempt, args=(rank,)) for rank in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == most


def test_a_known_network_takes_the_common_checks_first_and_strangers_never_take_its_own(db: None) -> None:
    assert free(limits.PASSWORD, is_known_network=True) == 5
    assert free(limits.CODE, is_known_network=False) == 3
    assert free(limits.CODE, is_known_network=True) == 2
    assert free(limits.CODE, is_known_network=True) == 0


def test_a_right_secret_gives_its_check_back_and_no_other(db: None) -> None:
    for _ in range(2):
        reserve_password_check(SOMEBODY, "203.0.113.1", is_known_network=False)
    for _ in range(20):
        reserve_password_check(SOMEBODY, "203.0.113.1", is_known_network=False).refund()
    assert free(limits.PASSWORD) == 1


def test_passwords_and_codes_have_each_their_budget_and_identifiers_too(db: None) -> None:
    assert free(limits.PASSWORD) == 3
    reserve_code_check(SOMEBODY, "203.0.113.1")
    reserve_password_check("1234567806", "203.0.113.1")


def test_without_valkey_nothing_is_checked(db: None, settings: Settings) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    for is_known in (True, False, None):
        with pytest.raises(LimitReached) as reached:
            reserve_password_check(SOMEBODY, USUAL, is_known_network=is_known)
        assert reached.value.seconds == 60


@pytest.mark.parametrize(
    "written",
    [
        "1234567897",
        " 1234 567 897",
        "１２３４５６７８９７",
        "١٢٣٤٥٦٧٨٩٧",
        "𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟕",
        "12345\u200b67897",
        "0001234567897",
    ],
)
def test_every_writing_of_an_identifier_is_one_key(written: str) -> None:
    assert canonical(written) == SOMEBODY


def test_what_is_no_number_is_counted_too() -> None:
    assert canonical("Alice @ exemple") == canonical("alice@exemple") == "aliceexemple"


def test_a_network_is_known_for_twelve_months_after_its_last_use(account: Account) -> None:
    with time_machine.travel("2026-01-10T09:00:00Z", tick=False) as clock:
        known_networks.remember(account, USUAL)
        clock.shift(datetime.timedelta(days=364))
        assert known_networks.is_known(account.identifier, USUAL)
        known_networks.remember(account, USUAL)
        clock.shift(datetime.timedelta(days=365))
        assert known_networks.is_known(account.identifier, USUAL)
        clock.shift(datetime.timedelta(seconds=1))
        assert not known_networks.is_known(account.identifier, USUAL)
        forget_networks(timezone.now())
    assert not KnownNetwork.objects.exists()


def test_a_network_is_one_accounts_own_and_is_kept_as_a_keyed_hash(cast: Cast) -> None:
    known_networks.remember(cast.alice_account, USUAL)
    known_networks.remember(cast.home.samir_account, USUAL)
    digests = [bytes(row.digest) for row in KnownNetwork.objects.all()]
    assert len(set(digests)) == 2 and not any(USUAL.encode() in digest for digest in digests)
    assert not known_networks.is_known(cast.bob_account.identifier, USUAL)


def test_a_refused_sign_in_makes_no_network_known(account: Account) -> None:
    sign_in(Client(REMOTE_ADDR=USUAL), account.identifier, "essai")
    assert not KnownNetwork.objects.exists()
    sign_in(Client(REMOTE_ADDR=USUAL), account.identifier, builders.PASSWORD)
    assert known_networks.is_known(account.identifier, USUAL)


@pytest.mark.asvs("6.3.3")
def test_a_password_alone_makes_no_network_known_to_an_account_that_needs_more(cast: Cast) -> None:
    account = cast.company_account
    sign_in(Client(REMOTE_ADDR=USUAL), account.identifier, builders.PASSWORD)
    assert not KnownNetwork.objects.exists()


@pytest.mark.asvs("6.3.4")
def test_no_entrance_compares_a_password_without_taking_a_check_first() -> None:
    """Whoever adds one names it here by taking a check: the budget is one for all of them."""
    apps = ("portals", "privacy", "members", "employers", "providers")
    files = [file for app in apps for file in (django_settings.ROOT / app).rglob("*.py")]
    sources = {file: file.read_text(encoding="utf-8") for file in files}
    compare = {
        file for file, text in sources.items() if re.search(r"\bcheck_password\(|super\(\)\.authenticate\(", text)
    }
    assert compare
    assert [file.name for file in compare if "reserve_password_check(" not in sources[file]] == []
