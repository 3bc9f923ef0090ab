"""Households: who they are, where they live, which plan covers whom and from when to when. Deterministic by seed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import NamedTuple

from members.populate import identifiers
from members.populate.names import AREAS, CITIES, CITIES_PER_AREA, FAMILIES, MEN, STREETS, WAYS, WOMEN, City
from members.populate.plans import PLANS

FIRST_MEMBER_NUMBER = 20_000_000
MEMBER_NUMBER_STEP = 37
HOUSEHOLDS_PER_AREA = 400
HOUSEHOLDS_PER_COMPANY = 60
INDIVIDUAL = [plan.code for plan in PLANS if plan.kind == "individual"]
GROUP = [plan.code for plan in PLANS if plan.kind == "group"]

# (adults, children) and their weights in percents: 2.1 persons on average.
COMPOSITIONS = ((1, 0), (2, 0), (2, 1), (2, 2), (2, 3), (1, 1), (1, 2))
COMPOSITION_WEIGHTS = (40, 25, 12, 13, 3, 5, 2)
OLDEST_CHILD = 24


@dataclass(frozen=True, slots=True)
class Person:
    """A covered person, as the `persons` feed tells it. `cover_end` is the last day, None while it runs."""

    ref: str
    rank: int
    role: str
    family_name: str
    birth_name: str
    given_names: str
    birth_date: datetime.date
    sex: str
    nir: str
    email: str
    phone: str
    iban: str
    cover_start: datetime.date
    cover_end: datetime.date | None = None


class Sketch(NamedTuple):
    """Someone of a household, before names and numbers."""

    role: str
    rank: int
    age: int
    family_name: str


@dataclass(frozen=True, slots=True)
class Household:
    """A member number, its policy and its persons. `number` counts households from 0 and seeds their history."""

    number: int
    member_number: str
    city: City
    address_line1: str
    address_line2: str
    plan: str
    start: datetime.date
    end: datetime.date | None
    end_reason: str
    group_contract: str
    persons: tuple[Person, ...] = field(default_factory=tuple)

    @property
    def policy_number(self) -> str:
        return f"SA{self.member_number}"


def group_number(number: int) -> int | None:
    """The rank of a household among those of group contracts (two in five), or None."""
    rest = number % 5
    return None if rest not in {1, 3} else number // 5 * 2 + (rest == 3)


def contract_number(company: int) -> str:
    return f"GC{company + 1:05d}"


def contract_plan(company: int) -> str:
    """The plan that a company took out for its staff."""
    return GROUP[company % len(GROUP)]


def seeded(seed: int, *parts: int) -> Random:
    """A generator for one thing: the same at any size of portfolio. Parts are under 2^32."""
    key = seed
    for part in parts:
        key = (key << 32) | part
    return Random(key)


def households(count: int, seed: int, today: datetime.date) -> Iterator[Household]:
    """`count` households, one at a time. Ages follow the year of `today`."""
    for number in range(count):
        yield household(number, seed, today)


def household(number: int, seed: int, today: datetime.date) -> Household:
    """The household of a number: the same whatever the size of the portfolio."""
    rng = seeded(seed, number)
    member_number = str(FIRST_MEMBER_NUMBER + number * MEMBER_NUMBER_STEP)
    area = number // HOUSEHOLDS_PER_AREA % AREAS * CITIES_PER_AREA
    city = CITIES[area + rng.randrange(CITIES_PER_AREA)] if rng.random() < 0.7 else rng.choice(CITIES)
    group = group_number(number)
    company = None if group is None else group // HOUSEHOLDS_PER_COMPANY
    start, end = _period(rng, today)
    shell = Household(
        number=number,
        member_number=member_number,
        city=city,
        address_line1=f"{_street_number(rng)} {rng.choice(WAYS)} {rng.choice(STREETS)}",
        address_line2=f"Bât. {rng.choice('ABC')}, appt {rng.randrange(1, 60)}" if rng.random() < 0.3 else "",
        plan=rng.choice(INDIVIDUAL) if company is None else contract_plan(company),
        start=start,
        end=end,
        end_reason="résiliation" if end else "",
        group_contract="" if company is None else contract_number(company),
    )
    adults, children = rng.choices(COMPOSITIONS, COMPOSITION_WEIGHTS)[0]
    people = tuple(_person(rng, shell, today.year, sketch) for sketch in _sketches(rng, adults, children))
    return replace(shell, persons=people)


def _street_number(rng: Random) -> str:
    return f"{rng.randrange(1, 190)}{' bis' if rng.random() < 0.08 else ''}"


def _period(rng: Random, today: datetime.date) -> tuple[datetime.date, datetime.date | None]:
    """Most policies began before the last three years; one in twenty has ended in the last thirty months."""
    if rng.random() < 0.9:
        start = datetime.date(today.year - 4 - rng.randrange(3), 1, 1)
    else:
        start = datetime.date(today.year - 1 - rng.randrange(2), rng.randrange(1, 13), 1)
    if rng.random() >= 0.05:
        return start, None
    month = today.year * 12 + today.month - 1 - rng.randrange(30)
    end = datetime.date(month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
    return (start, end) if end > start else (start, None)


def _sketches(rng: Random, adults: int, children: int) -> Iterator[Sketch]:
    holder_age = rng.randrange(24 + 4 * children, 58 if children else 90)
    family_name = rng.choice(FAMILIES)
    yield Sketch("member", 1, holder_age, family_name)
    if adults == 2:
        own_name = family_name if rng.random() < 0.6 else rng.choice(FAMILIES)
        yield Sketch("spouse", 2, max(20, holder_age + rng.randrange(-6, 7)), own_name)
    for rank in range(adults + 1, adults + children + 1):
        age = rng.randrange(max(0, holder_age - 40), min(OLDEST_CHILD, holder_age - 20) + 1)
        yield Sketch("child", rank, age, family_name)


def _person(rng: Random, home: Household, year: int, sketch: Sketch) -> Person:
    role, rank, age, family_name = sketch
    sex = rng.choice("12")
    birth = datetime.date(year - 1 - age, rng.randrange(1, 13), rng.randrange(1, 29))
    given = WOMEN if sex == "2" else MEN
    number = home.number * 6 + rank
    ref = f"{home.member_number}-{rank}"
    first = rng.choice(given)
    second = f" {rng.choice(given)}" if rng.random() < 0.35 else ""
    born_as = rng.choice(FAMILIES) if role != "child" and sex == "2" and rng.random() < 0.4 else ""
    without_nir = rng.random() < (0.4 if age < 12 else 0.01)
    without_mail = rng.random() < (1.0 if age < 15 else 0.1)
    return Person(
        ref=ref,
        rank=rank,
        role=role,
        family_name=family_name,
        birth_name=born_as,
        given_names=first + second,
        birth_date=birth,
        sex=sex,
        nir="" if without_nir else identifiers.nir(sex, birth, _birth_department(rng, home.city), number),
        email="" if without_mail else f"personne.{ref}@example.org",
        phone="" if without_mail else identifiers.mobile(rng),
        iban=identifiers.iban(50_000_000_000 + number) if role == "member" else "",
        cover_start=max(home.start, birth),
        cover_end=home.end,
    )


def _birth_department(rng: Random, city: City) -> str:
    draw = rng.random()
    if draw < 0.7:
        return city.department
    if draw < 0.95:
        return rng.choice(CITIES).department
    return rng.choice(identifiers.ABROAD)
