"""Invoices as CSV, for the professional's own software or spreadsheet."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.db.models import QuerySet

from portals.presentation.spreadsheets import DELIMITER, ENCODING, amount_cell, date_cell, number_cell, text_cell
from providers.invoices.models import Invoice, InvoiceLine, Mode, Standing

NOTICE = "Informations données à titre indicatif. Seule votre convention de tiers payant fait foi."
HEADINGS = (
    "N° de facture", "Lot", "Date de soins", "N° adhérent", "Rang", "Total (€)", "Part du régime (€)",
    "Part de la mutuelle (€)", "Mode", "Reçue le", "État", "Code de rejet", "Renvoyée sous le n°", "Versement",
    "Payée le",
)  # fmt: skip
LINE_HEADINGS = (
    "N° de facture", "Ligne", "Code acte", "Quantité", "Dépense (€)", "Base (€)", "Taux du régime (%)",
    "Part du régime (€)", "Part de la mutuelle (€)",
)  # fmt: skip
KEPT_IN_MEMORY = 1_000_000  # bytes; beyond, the file is on disk
ROWS_AT_A_TIME = 2_000


def csv_file(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, after: Iterable[Sequence[str]] = ()
) -> tuple[IO[bytes], int]:
    """A file ready to be read, and how many rows it holds; `after` stands below them, then the notice.

    It is written whole before it is sent: a response streamed from the database would outlive the transaction that may
    see these rows. Memory does not grow with their number.
    """
    file = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115  the response closes it
    text = io.TextIOWrapper(file, encoding=ENCODING, newline="")
    writer = csv.writer(text, delimiter=DELIMITER)
    writer.writerow(headings)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    writer.writerows([[], *after, [NOTICE]])
    text.flush()
    text.detach()
    file.seek(0)
    return file, count


def export(invoices: QuerySet[Invoice]) -> tuple[IO[bytes], int]:
    """The file of these invoices, and how many it holds."""
    return csv_file(HEADINGS, rows(invoices))


def export_lines(professional_id: int) -> tuple[IO[bytes], int]:
    """The acts of every invoice of a professional, by day of care."""
    lines = InvoiceLine.objects.filter(professional=professional_id).select_related("invoice")
    ordered = lines.order_by("care_date", "invoice_id", "line").iterator(chunk_size=ROWS_AT_A_TIME)
    return csv_file(LINE_HEADINGS, (_line_row(line) for line in ordered))


def _line_row(line: InvoiceLine) -> list[str]:
    return [
        text_cell(line.invoice.invoice_number),
        str(line.line),
        text_cell(line.act_code),
        number_cell(line.quantity),
        amount_cell(line.expense),
        amount_cell(line.base),
        number_cell(line.scheme_rate * 100),
        amount_cell(line.scheme_amount),
        amount_cell(line.mutual_amount),
    ]


def rows(invoices: QuerySet[Invoice]) -> Iterator[list[str]]:
    for invoice in invoices.iterator(chunk_size=ROWS_AT_A_TIME):
        yield row_of(invoice)


def row_of(invoice: Invoice) -> list[str]:
    """The cells of an invoice, in the order of `HEADINGS`. Texts that look like formulas are defused."""
    return [
        text_cell(invoice.invoice_number),
        text_cell(invoice.batch),
        date_cell(invoice.care_date),
        text_cell(invoice.member_number),
        str(invoice.rank),
        amount_cell(invoice.total),
        amount_cell(invoice.scheme_part),
        amount_cell(invoice.mutual_part),
        str(Mode(invoice.mode).label),
        date_cell(invoice.received_on),
        str(Standing(invoice.standing).label),
        text_cell(invoice.reject_code),
        text_cell(invoice.resubmitted_as),
        text_cell(invoice.transfer_ref),
        date_cell(invoice.paid_on),
    ]
