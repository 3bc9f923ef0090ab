"""What every operation writes: whose turn it is, the rows of employees, what was done to whom, the journal."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from employers.companies.models import Company, GroupContract
from employers.workforce.models import Affiliation, Operation, OperationItem, What
from employers.workforce.rules import NewEmployee, read_nir
from members.enrolment.actions import Enrolled
from members.enrolment.people import NewInsured
from portals.accounts.models import Account
from portals.feeds.numbers import iban as iban_column
from portals.signals import announce


@dataclass(frozen=True)
class Row:
    """One employee of a bulk. An empty population is the contract's."""

    contract: GroupContract
    employee: NewEmployee
    start_date: datetime.date
    population: str = ""


def take_turn(company_id: int) -> None:
    """One change of a company's workforce at a time: what was checked still holds when it is written."""
    Company.objects.select_for_update(of=("self",)).get(pk=company_id)


def insured_of(employee: NewEmployee) -> NewInsured:
    return NewInsured(
        family_name=employee.family_name.strip(),
        given_names=employee.given_names.strip(),
        birth_date=employee.birth_date,
        birth_name=employee.birth_name.strip(),
        sex=employee.sex,
        nir=read_nir(employee.nir) if employee.nir else "",
        iban=iban_column().read(employee.iban) if employee.iban else "",
        email=employee.own_email,
        phone=employee.phone,
    )


def affiliation_of(company_id: int, row: Row, opened: Enrolled) -> Affiliation:
    employee = row.employee
    return Affiliation(
        company_id=company_id,
        contract=row.contract,
        person_id=opened.person_id,
        policy_id=opened.policy_id,
        family_name=employee.family_name.strip(),
        given_names=employee.given_names.strip(),
        birth_date=employee.birth_date,
        search_name=employee.search_name,
        search_given=employee.search_given,
        employee_number=employee.employee_number.strip(),
        email=employee.email,
        population=row.population.strip() or row.contract.population,
        start_date=row.start_date,
    )


def write_items(
    operation: Operation,
    touched: Sequence[tuple[Affiliation, dict[str, str | None]]],
    what: What,
    trace: dict[str, object] | None = None,
) -> None:
    OperationItem.objects.bulk_create(
        OperationItem(
            operation=operation, company_id=operation.company_id, affiliation=affiliation, what=what, before=before,
            trace=trace or {},
        )
        for affiliation, before in touched
    )  # fmt: skip


def record_operation(action: str, by: Account, operation: Operation, employees: int) -> None:
    details: dict[str, str | int] = {
        "company": operation.company_id,
        "employees": employees,
        "source": operation.source,
    }
    announce(action, by=by, object_kind="operation", object_id=operation.pk, details=details)
