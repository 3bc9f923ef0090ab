"""Files that somebody of a company has sent."""

from django.utils import timezone

from employers.imports import actions
from employers.imports.models import EmployeeFile
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from tests.employers.imports.files import Row, employees, xlsx

BAD = {5: {"start_date": "31/11/2026"}, 17: {"email": "salarie17"}, 31: {"nir": "1 70 01 56 001 001"}}
"""Three mistakes among the employees of a file, by rank: lines 7, 19 and 33."""


def rows_with_mistakes(count: int = 50, start: int = 0) -> list[Row]:
    today = {"start_date": timezone.localdate()}
    return [row | today | BAD.get(rank, {}) for rank, row in enumerate(employees(count, start))]


def file_of(account: Account, rows: list[Row] | None = None, *, name: str = "entrees-novembre.xlsx") -> EmployeeFile:
    """A file sent from the account's own company."""
    company_id = Grant.objects.get(account=account).tenant_id
    with isolation.tenant("employeur", company_id):
        return actions.receive(by=account, company_id=company_id, name=name, content=xlsx(rows or rows_with_mistakes()))
