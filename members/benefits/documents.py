"""The export of benefit lines as CSV."""

import csv
import io
import tempfile
from collections.abc import Iterator
from typing import IO

from django.db.models import QuerySet

from members.benefits.models import BenefitLine
from members.benefits.telling import ToldLine, tell
from members.households.rules import Viewpoint
from portals.presentation.spreadsheets import DELIMITER, ENCODING, amount_cell, date_cell, number_cell, text_cell

NOTICE = (
    "Informations données à titre indicatif, pour votre usage privé. "
    "Seuls les statuts, le règlement mutualiste et votre contrat font foi."
)
HEADINGS = (
    "Date de soins", "Bénéficiaire", "Code acte", "Acte", "Professionnel", "Quantité", "Dépense (€)",
    "Base de remboursement (€)", "Taux du régime (%)", "Régime obligatoire (€)", "Retenue (€)", "Mutuelle (€)",
    "Autres organismes (€)", "Reste à charge (€)", "Payé à", "Date de paiement", "Référence du virement", "Origine",
    "N° de décompte",
)  # fmt: skip
KEPT_IN_MEMORY = 1_000_000  # bytes; beyond, the file is on disk
ROWS_AT_A_TIME = 2_000


def export(lines: QuerySet[BenefitLine], viewpoint: Viewpoint) -> tuple[IO[bytes], int]:
    """The file of these lines, ready to be read, and how many it holds.

    It is written whole before it is sent: a response streamed from the database would outlive the transaction that
    may see these rows. Memory does not grow with the number of lines.
    """
    file = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 the response closes it
    text = io.TextIOWrapper(file, encoding=ENCODING, newline="")
    writer = csv.writer(text, delimiter=DELIMITER)
    writer.writerow(HEADINGS)
    count = 0
    for row in rows(lines, viewpoint):
        writer.writerow(row)
        count += 1
    writer.writerows([[], [NOTICE]])
    text.flush()
    text.detach()
    file.seek(0)
    return file, count


def rows(lines: QuerySet[BenefitLine], viewpoint: Viewpoint) -> Iterator[list[str]]:
    for line in lines.iterator(chunk_size=ROWS_AT_A_TIME):
        yield row_of(tell(line, viewpoint))


def row_of(told: ToldLine) -> list[str]:
    """The cells of a line, in the order of `HEADINGS`. Amounts in euros; texts that look like formulas are defused."""
    line = told.line
    return [
        date_cell(line.care_date),
        text_cell(told.person.full_name),
        text_cell(line.act_code_id),
        text_cell(told.label),
        text_cell(line.professional_name),
        number_cell(line.quantity),
        amount_cell(line.expense),
        amount_cell(line.base),
        number_cell(line.scheme_rate * 100),
        amount_cell(line.scheme_amount),
        amount_cell(line.deduction),
        amount_cell(line.mutual_amount),
        amount_cell(line.other_amount),
        amount_cell(line.out_of_pocket),
        line.get_paid_to_display() if told.is_payment_told else "Autre parent",
        date_cell(line.payment_date if told.is_payment_told else None),
        text_cell(line.payment_ref if told.is_payment_told else ""),
        line.get_source_display(),
        text_cell(line.benefit_ref),
    ]
