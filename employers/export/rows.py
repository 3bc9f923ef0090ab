"""What the data package tells of a company, as far as the grant opens its services, and of an employee to the employee.

What a company keeps of its employees is the employees' data: it is told to them, in the package of their own space, and
read by the system there, because the rows are the company's. A company takes away its files (`…/export.py`).
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from employers.banking.models import CompanyAccount
from employers.companies.models import Company, GroupContract
from employers.contributions.models import ContributionLine, ContributionSlip, LineDispute
from employers.dsn.models import DsnDraft
from employers.links.models import EmployeeLink
from employers.permissions import ServiceCode, may_see
from employers.technical.models import TechnicalAccount
from employers.terminations.models import EmployeeTermination
from employers.users.models import Invitation, Mandate
from employers.users.queries import address_of, scope_of
from employers.waivers.models import ProvidedCase, Waiver, WaiverRequest, WaiverStep
from employers.workforce.models import Affiliation, Operation, OperationItem
from members.households.models import Person
from portals.access.models import Basis
from portals.accounts.export.registry import Scope, Told, register_rows
from portals.accounts.models import Space
from portals.banking.models import BankChange
from portals.banking.queries import history_of
from portals.names import folded_name

type Rows = "QuerySet[Any]"


def opened(scope: Scope, code: str) -> bool:
    """Whether the grant shows a service of the company, by its role or by the mandate that it rests on."""
    grant = scope.grant
    if grant.basis != Basis.MANDATE:
        return may_see(grant, code)
    return may_see(grant, code, scope.once("mandate", lambda: scope_of(grant, timezone.localdate())))


def of_company(model: type[models.Model], code: str, name: str = "company") -> Callable[[Scope], Rows]:
    def rows(scope: Scope) -> Rows:
        if not opened(scope, code):
            return model._default_manager.none()
        return model._default_manager.filter(**{name: scope.grant.tenant_id})

    return rows


def _invitations(scope: Scope) -> Rows:
    """Those of the company for whoever manages its users, and the one by which the account itself came."""
    wanted = Q(accepted_by=scope.account)
    if opened(scope, ServiceCode.USERS):
        wanted |= Q(company=scope.grant.tenant_id)
    return Invitation.objects.filter(wanted, company=scope.grant.tenant_id)


def _mandates(scope: Scope) -> Rows:
    return Mandate.objects.filter(invitation__in=_invitations(scope))


def _bank_changes(scope: Scope) -> Rows:
    if not opened(scope, ServiceCode.BANK_DETAILS):
        return BankChange.objects.none()
    return history_of(Space.EMPLOYER, scope.grant.subject_id)


def of_employee(model: type[models.Model], title: str, name: str) -> Told:
    """Rows that lead to an affiliation of the person."""

    def rows(scope: Scope) -> Rows:
        return model._default_manager.filter(**{name: scope.grant.subject_id})

    return Told(model, title, rows, elsewhere=True)


def _waivers(scope: Scope) -> Rows:
    """The person's, recognised at the companies that employ or invited them by name and day of birth."""
    person = Person.objects.get(pk=scope.grant.subject_id)
    known = Affiliation.objects.filter(person=person)
    names = [folded_name(person.family_name, person.given_names), folded_name(person.given_names, person.family_name)]
    by_name = Q(folded_name__in=names, birth_date=person.birth_date, company__in=known.values("company"))
    by_number = Q(pk__in=EmployeeLink.objects.filter(affiliation__in=known, waiver__isnull=False).values("waiver"))
    return Waiver.objects.filter(by_name | by_number)


register_rows(
    Space.EMPLOYER,
    Told(Company, "Entreprise", lambda scope: Company.objects.filter(pk=scope.grant.tenant_id)),
    Told(GroupContract, "Contrats collectifs", of_company(GroupContract, ServiceCode.CONTRACT)),
    Told(CompanyAccount, "Prélèvement", of_company(CompanyAccount, ServiceCode.BANK_DETAILS)),
    Told(BankChange, "Changements de compte bancaire", _bank_changes),
    Told(ContributionSlip, "Bordereaux", of_company(ContributionSlip, ServiceCode.SLIPS)),
    Told(ContributionLine, "Lignes des bordereaux", of_company(ContributionLine, ServiceCode.SLIPS)),
    Told(LineDispute, "Lignes contestées", of_company(LineDispute, ServiceCode.SLIPS)),
    Told(TechnicalAccount, "Comptes techniques", of_company(TechnicalAccount, ServiceCode.TECHNICAL_ACCOUNTS)),
    Told(ProvidedCase, "Cas de dispense prévus", of_company(ProvidedCase, ServiceCode.WAIVERS)),
    Told(Operation, "Opérations sur les salariés", of_company(Operation, ServiceCode.EMPLOYEES)),
    Told(DsnDraft, "Déclarations relues", of_company(DsnDraft, ServiceCode.EMPLOYEES)),
    Told(Invitation, "Invitations", _invitations, reads={"email_sealed": address_of}),
    Told(Mandate, "Mandats", _mandates),
)
register_rows(
    Space.MEMBER,
    of_employee(Affiliation, "Vos affiliations chez un employeur", "person"),
    of_employee(OperationItem, "Ce que l’employeur a fait de ces affiliations", "affiliation__person"),
    of_employee(EmployeeTermination, "Départs de l’entreprise", "affiliation__person"),
    of_employee(EmployeeLink, "Invitations d’un employeur", "affiliation__person"),
    Told(Waiver, "Dispenses", _waivers, elsewhere=True),
    Told(
        WaiverRequest, "Demandes de dispense",
        lambda scope: WaiverRequest.objects.filter(waiver__in=_waivers(scope)), elsewhere=True,
    ),
    Told(
        WaiverStep, "Étapes des dispenses", lambda scope: WaiverStep.objects.filter(waiver__in=_waivers(scope)),
        elsewhere=True,
    ),
)  # fmt: skip
