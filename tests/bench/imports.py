"""P13: the preview of a workbook of employees against the reading of the same workbook alone."""

import io
from functools import partial

from django.utils import timezone
from openpyxl import load_workbook

from employers.companies.models import Company
from employers.imports import actions
from employers.imports.queries import preview_of
from portals.access import isolation
from portals.accounts.models import Account
from tests import builders
from tests.bench.rows import Row, Scale, paired
from tests.employers.imports.files import employees, xlsx

LINES = {"smoke": 500, "full": 5000}
BAD_EVERY = 50
"""Two lines in a hundred are wrong."""
REACH = 5.0
TIMES = {"smoke": 3, "full": 7}


def p13(scale: Scale) -> list[Row]:
    """Read, checked against the workforce, sealed, and checked again for the page: against opening every cell."""
    count = LINES[scale.name]
    company = builders.company()
    builders.group_contract(company)
    account = builders.account(company)
    content = workbook(count)
    medians = paired(partial(preview, account, company, content), partial(alone, content), TIMES[scale.name])
    return [Row("P13", f"preview of {count:,} employees, 2 % bad", *medians, REACH)]


def workbook(count: int) -> bytes:
    """So many employees who begin today, one in fifty on a day that does not exist."""
    today = timezone.localdate()
    rows = [row | {"start_date": today} for row in employees(count)]
    for row in rows[::BAD_EVERY]:
        row["start_date"] = "31/11/2026"
    return xlsx(rows)


def preview(account: Account, company: Company, content: bytes) -> None:
    """All that stands between the file and its page, the worker's part included. Leaves nothing behind."""
    with isolation.tenant("employeur", company.pk):
        file = actions.receive(by=account, company_id=company.pk, name="entrees.xlsx", content=content)
    with isolation.system():
        actions.read_now(file.pk)
        file.refresh_from_db()
        shown = preview_of(file, timezone.localdate())
        if len(shown.wrong) != -(-shown.total // BAD_EVERY):
            raise RuntimeError(len(shown.wrong))
        actions.forget(by=account, file=file)


def alone(content: bytes) -> int:
    """Every cell of the workbook, and nothing done with it."""
    page = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return sum(1 for _ in page.iter_rows(values_only=True))
