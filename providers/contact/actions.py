"""A complaint about the payment of an invoice: it begins with what the invoice says, and marks it for the practice."""

from django.db import transaction

from portals.access.models import Grant
from portals.accounts.models import Account
from portals.correspondence.actions import write
from portals.correspondence.models import Kind
from portals.documents.uploads import CleanFile
from portals.presentation.formats import NBSP, euros, long_date
from privacy.audit import record
from providers.contact.models import PaymentComplaint
from providers.invoices.models import Invoice, Mode, Standing

TOPIC = "third_party"


class AlreadyComplained(Exception):
    """An invoice is complained of once: what comes after is added to the thread."""


@transaction.atomic
def complain(
    *, by: Account, grant: Grant, invoice: Invoice, reason: str, text: str, files: list[CleanFile]
) -> PaymentComplaint:
    """Send the complaint in the name of the practice; `reason` is what is wrong, in words. Raises AlreadyComplained."""
    held = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if PaymentComplaint.objects.filter(professional=held.professional_id, invoice_number=held.invoice_number).exists():
        raise AlreadyComplained
    thread = write(
        by=by, kind=Kind.COMPLAINT, topic=TOPIC, text=f"{reference_of(held)}\n{reason}.\n\n{text}", grant=grant,
        files=files, forget_draft=False,
    )  # fmt: skip
    made = PaymentComplaint.objects.create(
        professional_id=held.professional_id, invoice_number=held.invoice_number, opened_by=by,
        thread_number=thread.number,
    )  # fmt: skip
    record("invoice.complained", by=by, object_kind="invoice", object_id=held.pk, details={"thread": thread.pk})
    return made


def reference_of(invoice: Invoice) -> str:
    """How the complaint names the invoice: its numbers, its days, where it stands. The patient is not in it."""
    batch = f", lot{NBSP}{invoice.batch}" if invoice.batch else ""
    state = str(Standing(invoice.standing).label).lower()
    code = f", code de rejet{NBSP}{invoice.reject_code}" if invoice.reject_code else ""
    transfer = f", versement{NBSP}{invoice.transfer_ref}" if invoice.transfer_ref else ""
    return (
        f"Facture n°{NBSP}{invoice.invoice_number}{batch}, soins du {long_date(invoice.care_date)}, reçue le "
        f"{long_date(invoice.received_on)} ({Mode(invoice.mode).label}). Total {euros(invoice.total)}, dont "
        f"{euros(invoice.mutual_part)} pour la mutuelle. État{NBSP}: {state}{code}{transfer}."
    )
