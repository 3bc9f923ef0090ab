"""Who an employee is in the portfolio: somebody whom the mutual knows, or a new person. In the system's context.

A known NIR with the same birth date is the same person. Without it, a name and a birth date are enough only among the
persons that the caller already holds for its own (`among`): elsewhere two strangers may share both.
docs/decisions/workforce.md
"""

import datetime
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from members.households.feeds import IBAN_PLACE, NIR_PLACE
from members.households.models import Household, Person, Role
from portals import secrets as personal
from portals.names import folded_name
from portals.secrets.keys import data_keys
from portals.secrets.sealing import seal_with

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SIGNS = 12
"""Sixty bits: a million enrolments, and two alike once in a million times."""


@dataclass(frozen=True)
class NewInsured:
    """What is told of a person to cover. NIR and IBAN are checked already; `email` is the person's own."""

    family_name: str
    given_names: str
    birth_date: datetime.date
    birth_name: str = ""
    sex: str = ""
    nir: str = field(default="", repr=False)
    iban: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    @property
    def key(self) -> tuple[str, str, datetime.date]:
        return _key(self.family_name, self.given_names, self.birth_date)


def persons_for(wanted: Sequence[NewInsured], *, among: Collection[int]) -> list[tuple[Person, bool]]:
    """Each person in the order given, and whether they were known. A constant number of queries for any number."""
    by_nir = _known_by_nir(wanted)
    by_name = {_key(p.family_name, p.given_names, p.birth_date): p for p in Person.objects.filter(pk__in=among)}
    found: list[Person | None] = []
    for one in wanted:
        known = by_nir.get((personal.blind_index(NIR_PLACE, one.nir), one.birth_date)) if one.nir else None
        found.append(known or by_name.get(one.key))
    made = iter(_made([one for one, known in zip(wanted, found, strict=True) if known is None]))
    return [(known, True) if known is not None else (next(made), False) for known in found]


def new_number() -> str:
    """A number of ours, that no file of the mutual's bears: `AF` and twelve signs."""
    return "AF" + "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))


def sealed_fields(person: Person, data_key: bytes, *, nir: str = "", iban: str = "") -> None:
    """Seal the secrets of a person under their own key, as feeds do."""
    subject = f"person:{person.person_ref}"
    if nir:
        person.nir_sealed = seal_with(data_key, subject, NIR_PLACE, nir)
        person.nir_index = personal.blind_index(NIR_PLACE, nir)
    if iban:
        person.iban_sealed = seal_with(data_key, subject, IBAN_PLACE, iban)
        person.iban_index = personal.blind_index(IBAN_PLACE, iban)


def _known_by_nir(wanted: Sequence[NewInsured]) -> dict[tuple[bytes, datetime.date], Person]:
    """A child may bear a parent's NIR: the birth date tells them apart."""
    indexes = [personal.blind_index(NIR_PLACE, one.nir) for one in wanted if one.nir]
    if not indexes:
        return {}
    persons = Person.objects.filter(nir_index__in=indexes).order_by("-pk")
    return {(bytes(person.nir_index or b""), person.birth_date): person for person in persons}


def _made(wanted: Sequence[NewInsured]) -> list[Person]:
    if not wanted:
        return []
    numbers = [new_number() for _ in wanted]
    households = Household.objects.bulk_create(Household(member_number=number) for number in numbers)
    secret = [number for number, one in zip(numbers, wanted, strict=True) if one.nir or one.iban]
    keys = data_keys([f"person:{number}" for number in secret]) if secret else {}
    persons = []
    for number, household, one in zip(numbers, households, wanted, strict=True):
        person = _person(number, household.pk, one)
        if (key := keys.get(f"person:{number}")) is not None:
            sealed_fields(person, key, nir=one.nir, iban=one.iban)
        persons.append(person)
    return Person.objects.bulk_create(persons)


def _person(number: str, household_id: int, one: NewInsured) -> Person:
    return Person(
        person_ref=number,
        household_id=household_id,
        rank=1,
        role=Role.MEMBER,
        family_name=one.family_name,
        birth_name=one.birth_name,
        given_names=one.given_names,
        search_name=folded_name(one.family_name),
        birth_date=one.birth_date,
        sex=one.sex,
        email=one.email,
        phone=one.phone,
    )


def _key(family_name: str, given_names: str, birth_date: datetime.date) -> tuple[str, str, datetime.date]:
    first = folded_name(given_names).split()
    return folded_name(family_name), first[0] if first else "", birth_date
