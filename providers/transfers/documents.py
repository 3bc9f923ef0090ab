"""Transfers as files: the list, the reconciliation of one, and the same as a PDF that can be checked."""

from collections.abc import Iterator
from itertools import islice
from typing import IO

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import month_name
from portals.presentation.spreadsheets import amount_cell, date_cell, text_cell
from providers.agreements.models import Professional
from providers.agreements.signup import practice_of
from providers.invoices.documents import ROWS_AT_A_TIME, csv_file
from providers.invoices.models import Mode, Standing
from providers.transfers.queries import all_reconciled, invoices_in
from providers.transfers.rules import Reconciled

ADVICE = verification.register(Kind("provider.transfer", "Avis de versement à un professionnel"))
LIST_HEADINGS = (
    "Référence", "Date", "Montant (€)", "Factures", "Somme des factures (€)", "Écart (€)", "Rapprochement",
)  # fmt: skip
HEADINGS = (
    "Versement", "N° de facture", "Lot", "Date de soins", "N° adhérent", "Rang", "Mode", "Reçue le", "État",
    "Total (€)", "Part du régime (€)", "Part de la mutuelle (€)",
)  # fmt: skip
MOST_PRINTED = 400
"""Invoices in the PDF: about ten pages. The CSV, which the PDF carries, has all of them."""


def list_file(professional_id: int) -> tuple[IO[bytes], int]:
    """Every transfer with its reconciliation, and how many there are."""
    return csv_file(LIST_HEADINGS, (_list_row(one) for one in all_reconciled(professional_id)))


def _list_row(one: Reconciled) -> list[str]:
    return [
        text_cell(one.transfer.transfer_ref),
        date_cell(one.transfer.paid_on),
        amount_cell(one.transfer.amount),
        str(one.count),
        amount_cell(one.invoices),
        amount_cell(one.difference),
        one.label,
    ]


def reconciliation_file(one: Reconciled) -> tuple[IO[bytes], int]:
    """The invoices of a transfer, then their sum, the transfer and the difference."""
    empty = [""] * (len(HEADINGS) - 2)
    after = [
        ["Somme des factures", *empty, amount_cell(one.invoices)],
        ["Montant du versement", *empty, amount_cell(one.transfer.amount)],
        ["Écart", *empty, amount_cell(one.difference)],
    ]
    return csv_file(HEADINGS, _rows(one), after=after)


def _rows(one: Reconciled) -> Iterator[list[str]]:
    for invoice in invoices_in(one.transfer).iterator(chunk_size=ROWS_AT_A_TIME):
        yield [
            text_cell(one.transfer.transfer_ref),
            text_cell(invoice.invoice_number),
            text_cell(invoice.batch),
            date_cell(invoice.care_date),
            text_cell(invoice.member_number),
            str(invoice.rank),
            str(Mode(invoice.mode).label),
            date_cell(invoice.received_on),
            str(Standing(invoice.standing).label),
            amount_cell(invoice.total),
            amount_cell(invoice.scheme_part),
            amount_cell(invoice.mutual_part),
        ]


def filename_of(one: Reconciled) -> str:
    """`Versement 07-10-2026`: without reference nor name, and without extension."""
    return f"Versement {one.transfer.paid_on:%d-%m-%Y}"


def advice_pdf(one: Reconciled, professional: Professional, *, by: Account) -> bytes:
    """The PDF/UA of a transfer, which `/verifier/` recognises, its reconciliation inside as CSV."""

    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import (
            AttachedData,
            render_pdf,
        )  # WeasyPrint takes a second to load: only who prints waits

        file, _count = reconciliation_file(one)
        with file:
            attached = AttachedData(
                name="rapprochement.csv",
                description="Les factures de ce versement, pour un tableur",
                content=file.read(),
                made_at=timezone.now(),
            )
        return render_pdf(advice_html(one, professional, mark), attached=[attached])

    period = month_name(one.transfer.paid_on).capitalize()
    return verification.issue(ADVICE, make, period=period, by=by)


def advice_html(one: Reconciled, professional: Professional, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    invoices = list(islice(invoices_in(one.transfer).order_by("received_on", "id"), MOST_PRINTED))
    context = {
        "one": one,
        "invoices": invoices,
        "left_out": one.count - len(invoices),
        "professional": professional,
        "practice": practice_of(professional),
        "mark": mark,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "professionnel",
    }
    return render_to_string("providers/transfers/advice.html", context)
