"""The benefits paid in a month, as facts to fold: two statements, however many lines there are.

Payments of the month, whenever the care was: each is of one month and one only. Lines that cancel one another leave nothing.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from members.benefits.models import ActFamily
from members.coverage.models import Plan
from members.figures.regions import region_of
from privacy.statistics.facts import Atom, Fact, Group, Source, Told
from privacy.statistics.rules import SEXES, UNKNOWN, age_band

PAID = """
SELECT line.person_id, line.household_id, act.family_id, plan.plan_code, person.birth_date, person.sex, person.postcode,
    person.country, round(sum(line.quantity))::integer, (sum(line.expense) * 100)::bigint,
    (sum(line.mutual_amount) * 100)::bigint
FROM members_benefitline line
JOIN members_actcode act ON act.code = line.act_code
JOIN members_policy policy ON policy.id = line.policy_id
JOIN members_plan plan ON plan.id = policy.plan_id
JOIN members_person person ON person.id = line.person_id
WHERE line.payment_date BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
HAVING sum(line.expense) <> 0 OR sum(line.mutual_amount) <> 0
"""
COVERED = """
SELECT DISTINCT cover.person_id, plan.plan_code, person.birth_date, person.sex, person.postcode, person.country
FROM members_cover cover
JOIN members_policy policy ON policy.id = cover.policy_id
JOIN members_plan plan ON plan.id = policy.plan_id
JOIN members_person person ON person.id = cover.person_id
WHERE cover.start_date <= %(last)s AND (cover.end_date IS NULL OR cover.end_date >= %(first)s)
"""


def read(first: datetime.date, last: datetime.date) -> Told:
    """The facts of a month. Ages are those reached in the year."""
    days = {"first": first, "last": last}
    covered: dict[Group, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(PAID, days)
        facts = [
            Fact(person, household, Atom(family, _group(plan, standing, first.year)), acts, expense, mutual)
            for person, household, family, plan, *standing, acts, expense, mutual in cursor.fetchall()
        ]
        cursor.execute(COVERED, days)
        for person, plan, *standing in cursor.fetchall():
            covered[_group(plan, standing, first.year)].add(person)
    return Told(
        facts=facts,
        covered={group: frozenset(persons) for group, persons in covered.items()},
        families=dict(ActFamily.objects.values_list("code", "label")),
        plans=dict(Plan.objects.values_list("plan_code", "name")),
    )


def _group(plan: str, standing: Sequence[Any], year: int) -> Group:
    """By plan, day of birth, sex, postcode and country."""
    birth, sex, postcode, country = standing
    return Group(age_band(year - birth.year), sex if sex in SEXES else UNKNOWN, region_of(postcode, country), plan)


SOURCE = Source("benefits", "Prestations payées", read)
