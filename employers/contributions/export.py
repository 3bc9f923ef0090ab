"""The slips that a company takes away (« Tout télécharger »): one file of slips, one of their lines."""

from collections.abc import Iterator

from employers.contributions.models import ContributionLine, Status, Structure
from employers.contributions.queries import sheets_of
from employers.contributions.rules import Sheet
from employers.permissions import ServiceCode, may_see
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import amount_cell, date_cell, number_cell, sheet, text_cell

SLIP_HEADINGS = (
    "Bordereau", "Contrat", "Début de période", "Fin de période", "Échéance", "État", "Total (€)",
    "Solde précédent (€)", "Réglé (€)", "Reste à régler (€)", "Mode de paiement",
)  # fmt: skip
LINE_HEADINGS = (
    "Bordereau", "Ligne", "Population", "Structure", "Effectif", "Assiette (€)", "Taux (%)", "Montant (€)",
    "Part de l’employeur (%)", "Période régularisée",
)  # fmt: skip


def contribution_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The files of one company, for a grant that shows its slips."""
    if not may_see(grant, ServiceCode.SLIPS):
        return
    yield "bordereaux.csv", sheet(SLIP_HEADINGS, (_slip_row(told) for told in sheets_of(grant.tenant_id)))
    lines = ContributionLine.objects.filter(company=grant.tenant_id).select_related("slip")
    ordered = lines.order_by("slip__period_start", "slip_id", "line")
    yield "lignes-de-bordereaux.csv", sheet(LINE_HEADINGS, (_line_row(line) for line in ordered.iterator()))


def _slip_row(told: Sheet) -> list[str]:
    slip = told.slip
    return [
        text_cell(slip.slip_number),
        text_cell(slip.contract.contract_number),
        date_cell(slip.period_start),
        date_cell(slip.period_end),
        date_cell(slip.due_date),
        str(Status(slip.status).label),
        amount_cell(told.total),
        amount_cell(slip.previous_balance),
        amount_cell(told.paid),
        amount_cell(told.remaining),
        text_cell(slip.payment_mode),
    ]


def _line_row(line: ContributionLine) -> list[str]:
    return [
        text_cell(line.slip.slip_number),
        str(line.line),
        text_cell(line.population),
        str(Structure(line.structure).label),
        str(line.headcount),
        amount_cell(line.base),
        number_cell(line.rate * 100),
        amount_cell(line.amount),
        "" if line.employer_share is None else number_cell(line.employer_share * 100),
        date_cell(line.adjusts_period),
    ]
