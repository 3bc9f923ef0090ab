"""A large portfolio beside the cast's: as many households as one wants, one person and one cover each."""

import datetime

from django.db import connection

from members.coverage.models import Guarantee, GuaranteeBasis, Plan
from members.rights.questions import Typed
from portals.access import isolation
from tests import builders

RATES = {"PHAR": "1", "MED": "1.3", "AUXM": "1", "HOSP": "1", "DESO": "1.25"}
AT_ONCE = 250_000
FILL = """
    WITH homes AS (
        INSERT INTO members_household (member_number)
        SELECT 'R' || to_char(n, 'FM00000000') FROM generate_series(%(first)s, %(last)s) AS n RETURNING id, member_number
    ), people AS (
        INSERT INTO members_person (person_ref, household_id, rank, role, family_name, birth_name, given_names,
            search_name, birth_date, birth_rank, sex, email, phone, address_line1, address_line2, postcode, city,
            country, scheme_code, office_code, alsace_moselle)
        SELECT member_number || '-1', id, 1, 'member', 'Marin', '', 'Claude', 'marin',
            date '1940-01-01' + (substr(member_number, 2)::int %% 25000), 1, '2', '', '', '', '', '', '', 'FR', '01',
            '561', false
        FROM homes RETURNING id, household_id, person_ref
    ), policies AS (
        INSERT INTO members_policy (policy_number, household_id, plan_id, start_date, end_reason, group_contract)
        SELECT 'P' || person_ref, household_id, %(plan)s, date '2022-01-01', '', '' FROM people
        RETURNING id, household_id
    )
    INSERT INTO members_cover (policy_id, person_id, household_id, start_date)
    SELECT policies.id, people.id, people.household_id, date '2022-01-01'
    FROM policies JOIN people USING (household_id)
"""


def priced_plan() -> Plan:
    """A plan whose rates are printed on the card, as plans have them."""
    plan = builders.plan()
    with isolation.system():
        Guarantee.objects.bulk_create(
            Guarantee(
                plan=plan, act_family_id=family, valid_from=plan.valid_from, basis=GuaranteeBasis.BR, rate=rate,
                wording="Un taux de la base",
            )
            for family, rate in RATES.items()
        )  # fmt: skip
    return plan


def fill(count: int, plan: Plan) -> None:
    """Make so many households, `R00000001` and the following ones, a part at a time."""
    for first in range(1, count + 1, AT_ONCE):
        with isolation.system(), connection.cursor() as cursor:
            cursor.execute(FILL, {"first": first, "last": min(first + AT_ONCE - 1, count), "plan": plan.pk})


def question_of(rank: int) -> Typed:
    """The question that finds the person of the household of this rank."""
    return Typed(f"R{rank:08d}", datetime.date(1940, 1, 1) + datetime.timedelta(days=rank % 25000))
