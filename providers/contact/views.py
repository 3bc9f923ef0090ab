"""« Contact » (CGU-3.23): write by topic with attachments, follow what was written; and complain about a payment."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portals.access.entry import account_of, grant_of
from portals.correspondence.composing import Composition, compose
from portals.correspondence.entering import Writer, too_many
from portals.correspondence.forms import MessageForm
from portals.correspondence.models import Kind
from portals.correspondence.rules import message_due
from privacy.audit import record
from providers.contact.actions import AlreadyComplained, complain
from providers.contact.forms import PaymentComplaintForm
from providers.contact.queries import complaint_about, followed
from providers.invoices.models import Invoice
from providers.invoices.queries import invoice_of
from providers.invoices.telling import tell

INVOICE = "facture"
"""In the address of a complaint: the number of the invoice that it is about."""


def _beside(writer: Writer) -> dict[str, Any]:
    return {
        "threads": followed(writer.account, writer.grant),
        "promised_on": message_due(timezone.localdate()),
    }


MESSAGE = Composition(
    Kind.MESSAGE, MessageForm, "providers/contact/contact.html", "providers:contact", "portals:message",
    ("topic", "text"), beside=_beside,
)  # fmt: skip


@login_not_required
@never_cache
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """The form, with its topic when the address names one (`sujet`), and the last exchanges."""
    return compose(request, MESSAGE)


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def invoice_complaint(request: HttpRequest) -> HttpResponse:
    """Say what is wrong with the payment of an invoice: it becomes a complaint, with the delays of the law."""
    number = request.GET.get(INVOICE, "")
    if not number:
        return redirect("providers:invoices")
    account = account_of(request)
    invoice = invoice_of(grant_of(request).tenant_id, number)
    if invoice is None:
        raise Http404
    form = PaymentComplaintForm(invoice=invoice)
    if request.method == "POST":
        if (waiting := too_many(request, account)) is not None:
            return waiting  # before a byte of the files is looked at
        form = PaymentComplaintForm(request.POST, request.FILES, invoice=invoice)
        if form.is_valid():
            return _complained(request, invoice, form)
    context = {
        "invoice": invoice,
        "told": tell([invoice], day=timezone.localdate())[0],
        "form": form,
        "earlier": complaint_about(invoice.professional_id, invoice.invoice_number),
    }
    record("invoice.consulted", by=account, object_kind="invoice", object_id=invoice.pk)
    return render(request, "providers/contact/payment.html", context)


def _complained(request: HttpRequest, invoice: Invoice, form: PaymentComplaintForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        made = complain(
            by=account_of(request), grant=grant_of(request), invoice=invoice, reason=form.what_is_wrong, text=said["text"],
            files=said["enclosures"],
        )  # fmt: skip
    except AlreadyComplained:
        messages.info(request, "Cette facture a déjà sa réclamation\u00a0: ajoutez-y ce qui manque.")
        return redirect("providers:invoice", invoice.invoice_number)
    messages.success(request, f"Réclamation {made.thread_number}\u00a0: envoi enregistré.")
    return redirect("portals:complaint", number=made.thread_number)
