"""Thousands of hostile tries (issue 3): five checks in five minutes at most, nobody gets in, nobody is shut out.

Short form in the suite; `make attack` makes 10 000 attempts in five minutes and a half.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from portals.accounts.models import Account
from portals.accounts.second_factor import rules
from portals.accounts.second_factor.actions import enrol_totp
from privacy.audit.models import Entry
from tests import builders
from tests.attacks.hashers import list_of
from tests.attacks.hostile import USUAL_ADDRESS, Report, Targets, attack, most_in_a_window
from tests.attacks.wire import Visitor
from tests.cast import build_cast
from tests.harness import processes

ATTEMPTS = int(os.environ.get("ATTACK_ATTEMPTS", "240"))
IS_LONG = ATTEMPTS >= 10_000
SECONDS = 330.0 if IS_LONG else 0.0
"""The long form lasts longer than the window, so that windows begin and end during the attack."""
THREADS = 16
TOTP_KEY = bytes(range(20))
MOST_CHECKS = 5
MOST_OF_STRANGERS = 3


@pytest.fixture(scope="module")
def attacked_site(django_db_setup: None) -> Iterator[str]:
    hasher = "tests.attacks.hashers." + ("CountingFull" if IS_LONG else "CountingLight")
    with processes.site({"DJANGO_SETTINGS_MODULE": "tests.attacks.settings", "ATTACK_HASHER": hasher}) as address:
        yield address


@pytest.fixture
def city(transactional_db: None, attacked_site: str) -> dict[str, Account]:
    """Who lives behind the door. `owner` and `enrolled` have an address that they always sign in from."""
    cast = build_cast()
    people = {
        "owner": cast.alice_account,
        "enrolled": cast.professional_account,
        "robbed": cast.bob_account,
        "company": cast.company_account,
        "staff": builders.staff(),
        "neighbour": cast.home.samir_account,
    }
    enrol_totp(by=None, account=people["enrolled"], key=TOTP_KEY, name="Téléphone")
    if IS_LONG:
        for account in people.values():
            hasher = Argon2PasswordHasher()
            account.password = hasher.encode(builders.PASSWORD, hasher.salt())
            account.save(update_fields=["password"])
    return people


def enters(site: str, account: Account, page: str, *, step: int | None = None) -> bool:
    """Whether the owner gets in from their usual address, with the code of this time step when they have a device."""
    visitor = Visitor(site, USUAL_ADDRESS)
    visitor.post("/connexion/", {"login": account.identifier, "password": builders.PASSWORD})
    for _ in range(4):
        if step is None:
            break
        now = int(time.time()) // rules.STEP_SECONDS
        code = rules.code_of_step(TOTP_KEY, now + step)
        if visitor.post("/verification/", {"token": code}).status == 302:
            break
        time.sleep(1.5)  # the device is slowed for a few seconds by the codes of others
    opened = visitor.get(page).status == 200
    visitor.close()
    return opened


def steal_session(site: str, account: Account) -> str:
    """A cookie of the account's own, as malware would take it."""
    victim = Visitor(site, "127.8.8.8")
    victim.post("/connexion/", {"login": account.identifier, "password": builders.PASSWORD})
    assert victim.get("/compte/").status == 200
    victim.close()
    return victim.cookies["sessionid"]


@pytest.mark.slow
@pytest.mark.commitment("CGU-2.5", "CGU-3.25")
@pytest.mark.asvs("6.1.1", "6.3.1", "6.3.4", "6.6.3")
def test_thousands_of_tries_open_nothing_and_shut_nobody_out(city: dict[str, Account], attacked_site: str) -> None:
    assert enters(attacked_site, city["owner"], "/adherent/")
    assert enters(attacked_site, city["enrolled"], "/professionnel/", step=-1)
    targets = Targets(
        accounts=[account for name, account in city.items() if name != "enrolled"],
        password_known=city["enrolled"],
        session_stolen=city["robbed"],
        stolen_cookie=steal_session(attacked_site, city["robbed"]),
        unknown=[builders.identifier() for _ in range(3)],
    )
    entered: dict[str, bool] = {}

    def owners_come_home() -> None:
        entered["owner"] = enters(attacked_site, city["owner"], "/adherent/")
        entered["enrolled"] = enters(attacked_site, city["enrolled"], "/professionnel/", step=1)

    report = attack(
        attacked_site, targets, attempts=ATTEMPTS, seconds=SECONDS, threads=THREADS, midway=owners_come_home
    )
    checks = {name: checks_of(account) for name, account in city.items()}
    codes = [entry.at.timestamp() for entry in Entry.objects.filter(action="second_factor.verified", result="refused")]
    figures = figures_of(report, checks, codes, entered)
    keep(figures)

    assert report.breaches == []
    assert report.attempts >= ATTEMPTS
    assert entered == {"owner": True, "enrolled": True}
    for name, made in checks.items():
        wrong = most_in_a_window([at for at, is_right in made if not is_right])
        assert wrong <= MOST_OF_STRANGERS, (name, wrong)
        if name != "enrolled":  # whose password they know: they learn nothing from it
            assert most_in_a_window([at for at, _ in made]) <= MOST_CHECKS, name
    assert sum(len(made) for made in checks.values()) > 0
    assert 0 < most_in_a_window(codes) <= MOST_CHECKS


def checks_of(account: Account) -> list[tuple[float, bool]]:
    """When the server compared a password with this account's, and whether it was the right one."""
    assert Account.objects.get(pk=account.pk).password == account.password, (
        "hashed again: its checks are noted elsewhere"
    )
    noted = processes.broker().lrange(list_of(account.password), 0, -1)
    pairs = [line.decode().split(":") for line in noted]  # type: ignore[union-attr]  # the client is not asynchronous
    return [(float(at), is_right == "1") for at, is_right in pairs]


def figures_of(
    report: Report, checks: dict[str, list[tuple[float, bool]]], codes: list[float], entered: dict[str, bool]
) -> dict[str, object]:
    return {
        "attempts": report.attempts,
        "addresses": report.addresses,
        "seconds": round(report.seconds, 1),
        "statuses": dict(sorted(report.statuses.items())),
        "breaches": report.breaches[:20],
        "owners_entered": entered,
        "password_checks": {name: len(made) for name, made in checks.items()},
        "most_in_five_minutes": {name: most_in_a_window([at for at, _ in made]) for name, made in checks.items()},
        "most_wrong_in_five_minutes": {
            name: most_in_a_window([at for at, is_right in made if not is_right]) for name, made in checks.items()
        },
        "most_codes_in_five_minutes": most_in_a_window(codes),
    }


def keep(figures: dict[str, object]) -> None:
    """Where `make attack` and a failed run find them."""
    report: Path = settings.ROOT / "var" / "attack" / "hostile_sign_in.json"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")


def test_a_window_is_counted_wherever_it_starts() -> None:
    assert most_in_a_window([0, 299, 299.5, 301, 598]) == 4
    assert most_in_a_window([0, 300, 600]) == 1
    assert most_in_a_window([]) == 0
