"""P5 and P6: freezing a month of statements, and rendering one."""

import datetime
import statistics
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from members.statements.actions import RENDER, render_statement
from members.statements.documents import statement_html
from members.statements.freezing import freeze_month
from members.statements.models import Statement, StatementState
from portals.access import isolation
from portals.documents.pdf import render_pdf
from tests import builders
from tests.bench.rows import Row, Scale, paired, seconds

MONTH = datetime.date(2025, 3, 1)
LINES_EACH = 10
COLUMNS = """number, recipient_id, household_id, period, issued_at, line_count, expense, scheme_amount, mutual_amount,
    other_amount, paid_to_insured, paid_to_professionals, content, verification_code, state"""

MAKE_HOUSEHOLDS = """
    WITH home AS (
        INSERT INTO members_household (member_number) SELECT 'P5-' || n FROM generate_series(1, %(count)s) n
        ON CONFLICT DO NOTHING RETURNING id, member_number
    ), person AS (
        INSERT INTO members_person (person_ref, household_id, rank, role, family_name, birth_name, given_names,
            search_name, birth_date, birth_rank, sex, email, phone, address_line1, address_line2, postcode, city, country,
            scheme_code, office_code, alsace_moselle)
        SELECT member_number || '-1', id, 1, 'member', 'Marin', '', 'Claude', 'marin', '1980-03-14', 1, '2', '', '',
            '4 quai des Sardiniers', '', '56100', 'Lorient', 'FR', '01', '561', false FROM home
        RETURNING id, household_id
    ), policy AS (
        INSERT INTO members_policy (policy_number, household_id, plan_id, start_date, end_reason, group_contract)
        SELECT 'P5-' || id, id, %(plan)s, '2022-01-01', '', '' FROM home RETURNING id, household_id
    )
    INSERT INTO members_benefitline (benefit_ref, policy_id, person_id, household_id, care_date, act_code, act_label,
        quantity, professional_name, expense, base, scheme_rate, scheme_amount, deduction, mutual_amount, other_amount,
        paid_to, payment_ref, payment_date, source)
    SELECT 'P5-' || person.id || '-' || n, policy.id, person.id, person.household_id, %(month)s::date + n, 'G',
        'Consultation généraliste', 1, 'Dr Paul Hervé', 30, 30, 0.7, 19, 2, 9, 0, 'insured', 'VIR-' || n,
        %(month)s::date + n, 'NOEMIE'
    FROM person JOIN policy USING (household_id), generate_series(1, %(lines)s) n
"""


def households_with_lines(count: int) -> None:
    """So many members with ten lines each, all paid in `MONTH`; those of an earlier run serve again."""
    plan = builders.plan()
    with isolation.system(), connection.cursor() as cursor:
        cursor.execute("SELECT ensure_month('members_benefitline', %s)", [MONTH])
        cursor.execute(MAKE_HOUSEHOLDS, {"count": count, "plan": plan.pk, "month": MONTH, "lines": LINES_EACH})
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def as_owner(*statements: str) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# One plain statement that makes the same rows from the same lines: no jobs, no recipients' rules, no second run to fear.
BUILD = """
    INSERT INTO members_statement (number, recipient_id, household_id, period, issued_at, line_count, expense,
        scheme_amount, mutual_amount, other_amount, paid_to_insured, paid_to_professionals, content, verification_code, state)
    SELECT 'R-' || p.id, p.id, p.household_id, %(month)s, now(), count(*), sum(b.expense), sum(b.scheme_amount),
        sum(b.mutual_amount), sum(b.other_amount), sum(b.mutual_amount) FILTER (WHERE b.paid_to = 'insured'), 0,
        jsonb_build_object('name', p.given_names || ' ' || p.family_name, 'address',
            jsonb_build_array(p.address_line1, p.address_line2, p.postcode || ' ' || p.city),
            'member_number', f.member_number, 'policies', jsonb_agg(DISTINCT c.policy_number), 'holder', '',
            'persons', jsonb_build_array(jsonb_build_array(p.id, p.given_names || ' ' || p.family_name, p.given_names,
                p.birth_date, p.sex)), 'others', '[]'::jsonb,
            'lines', jsonb_agg(jsonb_build_array(p.id, b.care_date, coalesce(nullif(b.act_label, ''), a.label),
                b.professional_name, b.expense::text, b.base::text, b.scheme_rate::text, b.scheme_amount::text,
                b.deduction::text, b.mutual_amount::text, b.other_amount::text, b.paid_to, b.payment_date, b.payment_ref))),
        lpad(p.id::text, 14, '0'), 'due'
    FROM members_benefitline b JOIN members_person p ON p.id = b.person_id JOIN members_policy c ON c.id = b.policy_id
        JOIN members_household f ON f.id = p.household_id LEFT JOIN members_actcode a ON a.code = b.act_code
    WHERE b.payment_date >= %(month)s AND b.payment_date < %(month)s + interval '1 month'
    GROUP BY p.id, f.member_number
"""


