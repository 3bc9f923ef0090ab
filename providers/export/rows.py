"""What the data package tells of a professional, as far as the grant opens services, and to a member of what was billed."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from members.households.models import Person
from portals.accounts.export.registry import Scope, Told, register_rows
from portals.accounts.models import Space
from portals.banking.models import BankChange
from portals.banking.queries import history_of
from portals.secrets import unseal
from providers.agreements.feeds import IBAN_PLACE
from providers.agreements.models import Agreement, Professional
from providers.contact.models import PaymentComplaint
from providers.directory.models import Listing
from providers.invoices.models import Invoice, InvoiceLine, InvoiceTotal
from providers.permissions import ServiceCode, may_use
from providers.rights.models import RightsLookup
from providers.transfers.models import Transfer, TransferTotal
from providers.users.models import Delegation
from providers.users.queries import address_of

type Rows = "QuerySet[Any]"


def of_professional(model: type[models.Model], code: str, name: str = "professional") -> Callable[[Scope], Rows]:
    def rows(scope: Scope) -> Rows:
        if not may_use(scope.grant, code):
            return model._default_manager.none()
        return model._default_manager.filter(**{name: scope.grant.tenant_id})

    return rows


def _iban(agreement: Agreement) -> str | None:
    sealed = agreement.iban_sealed
    return unseal(f"agreement:{agreement.agreement_number}", IBAN_PLACE, sealed) if sealed else None


def _bank_changes(scope: Scope) -> Rows:
    if not may_use(scope.grant, ServiceCode.BANK_DETAILS):
        return BankChange.objects.none()
    return history_of(Space.PROFESSIONAL, scope.grant.subject_id)


def _delegations(scope: Scope) -> Rows:
    """Those of the practice for who holds it, and the one by which the account itself came."""
    wanted = Q(accepted_by=scope.account)
    if may_use(scope.grant, ServiceCode.DELEGATES):
        wanted |= Q(professional=scope.grant.tenant_id)
    return Delegation.objects.filter(wanted, professional=scope.grant.tenant_id)


def _billed(scope: Scope) -> Rows:
    """What was billed for the person: by member number and rank, which is all that an invoice says."""
    person = Person.objects.select_related("household").get(pk=scope.grant.subject_id)
    return Invoice.objects.filter(member_number=person.household.member_number, rank=person.rank)


def _billed_lines(scope: Scope) -> Rows:
    invoices = _billed(scope)
    return InvoiceLine.objects.filter(invoice__in=invoices.values("pk"), care_date__in=invoices.values("care_date"))


register_rows(
    Space.PROFESSIONAL,
    Told(Professional, "Professionnel", of_professional(Professional, ServiceCode.AGREEMENT, "pk")),
    Told(Agreement, "Conventions", of_professional(Agreement, ServiceCode.AGREEMENT), reads={"iban_sealed": _iban}),
    Told(Listing, "Place dans l’annuaire", of_professional(Listing, ServiceCode.AGREEMENT)),
    Told(BankChange, "Changements de compte bancaire", _bank_changes),
    Told(InvoiceTotal, "Totaux des factures", of_professional(InvoiceTotal, ServiceCode.INVOICES)),
    Told(Transfer, "Versements", of_professional(Transfer, ServiceCode.TRANSFERS)),
    Told(TransferTotal, "Totaux des versements", of_professional(TransferTotal, ServiceCode.TRANSFERS)),
    Told(PaymentComplaint, "Contestations", of_professional(PaymentComplaint, ServiceCode.INVOICES)),
    Told(RightsLookup, "Consultations de droits", of_professional(RightsLookup, ServiceCode.RIGHTS)),
    Told(Delegation, "Invitations", _delegations, reads={"email_sealed": address_of}),
)
register_rows(
    Space.MEMBER,
    Told(Invoice, "Factures de professionnels pour vos soins", _billed, elsewhere=True),
    Told(InvoiceLine, "Actes de ces factures", _billed_lines, elsewhere=True),
)
