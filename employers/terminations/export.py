"""What a company takes away of departures (« Tout télécharger »): the dates and the months, and no proof."""

from collections.abc import Iterator

from employers.permissions import ServiceCode, may_see
from employers.terminations.models import EmployeeTermination
from employers.terminations.words import State
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.formats import local_date
from portals.presentation.spreadsheets import date_cell, sheet, text_cell

HEADINGS = (
    "Nom", "Prénoms", "Matricule", "Motif", "Dernier jour travaillé", "Fin du contrat", "Portabilité (mois)",
    "Portabilité jusqu’au", "Portabilité", "Enregistré le",
)  # fmt: skip


def termination_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """One table, for those who see employees."""
    if not may_see(grant, ServiceCode.EMPLOYEES):
        return
    rows = EmployeeTermination.objects.filter(company_id=grant.tenant_id, state=State.DONE)
    found = list(rows.select_related("affiliation").order_by("id"))
    if found:
        yield "departs.csv", sheet(HEADINGS, (_row(row) for row in found))


def _row(row: EmployeeTermination) -> list[str]:
    employee = row.affiliation
    return [
        text_cell(employee.family_name),
        text_cell(employee.given_names),
        text_cell(employee.employee_number),
        text_cell(row.get_reason_display()),
        date_cell(row.last_day),
        date_cell(row.contract_end),
        str(row.months),
        date_cell(row.continues_until),
        row.get_continuing_display(),
        date_cell(local_date(row.done_at) if row.done_at else None),
    ]
