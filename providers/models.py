"""The face of the app: Django finds the rooms' models here."""

from providers.agreements.models import Agreement, Professional
from providers.contact.models import PaymentComplaint
from providers.directory.models import Listing, Place
from providers.invoices.models import Invoice, InvoiceLine, InvoiceTotal, OpeningDay, RejectReason
from providers.library.models import AgreementText
from providers.rights.models import RightsLookup
from providers.transfers.models import Transfer, TransferTotal
from providers.users.models import Delegation

__all__ = [
    "Agreement",
    "AgreementText",
    "Delegation",
    "Invoice",
    "InvoiceLine",
    "InvoiceTotal",
    "Listing",
    "OpeningDay",
    "PaymentComplaint",
    "Place",
    "Professional",
    "RejectReason",
    "RightsLookup",
    "Transfer",
    "TransferTotal",
]
