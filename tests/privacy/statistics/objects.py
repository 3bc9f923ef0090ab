"""Portfolios made up for statistics: persons in memory, and a few hundred in the database."""

import datetime
from collections import defaultdict
from decimal import Decimal
from random import Random

from members.benefits.models import BenefitLine
from members.households.models import Person
from portals.access import isolation
from privacy.statistics.facts import Atom, Fact, Group, Told
from tests import builders
from tests.employers.technical.objects import pay, workforce

FAMILIES = {
    "MED": "Soins courants",
    "PHAR": "Pharmacie",
    "DENT": "Dentaire",
    "OPTI": "Optique",
    "HOSP": "Hospitalisation",
}
PLANS = {"P1": "Formule 1", "P2": "Formule 2", "P3": "Formule 3"}
REGIONS = ("53", "11", "28", "?")
MONTH = datetime.date(2025, 7, 1)
POSTCODES = ("29000", "35000", "75011", "14000")


def crowd(seed: int, households: int, *, month: int = 0, care: float = 0.3) -> Told:
    """Households of one to five persons, the same ones for every month of a seed, with care of their own each month."""
    rng, dice = Random(seed), Random(f"{seed}/{month}")
    covered: dict[Group, set[int]] = defaultdict(set)
    facts, person = [], 0
    for household in range(households):
        plan, region = rng.choices(list(PLANS), (8, 3, 1))[0], rng.choices(REGIONS, (10, 6, 3, 1))[0]
        for _ in range(rng.randrange(1, 6)):
            person += 1
            group = Group(str(rng.randrange(9) * 10), rng.choice("12"), region, plan)
            covered[group].add(person)
            facts += [
                Fact(person, household, Atom(family, group), dice.randrange(1, 5), euros * 100, euros * 60)
                for family in FAMILIES
                if dice.random() < care
                for euros in [dice.randrange(10, 200) * (20 if dice.random() < 0.02 else 1)]
            ]
    return Told(facts, {group: frozenset(persons) for group, persons in covered.items()}, FAMILIES, PLANS)


def portfolio(households: int = 90) -> None:
    """Families in the database whose care was paid in July 2025."""
    contract = workforce(builders.company(), households)
    pay(contract, 2025)
    rng = Random(3)
    with isolation.system():
        for person in Person.objects.filter(family_name="Marin").order_by("pk"):
            person.postcode = rng.choice(POSTCODES)
            person.save(update_fields=["postcode"])


def pay_once(person: Person, euros: int, day: datetime.date) -> None:
    """One more line for somebody, paid on a day."""
    with isolation.system():
        line = BenefitLine.objects.filter(person=person).order_by("pk").first()
        assert line is not None
        line.pk, line.benefit_ref, line.payment_date = None, f"UNE{person.pk:09d}", day
        line.expense, line.mutual_amount = Decimal(euros), Decimal(euros) / 2
        line.save(force_insert=True)
