"""A file of employees that the demo's company has sent and not finished: three of its lines are to be corrected."""

import datetime

from django.utils import timezone

from employers.imports.actions import receive
from employers.imports.columns import COLUMNS
from employers.imports.models import EmployeeFile
from employers.workforce.queries import open_contracts
from members.populate.identifiers import nir
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.dates import months_after
from portals.presentation.spreadsheets import date_cell, sheet

LINES = 41
FIRST_NUMBER = 88_000
"""Of the NIR: far from those of the portfolio."""
FAMILY_NAMES = (
    "Abgrall", "Bothorel", "Cariou", "Daoulas", "Even", "Floc’h", "Guivarc’h", "Héliès", "Jaouen", "Kermarrec", "Lagadec",
    "Morvan", "Nédélec", "Omnès", "Prigent", "Quentel", "Rannou", "Sissoko", "Trividic", "Urvoy", "Venel",
)  # fmt: skip
GIVEN_NAMES = ("Gaëlle", "Kévin", "Mariam", "Thomas", "Aminata", "Erwan", "Solène", "Hugo")
WRONG = {5: ("nir", "1 94 02 56 260 118 40"), 17: ("start_date", "31/11/2026"), 31: ("population", "Cadre sup.")}
"""By rank, from 0: what is typed in which column."""


def write_employee_file(account: Account, _agent: Account) -> None:
    """Send it in the name of the account. In the system's context."""
    grant = Grant.objects.filter(account=account).order_by("id").first()
    today = timezone.localdate()
    if grant is None or EmployeeFile.objects.filter(account=account).exists():
        return
    if not (contracts := open_contracts(grant.tenant_id, today)):
        return
    first_day = months_after(today.replace(day=1), 1)
    population = contracts[0].population
    rows = [_row(rank, first_day, population) for rank in range(LINES)]
    content = sheet([column.heading for column in COLUMNS], rows)
    receive(by=account, company_id=grant.tenant_id, name=f"entrees-{first_day:%Y-%m}.csv", content=content)


def _row(rank: int, first_day: datetime.date, population: str) -> list[str]:
    sex = str(1 + rank % 2)
    born = datetime.date(1972, 3, 1) + datetime.timedelta(days=277 * rank)
    told = {
        "employee_number": f"E{2600 + rank}",
        "family_name": FAMILY_NAMES[rank % len(FAMILY_NAMES)],
        "given_names": GIVEN_NAMES[rank % len(GIVEN_NAMES)],
        "sex": "F" if sex == "2" else "M",
        "birth_date": date_cell(born),
        "nir": nir(sex, born, "56", FIRST_NUMBER + rank),
        "email": f"salarie{rank + 1}@example.org",
        "start_date": date_cell(first_day + datetime.timedelta(days=7 * (rank % 3))),
        "contract": "",
        "population": population,
    }
    if rank in WRONG:
        key, text = WRONG[rank]
        told[key] = text
    return [told[column.key] for column in COLUMNS]
