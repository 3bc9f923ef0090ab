"""Who does what at a practice: one table of roles and services, read by every page of the space. Pure.

The professional who holds the agreement has no role, and everything. Somebody whom they let work for them has one.
"""

from enum import StrEnum

from portals.access.models import DelegateRole, Grant


class ServiceCode(StrEnum):
    """The services of the space (codes of `providers.catalogue`)."""

    HOME = "professional.home"
    INFORMATION = "professional.information"
    CONTACT = "professional.contact"
    RIGHTS = "professional.rights"
    INVOICES = "professional.invoices"
    TRANSFERS = "professional.transfers"
    AGREEMENT = "professional.agreement"
    DOCUMENTS = "professional.documents"
    PRACTICES = "professional.practices"
    DELEGATES = "professional.delegates"
    BANK_DETAILS = "professional.bank_details"


EVERYBODYS = frozenset({ServiceCode.HOME, ServiceCode.INFORMATION, ServiceCode.CONTACT})
COUNTER = frozenset({ServiceCode.RIGHTS})
BILLING = frozenset({ServiceCode.INVOICES, ServiceCode.TRANSFERS})
TEXTS = frozenset({ServiceCode.AGREEMENT, ServiceCode.DOCUMENTS})
HOLDERS_OWN = frozenset({ServiceCode.PRACTICES, ServiceCode.DELEGATES, ServiceCode.BANK_DETAILS})
"""What nobody does in the professional's stead: say who else comes in, and where the money goes."""

OPENED: dict[str, frozenset[ServiceCode]] = {
    "": frozenset(ServiceCode),
    DelegateRole.SECRETARIAT: EVERYBODYS | COUNTER | BILLING | TEXTS,
    DelegateRole.INVOICES: EVERYBODYS | BILLING,
    DelegateRole.RIGHTS: EVERYBODYS | COUNTER,
}
NOTHING: frozenset[ServiceCode] = frozenset()


def may_use(grant: Grant, code: str) -> bool:
    """Whether a grant opens a service, to read it and to send its forms. A role that is not in the table opens nothing."""
    return code in OPENED.get(grant.role, NOTHING)


def holds(grant: Grant) -> bool:
    """Whether the account is the professional's own, and not somebody's who works for them."""
    return may_use(grant, ServiceCode.DELEGATES)
