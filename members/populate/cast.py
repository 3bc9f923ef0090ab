"""The fixed cast of the demo: the households that its accounts belong to, the same each time."""

import datetime
from dataclasses import replace
from typing import NamedTuple

from members.populate import identifiers
from members.populate.names import CITIES, City
from members.populate.people import Household, Person

SEED = 1
FIRST_NUMBER = 88_000

# Whom each demo account stands for: role of the account, reference of the person.
PERSONS = {
    "member": "DEMO0001-1",
    "dependant-adult": "DEMO0001-2",
    "dependant-minor": "DEMO0001-5",
    "member-other": "DEMO0002-1",
    "member-new": "DEMO0003-1",
    "member-terminated": "DEMO0004-1",
    "member-suspended": "DEMO0005-1",
    "protected-1": "DEMO0006-1",
    "protected-2": "DEMO0007-1",
}


class Role(NamedTuple):
    """A person of the cast. Children have an age that they keep, adults a year of birth."""

    role: str
    given_names: str
    family_name: str
    birth_name: str
    sex: str
    birth: datetime.date


class Home(NamedTuple):
    """A household of the cast, with the years of its history."""

    city: City
    street: str
    plan: str
    years: int
    ended_months_ago: int
    roles: tuple[Role, ...]


def _city(name: str) -> City:
    return next(city for city in CITIES if city.name == name)


def _homes(today: datetime.date) -> tuple[Home, ...]:
    born = datetime.date
    family = (
        Role("member", "Claire Marie", "L’Haridon", "Le Gall", "2", born(1981, 4, 17)),
        Role("spouse", "Malo", "L’Haridon", "", "1", born(1979, 9, 2)),
        Role("child", "Zoé", "L’Haridon", "", "2", born(today.year - 12, 1, 1)),
        Role("child", "Timéo", "L’Haridon", "", "1", born(today.year - 19, 1, 1)),
        Role("child", "Maëlys", "L’Haridon", "", "2", born(today.year - 17, 1, 1)),
    )
    couple = (
        Role("member", "François", "D’Angelo", "", "1", born(1968, 11, 23)),
        Role("spouse", "Nadège", "Œuvrard", "", "2", born(1971, 6, 5)),
    )
    return (
        Home(_city("Vannes"), "14 rue des Tilleuls", "RIV", 5, 0, family),
        Home(_city("Nantes"), "3 bis quai de la Fosse", "LAR", 3, 0, couple),
        Home(_city("Rennes"), "27 allée du Moulin", "LIT", 1, 0, (
            Role("member", "Inès", "Benali", "", "2", born(1998, 2, 14)),
        )),
        Home(_city("Brest"), "8 impasse Saint-Michel", "RIV", 3, 2, (
            Role("member", "Loïc", "Kerloc’h", "", "1", born(1962, 7, 30)),
        )),
        Home(_city("Strasbourg"), "51 avenue Marie-Curie", "LAR", 2, 0, (
            Role("member", "Éléonore", "Schmitt", "", "2", born(1990, 10, 8)),
        )),
        Home(_city("Ajaccio"), "2 place de l’Église", "RIV", 3, 0, (
            Role("member", "Simone Rose", "Colonna", "Casanova", "2", born(1941, 3, 19)),
        )),
        Home(_city("Saint-Denis"), "19 chemin des Lilas", "LIT", 3, 0, (
            Role("member", "Jean-Baptiste", "Hoareau", "", "1", born(1995, 12, 12)),
        )),
    )  # fmt: skip


def households(today: datetime.date) -> list[tuple[Household, int]]:
    """The households of the cast, each with the months of history to tell."""
    return [(_household(index, home, today), home.years * 12) for index, home in enumerate(_homes(today), start=1)]


def member_number(household: int) -> str:
    """The member number of the nth household of the cast, from 1."""
    return f"{90_000_000 + household}"


def _household(index: int, home: Home, today: datetime.date) -> Household:
    end = _end(today, home.ended_months_ago)
    shell = Household(
        number=index,
        member_number=member_number(index),
        city=home.city,
        address_line1=home.street,
        address_line2="",
        plan=home.plan,
        start=datetime.date(today.year - home.years - 1, 1, 1),
        end=end,
        end_reason="résiliation" if end else "",
        group_contract="",
    )
    return replace(shell, persons=tuple(_person(shell, rank, role) for rank, role in enumerate(home.roles, start=1)))


def _end(today: datetime.date, months_ago: int) -> datetime.date | None:
    """The last day of the month, so many months ago; None while the policy runs."""
    if not months_ago:
        return None
    month = today.year * 12 + today.month - months_ago
    return datetime.date(month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def _person(home: Household, rank: int, role: Role) -> Person:
    index = home.number
    number = FIRST_NUMBER + index * 6 + rank
    ref = f"DEMO{index:04d}-{rank}"
    return Person(
        ref=ref,
        rank=rank,
        role=role.role,
        family_name=role.family_name,
        birth_name=role.birth_name,
        given_names=role.given_names,
        birth_date=role.birth,
        sex=role.sex,
        nir=identifiers.nir(role.sex, role.birth, home.city.department, number),
        email=f"demo.{index}.{rank}@example.org",
        phone=f"+336399800{index:02d}",
        iban=identifiers.iban(60_000_000_000 + number) if role.role == "member" else "",
        cover_start=max(home.start, role.birth),
        cover_end=home.end,
    )