def p5(scale: Scale) -> list[Row]:
    """Freezing against two floors: one `INSERT … SELECT` that builds the same rows, and one that copies them finished."""
    households_with_lines(scale.statements)
    rounds = [_freezing_round() for _ in range(3)]
    ours, building, copying = (statistics.median(one[column] for one in rounds) for column in range(3))
    with isolation.system():
        issued = Statement.objects.filter(period=MONTH).count()
    note = f"{issued} statements, {issued / ours:,.0f} a second (5 000 to reach)"
    return [
        Row("P5", "freezing a month, against building the same rows", ours, building, 2.0, note=note),
        Row("P5", "freezing a month, against copying them finished", ours, copying, 2.0),
    ]


def _freezing_round() -> tuple[float, float, float]:
    """Seconds of freezing, of building the same rows in one statement, of copying them."""
    empty = ("TRUNCATE members_statement, members_statementissue", f"DELETE FROM portals_job WHERE kind = '{RENDER}'")
    as_owner(*empty)
    ours = seconds(partial(_as_system, lambda _cursor: freeze_month(MONTH, kind=RENDER, now=timezone.now())))
    as_owner(
        "DROP TABLE IF EXISTS bench_statements",
        f"CREATE UNLOGGED TABLE bench_statements AS SELECT {COLUMNS} FROM members_statement",
        "GRANT SELECT ON bench_statements TO app",
        *empty,
    )
    building = seconds(partial(_as_system, lambda cursor: cursor.execute(BUILD, {"month": MONTH})))
    as_owner(*empty)
    copy = f"INSERT INTO members_statement ({COLUMNS}) SELECT {COLUMNS} FROM bench_statements"
    copying = seconds(partial(_as_system, lambda cursor: cursor.execute(copy)))
    return ours, building, copying


def _as_system(work: Callable[[CursorWrapper], object]) -> None:
    with isolation.system(), connection.cursor() as cursor:
        work(cursor)


def p6(scale: Scale) -> list[Row]:
    """The whole job of a statement (read, template, PDF, private file, state) against bare WeasyPrint on its HTML.

    The floor has what we know makes WeasyPrint quick: fonts, style sheets and images read once, no TLS context.
    """
    rows = []
    for lines in (10, 40):
        as_owner("TRUNCATE members_statementissue")  # both statements are of one month
        person = builders.person(builders.household(member_number=f"P6-{builders.number()}-{lines}"))
        builders.benefits(
            person, lines, last=datetime.date(2025, 2, 20), payment_date=datetime.date(2025, 2, 25), expense=Decimal(30)
        )
        with isolation.system():
            freeze_month(datetime.date(2025, 2, 1), kind=RENDER, now=timezone.now())
            statement = Statement.objects.select_related("recipient").get(recipient=person)
            html = statement_html(statement)

        def whole_job(statement: Statement = statement) -> None:
            with isolation.system():
                Statement.objects.filter(pk=statement.pk).update(state=StatementState.DUE, file=None)
                render_statement(statement_id=statement.pk, by=None)

        ours, floor = paired(whole_job, partial(render_pdf, html), scale.renders)
        rows.append(Row("P6", f"rendering a statement of {lines} lines", ours, floor, 1.15))
    return rows
