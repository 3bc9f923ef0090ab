"""Who does what for a company: one table of roles and services, read by every page of the space.

Pure, but for the scope of a mandate, which `employers.users.queries.scope_of` reads and these predicates are given.
"""

from enum import StrEnum

from portals.access.models import Basis, CompanyRole, Grant


class ServiceCode(StrEnum):
    """The services of the space that a role opens or not (codes of `employers.catalogue`)."""

    HOME = "employer.home"
    USERS = "employer.users"
    EMPLOYEES = "employer.employees"
    WAIVERS = "employer.waivers"
    SLIPS = "employer.slips"
    TECHNICAL_ACCOUNTS = "employer.technical_accounts"
    CONTRACT = "employer.contract"
    BANK_DETAILS = "employer.bank_details"
    DOCUMENTS = "employer.documents"
    INFORMATION = "employer.information"


EVERYBODYS = frozenset({ServiceCode.HOME, ServiceCode.INFORMATION})
COMMON = EVERYBODYS | {ServiceCode.CONTRACT, ServiceCode.DOCUMENTS}
PEOPLE = frozenset({ServiceCode.EMPLOYEES, ServiceCode.WAIVERS})
ACCOUNTS = frozenset({ServiceCode.SLIPS, ServiceCode.TECHNICAL_ACCOUNTS})
EVERYTHING = frozenset(ServiceCode)
NOTHING: frozenset[ServiceCode] = frozenset()

SEEN: dict[str, frozenset[ServiceCode]] = {
    CompanyRole.ADMINISTRATOR: EVERYTHING,
    CompanyRole.HR_MANAGER: COMMON | PEOPLE,
    CompanyRole.ACCOUNTANT: COMMON | ACCOUNTS,
    CompanyRole.READER: COMMON | PEOPLE | ACCOUNTS,
}
CHANGED: dict[str, frozenset[ServiceCode]] = {
    CompanyRole.ADMINISTRATOR: EVERYTHING,
    CompanyRole.HR_MANAGER: PEOPLE,
    CompanyRole.ACCOUNTANT: ACCOUNTS,
    CompanyRole.READER: NOTHING,
}
MANDATABLE = {
    ServiceCode.EMPLOYEES: "Salariés et affiliations",
    ServiceCode.WAIVERS: "Dispenses",
    ServiceCode.SLIPS: "Bordereaux de cotisations",
    ServiceCode.TECHNICAL_ACCOUNTS: "Comptes techniques",
}
"""What a company may entrust to a filing agent. Its users, its contract and its bank details stay its own."""


def may_see(grant: Grant, code: str, scope: frozenset[str] = frozenset()) -> bool:
    """Whether a grant opens a service. `scope`: the services of the mandate, when the grant rests on one."""
    if grant.basis == Basis.MANDATE:
        return code in EVERYBODYS or (code in MANDATABLE and code in scope)
    return code in SEEN.get(grant.role, NOTHING)


def may_change(grant: Grant, code: str, scope: frozenset[str] = frozenset()) -> bool:
    """Whether a grant may send the forms of a service; an agent's role says so for the whole scope."""
    if not may_see(grant, code, scope):
        return False
    if grant.basis == Basis.MANDATE:
        return grant.role != CompanyRole.READER and code not in EVERYBODYS
    return code in CHANGED.get(grant.role, NOTHING)


def can_manage_users(grant: Grant) -> bool:
    """Invite, change roles, revoke, mandate: administrators of the company only, never a filing agent."""
    return may_change(grant, ServiceCode.USERS)


def role_of_scope(services: frozenset[str], *, may_change: bool) -> CompanyRole:
    """The role written on an agent's grant: what they do most, or reader when they change nothing."""
    if not may_change:
        return CompanyRole.READER
    return CompanyRole.HR_MANAGER if services & PEOPLE else CompanyRole.ACCOUNTANT
