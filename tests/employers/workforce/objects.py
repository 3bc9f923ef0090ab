"""Employees of a company: as files tell them, and as its administrator types them."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from employers.companies.models import Company, GroupContract
from employers.workforce import actions
from employers.workforce.models import Affiliation, Operation, Source
from employers.workforce.rules import NewEmployee
from members.populate.identifiers import nir
from portals.access import isolation
from portals.access.models import CompanyRole, Grant
from portals.accounts.models import Account, Space
from tests.builders import number
from tests.employers.contributions.objects import contract_of

BORN = datetime.date(1991, 4, 5)
NIR = nir("2", BORN, "56", 7)
HIRED = datetime.date(2026, 10, 1)


def new(**fields: Any) -> NewEmployee:
    """Maëlle Le Roux, 35, with her NIR."""
    chosen = {
        "family_name": "Le Roux", "given_names": "Maëlle", "birth_date": BORN, "sex": "2", "nir": NIR,
        "employee_number": "M-0042", "email": "maelle.leroux@ateliers-rade.example.org", **fields,
    }  # fmt: skip
    return NewEmployee(**chosen)


def others(count: int, **fields: Any) -> Iterable[NewEmployee]:
    """So many others, without NIR, each with a number."""
    for nth in range(count):
        yield new(family_name=f"Morvan{nth:05d}", nir="", email="", employee_number=f"A{nth:05d}", **fields)


def another() -> NewEmployee:
    """Somebody whom no other call names."""
    nth = number()
    return new(family_name=f"Cariou {nth}", nir="", email="", employee_number=f"C{nth:06d}")


def administrator_of(company: Company) -> Account:
    grant = Grant.objects.filter(space=Space.EMPLOYER, tenant_id=company.pk, role=CompanyRole.ADMINISTRATOR).first()
    assert grant is not None
    return grant.account


def operation_of(company: Company, by: Account | None = None, source: Source = Source.WIZARD) -> Operation:
    return actions.open_operation(by=by or administrator_of(company), company_id=company.pk, source=source)


def affiliated(
    company: Company,
    employee: NewEmployee | None = None,
    *,
    start_date: datetime.date | None = None,
    contract: GroupContract | None = None,
    **fields: Any,
) -> Affiliation:
    """One employee, affiliated by the administrator in the company's own context."""
    with isolation.tenant(Space.EMPLOYER, company.pk):
        operation = operation_of(company)
        return actions.affiliate(
            by=operation.by,
            operation=operation,
            contract=contract or contract_of(company),
            employee=employee or new(**fields),
            start_date=start_date or timezone.localdate().replace(day=1),
        )


def somebody_of(company: Company) -> Affiliation:
    """An employee of the company, affiliated once however often it is asked."""
    with isolation.system():
        found = Affiliation.objects.filter(company=company, undone_at=None).order_by("pk").first()
    return found or affiliated(company)


def operation_on(company: Company) -> Operation:
    """The operation that affiliated that employee."""
    made = somebody_of(company)
    with isolation.system():
        item = made.items.select_related("operation").order_by("pk").first()
    assert item is not None
    return item.operation
