"""P1, P2, P4: what the pages of the member's space cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from members.models import BenefitLine
from portals.access import isolation
from portals.accounts.models import Account
from tests import builders
from tests.bench.rows import Row, Scale, paired

PAGES = {"home": "/adherent/", "list": "/adherent/prestations/", "statements": "/adherent/releves/"}
BARE_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tests.bench.bare_urls.BareAddresses",
]
MOST_QUERIES = 12

MONTHS = """
    SELECT ensure_month('members_benefitline', month::date)
    FROM generate_series(current_date - 1031, current_date, interval '1 month') AS month
"""

FILL = """
    INSERT INTO members_benefitline (benefit_ref, policy_id, person_id, household_id, care_date, act_code, act_label,
        quantity, professional_name, expense, base, scheme_rate, scheme_amount, deduction, mutual_amount, other_amount,
        paid_to, payment_ref, payment_date, source)
    SELECT benefit_ref || '-' || n, policy_id, person_id, household_id, current_date - (n %% 1000)::int, act_code,
        act_label, quantity, professional_name, expense, base, scheme_rate, scheme_amount, deduction, mutual_amount,
        other_amount, paid_to, payment_ref, current_date - (n %% 1000)::int + 10, source
    FROM members_benefitline, generate_series(1, %s) AS n WHERE id = %s
"""


def member_with(lines: int) -> tuple[Account, BenefitLine]:
    """A member alone in a household, with so many lines over the last thousand days."""
    person = builders.person(builders.household(member_number=f"B{builders.number()}{lines}"))
    line = builders.benefit(person)
    with isolation.system(), connection.cursor() as cursor:
        cursor.execute(MONTHS)
        cursor.execute(FILL, [lines - 1, line.pk])
    return builders.account(person), line


@contextmanager
def signed_in(account: Account) -> Iterator[Client]:
    with override_settings(ROOT_URLCONF="tests.bench.urls", ALLOWED_HOSTS=["testserver"]):
        yield builders.sign_in(Client(), account)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


def p1(scale: Scale) -> list[Row]:
    """Queries of each page at 10 and at 10 000 rows: the same, and never more than twelve."""
    rows = []
    (few, few_line), (many, many_line) = member_with(10), member_with(10_000)
    for name, address in {**PAGES, "detail": "/adherent/prestations/{}/"}.items():
        with signed_in(few) as client:
            at_ten = queries_of(client, address.format(few_line.pk))
        with signed_in(many) as client:
            at_ten_thousand = queries_of(client, address.format(many_line.pk))
        note = f"{at_ten_thousand} queries at 10 000 rows, {at_ten} at 10, at most {MOST_QUERIES}"
        # Twelve queries are the floor: a page over twelve, or one that grows with its rows, misses.
        worst = at_ten_thousand if at_ten == at_ten_thousand else MOST_QUERIES + abs(at_ten - at_ten_thousand)
        rows.append(Row("P1", f"queries of the {name} page", worst, MOST_QUERIES, 1.0, unit="", note=note))
    return rows


def p2(scale: Scale) -> list[Row]:
    """Server time of each page against an empty signed-in page."""
    account, line = member_with(1_000)
    rows = []
    with signed_in(account) as client:
        for name, address in {**PAGES, "detail": f"/adherent/prestations/{line.pk}/"}.items():
            ours, floor = paired(partial(client.get, address), partial(client.get, "/vide/"), scale.requests)
            rows.append(Row("P2", f"{name} page, 1 000 lines", ours, floor, 3.0))
    return rows


def p4(scale: Scale) -> list[Row]:
    """The empty signed-in page against a bare Django view with session and user."""
    account, _line = member_with(10)
    with signed_in(account) as client:
        ours = client
        with override_settings(MIDDLEWARE=BARE_MIDDLEWARE):
            floor = Client()
            floor.force_login(account)
            floor.get("/")  # its handler keeps the bare middleware that it was loaded with
        medians = paired(partial(ours.get, "/vide/"), partial(floor.get, "/"), scale.requests)
    return [Row("P4", "an empty signed-in page", *medians, 2.5)]
