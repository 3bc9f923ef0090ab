"""The list of a hospital costs what that of a practice costs: plans read as many rows with 2 000 and 200 000 invoices."""

import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from portals.access import isolation
from providers.agreements.models import Professional
from providers.home.queries import delays_of, newest_rejected, standings_of
from providers.invoices.models import Invoice
from providers.invoices.paging import page_of
from providers.invoices.queries import Filters, selection, totals
from tests import builders

pytestmark = pytest.mark.django_db

FEW, MANY = 2_000, 200_000
MORE = 1.2
"""Issue 6 and P3: at most so many times what the small account costs."""
MARGIN = 60
"""Rows: two pages of the small account, when what is filtered does not fill them."""
LAST = datetime.date(2026, 10, 14)
FILL = """
    INSERT INTO providers_invoice (invoice_number, professional_id, batch, care_date, member_number, rank, total,
        scheme_part, mutual_part, mode, received_on, status, reject_code, transfer_ref)
    SELECT to_char(n, 'FM000000000'), %(professional)s, n %% 1000, day - 1, 10000000 + n %% 500, 1, 50, 35, 15,
        CASE n %% 10 WHEN 0 THEN 'PAPER' ELSE 'DRE' END, day,
        CASE WHEN n %% 50 = 0 THEN 'rejected' WHEN n %% 50 = 1 THEN 'checking' ELSE 'accepted' END, '', ''
    FROM generate_series(1, %(count)s) AS n, LATERAL (SELECT %(last)s::date - (n %% 1000)::int AS day) AS dated
"""

FILTERS = {
    "everything": Filters(),
    "rejected": Filters(standing="rejected"),
    "none of a state": Filters(standing="cancelled"),
    "received in a month": Filters(received_from=datetime.date(2026, 3, 7), received_to=datetime.date(2026, 4, 9)),
    "care since a day": Filters(care_from=datetime.date(2025, 2, 3), standing="checking"),
    "a number": Filters(number="000000777"),
}


def professional_with(count: int) -> Professional:
    of = builders.professional()
    with isolation.system(), connection.cursor() as cursor:
        cursor.execute(FILL, {"professional": of.pk, "count": count, "last": LAST})
    return of


@pytest.fixture
def two(db: None) -> tuple[Professional, Professional]:
    """A practice and a hospital, in one table of which the planner knows nothing yet."""
    return professional_with(FEW), professional_with(MANY)


def test_each_page_and_each_total_reads_as_much_for_a_hospital_as_for_a_practice(
    two: tuple[Professional, Professional],
) -> None:
    heavier = []
    for name, asked in FILTERS.items():
        small, large = (cost_of(of, lambda pk, asked=asked: read_page(pk, asked)) for of in two)
        if large > small * MORE + MARGIN:
            heavier.append((name, small, large))
    small, large = (cost_of(of, read_home) for of in two)
    if large > small * MORE + MARGIN:
        heavier.append(("home", small, large))
    assert heavier == []


def read_page(professional_id: int, asked: Filters) -> None:
    page_of(selection(professional_id, asked), {}, by=asked.day)
    page_of(selection(professional_id, asked), {"older": "2025-06-01.1"}, by=asked.day)
    totals(professional_id, asked)


def read_home(professional_id: int) -> None:
    standings_of(professional_id)
    delays_of(professional_id, LAST)
    newest_rejected(professional_id)


def cost_of(of: Professional, read: Any) -> float:
    """How many rows the plans of these reads touch, in the professional's own context."""
    with isolation.tenant(space="professionnel", tenant_id=of.pk):
        with CaptureQueriesContext(connection) as captured:
            read(of.pk)
        assert captured.captured_queries
        return sum(rows_read(query["sql"]) for query in captured if query["sql"].startswith("SELECT"))


def rows_read(statement: str) -> float:
    if "set_config" in statement:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {statement}")
        plan = cursor.fetchone()[0]
    found = json.loads(plan) if isinstance(plan, str) else plan
    return sum(_rows(node) for node in _nodes(found[0]["Plan"]))


def _rows(node: dict[str, Any]) -> float:
    """What a scan gave and what it threw away."""
    if "Relation Name" not in node:
        return 0
    loops = node["Actual Loops"]
    return float(loops * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)))


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for child in plan.get("Plans", []) for node in _nodes(child))]


def test_what_is_kept_is_what_would_be_counted(two: tuple[Professional, Professional]) -> None:
    practice, _hospital = two
    with isolation.tenant(space="professionnel", tenant_id=practice.pk):
        for asked in FILTERS.values():
            rows: QuerySet[Invoice] = selection(practice.pk, asked)
            assert totals(practice.pk, asked).count == rows.count()
