"""The face of the app: Django finds the rooms' models here."""

from providers.agreements.models import Agreement, Professional
from providers.directory.models import Listing, Place
from providers.invoices.models import Invoice, InvoiceLine, InvoiceTotal, OpeningDay, RejectReason
from providers.rights.models import RightsLookup
from providers.transfers.models import Transfer, TransferTotal

__all__ = [
    "Agreement",
    "Invoice",
    "InvoiceLine",
    "InvoiceTotal",
    "Listing",
    "OpeningDay",
    "Place",
    "Professional",
    "RejectReason",
    "RightsLookup",
    "Transfer",
    "TransferTotal",
]
