"""Nobody can tell a known identifier from an unknown one: pairs of posts, compared in everything (issue 3).

Short form in the suite; `make attack` compares 1 000 pairs at each entrance, with the hasher of production.
"""

import datetime
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.utils import timezone
from stdnum import luhn

from employers.companies.models import GroupContract
from portals.access import isolation
from portals.accounts.models import Account, AccountState, Space
from portals.jobs import Job
from tests import builders
from tests.attacks.pairs import Pair, compare
from tests.cast import Cast, build_cast
from tests.harness import processes

PAIRS = int(os.environ.get("ATTACK_PAIRS", "60"))
IS_LONG = PAIRS >= 1000
HASHER = "django.contrib.auth.hashers.Argon2PasswordHasher"
RATIO = 1.05 if IS_LONG else 1.25
ROUNDS_OF_GRACE = 0 if IS_LONG else 3
TRIES_OF_AN_IDENTIFIER = 3
WRONG = "quatre-mouettes-sur-la-plage"

NOW = timezone.now()
# Accounts that no password opens, and what is typed for them: the right one must look wrong.
KINDS: dict[str, tuple[dict[str, object], str]] = {
    "open": ({}, WRONG),
    "staff": ({"space": Space.STAFF, "is_staff": True}, WRONG),
    "closed": ({"state": AccountState.CLOSED, "closed_at": NOW}, builders.PASSWORD),
    "inactive": ({"is_active": False}, builders.PASSWORD),
    "locked": ({"locked_at": NOW}, builders.PASSWORD),
    "temporary password over": (
        {"temporary_password_until": NOW - datetime.timedelta(minutes=1), "must_choose_password": True},
        builders.PASSWORD,
    ),
    "no password": ({"password": "!never"}, WRONG),
}


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    """The site of the suite; in the long form, one with the hasher of production."""
    if not IS_LONG:
        yield request.getfixturevalue("site_address")
        return
    request.getfixturevalue("django_db_setup")
    with processes.site({"DJANGO_SETTINGS_MODULE": "tests.attacks.settings", "ATTACK_HASHER": HASHER}) as address:
        yield address


@pytest.fixture
def cast_for_real(transactional_db: None, site: str) -> Cast:
    return build_cast()


@pytest.fixture
def company_contract(cast_for_real: Cast) -> GroupContract:
    """Of a company whose SIRET has its two keys, as the form asks."""
    with isolation.system():
        company = builders.company(siret="73282932000074", name="Voilerie du Ponant")
    return builders.group_contract(company)


def accounts(number: int, hashed: str) -> list[tuple[str, Account]]:
    """Accounts of every kind in turn, with the same password."""
    kinds = list(KINDS)
    made = [
        (
            kinds[rank % len(kinds)],
            Account(
                **{
                    "identifier": builders.identifier(),
                    "email": f"paire{rank}@example.org",
                    "space": Space.MEMBER,
                    "state": AccountState.VALIDATED,
                    "display_name": "Claude Marin",
                    "password": hashed,
                    **KINDS[kinds[rank % len(kinds)]][0],
                }
            ),
        )
        for rank in range(number)
    ]
    Account.objects.bulk_create([account for _, account in made])
    return made


