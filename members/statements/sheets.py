"""The lines of a statement as CSV, attached inside its PDF: what is printed, in the same order. Pure."""

from members.statements.contents import (
    TO_HOLDER,
    TO_OTHER_PARENT,
    TO_PERSON,
    TO_PROFESSIONAL,
    TO_RECIPIENT,
    PrintedLine,
    PrintedPerson,
    PrintedStatement,
)
from portals.presentation.spreadsheets import amount_cell, date_cell, number_cell, sheet, text_cell

HEADINGS = (
    "Date de soins", "Bénéficiaire", "Acte", "Professionnel", "Dépense (€)", "Base de remboursement (€)",
    "Taux du régime (%)", "Régime avant retenue (€)", "Retenue (€)", "Mutuelle (€)", "Autres organismes (€)",
    "Reste à charge (€)", "Payé à", "Date de paiement", "Référence du virement",
)  # fmt: skip
PAYEES = {
    TO_RECIPIENT: "Destinataire du relevé",
    TO_HOLDER: "Adhérent",
    TO_PERSON: "Bénéficiaire",
    TO_PROFESSIONAL: "Professionnel",
}


def sheet_of(statement: PrintedStatement) -> bytes:
    """A whole small file: one row for each line of care, amounts in euros."""
    return sheet(HEADINGS, (_row(person, line) for person in statement.persons for line in person.lines))


def _row(person: PrintedPerson, line: PrintedLine) -> list[str]:
    """What arrived on the other parent's account is told without the day nor the reference."""
    concealed = line.paid_to == TO_OTHER_PARENT
    amounts = (line.expense, line.base)
    shares = (line.scheme, line.deduction, line.mutual, line.other, line.own)
    return [
        date_cell(line.care_date),
        text_cell(person.name),
        text_cell(line.act),
        text_cell(line.professional),
        *map(amount_cell, amounts),
        number_cell(line.rate * 100),
        *map(amount_cell, shares),
        PAYEES.get(line.paid_to, ""),
        "" if concealed else date_cell(line.paid_on),
        "" if concealed else text_cell(line.payment_ref),
    ]
