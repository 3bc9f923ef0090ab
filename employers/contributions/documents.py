"""A slip as files: its lines for a spreadsheet, and a PDF that can be checked, which carries them."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from employers.companies.models import Company
from employers.contributions.models import ContributionLine
from employers.contributions.rules import Sheet, ShownLine, adjustments_of, groups_of
from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.spreadsheets import amount_cell, date_cell, number_cell, sheet, text_cell

SLIP = verification.register(Kind("employer.slip", "Bordereau de cotisations"))
HEADINGS = (
    "Bordereau", "Contrat", "Début de période", "Fin de période", "Ligne", "Population", "Structure", "Effectif",
    "Assiette (€)", "Taux (%)", "Montant (€)", "Part de l’employeur (€)", "Part du salarié (€)", "Période régularisée",
)  # fmt: skip
SUM_AT = HEADINGS.index("Montant (€)")


def slip_csv(told: Sheet, lines: Sequence[ContributionLine]) -> bytes:
    """The lines, then what is asked: their total, the previous balance, what was paid, what remains."""
    after = (
        ("Total des lignes", told.total),
        ("Solde précédent", told.slip.previous_balance),
        ("Déjà réglé", told.paid),
        ("Reste à régler", told.remaining),
    )
    rows = [_row(told, ShownLine(line)) for line in lines]
    empty = [""] * (SUM_AT - 1)
    rest = [""] * (len(HEADINGS) - SUM_AT - 1)
    return sheet(HEADINGS, [*rows, *([label, *empty, amount_cell(amount), *rest] for label, amount in after)])


def _row(told: Sheet, shown: ShownLine) -> list[str]:
    line, slip = shown.line, told.slip
    return [
        text_cell(slip.slip_number),
        text_cell(slip.contract.contract_number),
        date_cell(slip.period_start),
        date_cell(slip.period_end),
        str(line.line),
        text_cell(line.population),
        shown.structure,
        str(line.headcount),
        amount_cell(line.base),
        number_cell(line.rate * 100),
        amount_cell(line.amount),
        "" if shown.employer is None else amount_cell(shown.employer),
        "" if shown.employee is None else amount_cell(shown.employee),
        date_cell(line.adjusts_period),
    ]


def filename_of(told: Sheet) -> str:
    """`Bordereau 2026-10`, without extension: no name, no number."""
    return f"Bordereau {told.slip.period_start:%Y-%m}"


def slip_pdf(told: Sheet, lines: Sequence[ContributionLine], company: Company, *, by: Account) -> bytes:
    """The PDF/UA of a slip, which `/verifier/` recognises, its lines inside as CSV."""

    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import (
            AttachedData,
            render_pdf,
        )  # WeasyPrint takes a second to load: only who prints waits

        attached = AttachedData(
            name="bordereau.csv",
            description="Les lignes de ce bordereau, pour un tableur",
            content=slip_csv(told, lines),
            made_at=timezone.now(),
        )
        return render_pdf(slip_html(told, lines, company, mark), attached=[attached])

    return verification.issue(SLIP, make, period=told.period.capitalize(), by=by)


def slip_html(told: Sheet, lines: Sequence[ContributionLine], company: Company, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    context = {
        "sheet": told,
        "slip": told.slip,
        "groups": groups_of(lines),
        "adjustments": adjustments_of(lines),
        "company": company,
        "mark": mark,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "employeur",
    }
    return render_to_string("employers/contributions/print.html", context)