def at_sign_in(number: int) -> Iterator[Pair]:
    """Three tries of each identifier, then the one too many."""
    hasher = Argon2PasswordHasher()
    hashed = hasher.encode(builders.PASSWORD, hasher.salt()) if IS_LONG else make_password(builders.PASSWORD)
    for kind, account in accounts(-(-number // TRIES_OF_AN_IDENTIFIER), hashed):
        nobody, typed = builders.identifier(), KINDS[kind][1]
        for _ in range(TRIES_OF_AN_IDENTIFIER):
            yield Pair(
                "/connexion/",
                {"login": account.identifier, "password": typed},
                {"login": nobody, "password": typed},
                kind,
            )


def at_sign_up(cast: Cast, contract: GroupContract, number: int) -> Iterator[Pair]:
    """Somebody of the portfolio, with an account already or without, and somebody who is not in it."""
    rpps = f"9999999999{luhn.calc_check_digit('9999999999')}"
    forms = {
        "adherent": (
            {"member_number": "48217736", "family_name": "Le Goff", "birth_date": _written(cast.alice.birth_date)},
            {"member_number": "48217799", "family_name": "Le Goff", "birth_date": _written(cast.alice.birth_date)},
        ),
        "employeur": (
            {"siret": contract.company.siret, "contract_number": contract.contract_number},
            {"siret": "44306184100047", "contract_number": contract.contract_number},
        ),
        "professionnel": (
            {"professional_number": cast.professional.rpps, "agreement_number": "TP000001"},
            {"professional_number": rpps, "agreement_number": "TP000001"},
        ),
    }
    for rank in range(number):
        space = list(forms)[rank // 5 % 3]  # five pairs at one address, then the next space
        common = {"email": "quelquun@example.org", "person_name": "Dominique Roy"}
        known, unknown = forms[space]
        yield Pair(f"/inscription/{space}/", {**known, **common}, {**unknown, **common}, space)


def at_recovery(cast: Cast, number: int) -> Iterator[Pair]:
    for rank in range(number):
        if rank // 5 % 2:
            known, unknown, kind = cast.alice_account.email, "personne.00000000-1@example.org", "e-mail"
        else:
            known, unknown, kind = cast.alice_account.identifier, builders.identifier(), "identifier"
        yield Pair("/mot-de-passe/oublie/", {"login": known}, {"login": unknown}, kind)


def at_fraud_report(cast: Cast, number: int) -> Iterator[Pair]:
    for _ in range(number):
        answers = {"proof": _written(cast.alice.birth_date), "description": ""}
        yield Pair(
            "/fraude/",
            {"identifier": cast.alice_account.identifier, **answers},
            {"identifier": builders.identifier(), **answers},
        )


def _written(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"


class Jobs:
    """What each post promises: the kinds of jobs, mails among them, that it has left behind."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self) -> list[str]:
        new = list(Job.objects.filter(pk__gt=self.last).order_by("pk").values_list("pk", "kind"))
        self.last = new[-1][0] if new else self.last
        return [kind for _, kind in new]


@pytest.mark.slow
@pytest.mark.commitment("CGU-2.4", "CGU-2.7")
@pytest.mark.asvs("6.3.8")
@pytest.mark.parametrize("entrance", ["sign-in", "sign-up", "recovery", "fraud report"])
def test_nobody_can_tell_a_known_identifier_from_an_unknown_one(
    entrance: str, cast_for_real: Cast, company_contract: GroupContract, site: str
) -> None:
    number = PAIRS if IS_LONG or entrance == "sign-in" else PAIRS // 3
    make_pairs = {
        "sign-in": lambda: at_sign_in(number),
        "sign-up": lambda: at_sign_up(cast_for_real, company_contract, number),
        "recovery": lambda: at_recovery(cast_for_real, number),
        "fraud report": lambda: at_fraud_report(cast_for_real, number),
    }[entrance]
    times, differences = compare(site, make_pairs(), Jobs(), first_address=5000)
    for round_of_grace in range(ROUNDS_OF_GRACE):
        # Few pairs on a busy machine: noise dies with more of them, and a leak does not.
        if times.ratio < RATIO:
            break
        more, others = compare(site, make_pairs(), Jobs(), first_address=20_000 + 1000 * round_of_grace)
        times.add_all(more)
        differences += others
    known, unknown = times.medians
    keep(
        entrance,
        {
            "pairs": number,
            "median_known_ms": round(known, 2),
            "median_unknown_ms": round(unknown, 2),
            "ratio": round(times.ratio, 4),
            "by_kind_ms": times.by_kind,
            "differences": differences[:20],
        },
    )
    assert differences == []
    assert times.ratio < RATIO, (known, unknown)


def test_the_try_too_many_is_refused_in_the_same_words(cast_for_real: Cast, site: str) -> None:
    account, nobody = cast_for_real.alice_account.identifier, builders.identifier()
    pair = Pair("/connexion/", {"login": account, "password": WRONG}, {"login": nobody, "password": WRONG})
    _, differences = compare(site, iter([pair] * 5), Jobs(), first_address=9000)
    assert differences == []


def keep(entrance: str, figures: dict[str, object]) -> None:
    """Where `make attack` and a failed run find them."""
    report: Path = settings.ROOT / "var" / "attack" / "same_answer.json"
    report.parent.mkdir(parents=True, exist_ok=True)
    noted = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    report.write_text(json.dumps({**noted, entrance: figures}, indent=1, ensure_ascii=False), encoding="utf-8")
