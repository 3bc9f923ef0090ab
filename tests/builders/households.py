"""Households, the persons in them, and what covers them."""

import datetime
from typing import Any

from members.coverage.models import Cover, Plan, PlanKind, Policy
from members.households.models import Household, Person, Role
from portals import secrets
from portals.access import isolation
from portals.names import folded_name
from tests.builders.numbers import COVERED_SINCE, number


def household(**fields: Any) -> Household:
    """A household with nobody in it: see `person`."""
    with isolation.system():
        return Household.objects.create(**{"member_number": f"{70_000_000 + number()}", **fields})


def person(of: Household | None = None, *, iban: str = "", nir: str = "", **fields: Any) -> Person:
    """A person of the household `of` (a new one by default), its member unless `role` says otherwise.

    `iban` and `nir` are given in clear and sealed as the feeds seal them.
    """
    home = of or household()
    with isolation.system():
        rank = fields.pop("rank", home.persons.count() + 1)
        chosen = {
            "person_ref": f"{home.member_number}-{rank}",
            "role": Role.MEMBER,
            "family_name": "Marin",
            "given_names": "Claude",
            "birth_date": datetime.date(1980, 3, 14),
            "sex": "2",
            "email": f"personne.{home.member_number}-{rank}@example.org",
            "address_line1": "4 quai des Sardiniers",
            "postcode": "56100",
            "city": "Lorient",
            "country": "FR",
            "scheme_code": "01",
            "office_code": "561",
            **fields,
        }
        chosen.setdefault("search_name", folded_name(chosen["family_name"]))
        made = Person(household=home, rank=rank, **chosen)
        _seal(made, "iban", iban)
        _seal(made, "nir", nir)
        made.save()
        return made


def _seal(of: Person, field: str, value: str) -> None:
    """Fills `<field>_sealed` and `<field>_index`, as the persons feed does."""
    if not value:
        return
    place = f"members_person.{field}"
    setattr(of, f"{field}_sealed", secrets.seal(f"person:{of.person_ref}", place, value))
    setattr(of, f"{field}_index", secrets.blind_index(place, value))


def plan(**fields: Any) -> Plan:
    """A responsible individual plan."""
    chosen = {
        "plan_code": f"PLAN{number()}",
        "name": "Équilibre",
        "kind": PlanKind.INDIVIDUAL,
        "responsible": True,
        "valid_from": COVERED_SINCE,
        **fields,
    }
    with isolation.system():
        return Plan.objects.create(**chosen)


def policy(of: Household, **fields: Any) -> Policy:
    """A running individual policy of the household."""
    with isolation.system():
        return Policy.objects.create(
            **{
                "policy_number": f"CT{number():08d}",
                "household": of,
                "plan": fields.pop("plan", None) or plan(),
                "start_date": COVERED_SINCE,
                **fields,
            }
        )


def cover(by: Policy, of: Person, **fields: Any) -> Cover:
    """The cover of a person by a policy, since the policy's first day."""
    with isolation.system():
        return Cover.objects.create(
            **{
                "policy": by,
                "person": of,
                "household_id": of.household_id,
                "start_date": by.start_date,
                "end_date": by.end_date,
                **fields,
            }
        )
