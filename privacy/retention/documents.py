"""The report of a run for a spreadsheet, and on A4 for a file."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date
from portals.presentation.spreadsheets import sheet, text_cell
from privacy.retention.models import RetentionRun
from privacy.retention.queries import Told, told

REPORT = verification.register(Kind("privacy.retention", "Compte rendu de conservation"))
HEADINGS = (
    "Règle", "Finalité", "Durée", "Source", "Échus", "Retenus", "Encore liés", "Supprimées", "Vidées", "Archivés",
    "Prévenus", "Millisecondes", "Fin",
)  # fmt: skip


def report_csv(run: RetentionRun) -> bytes:
    return sheet(HEADINGS, [[text_cell(cell) for cell in row] for row in _rows(told(run))])


def report_pdf(run: RetentionRun, *, by: Account) -> bytes:
    """Every rule of the run on A4, which `/verifier/` recognises."""
    lines = told(run)

    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only who prints waits

        context: dict[str, Any] = {
            "run": run, "lines": lines, "mark": mark, "organisation": settings.ORGANISATION_FACTS, "space": "gestion",
        }  # fmt: skip
        return render_pdf(render_to_string("privacy/retention/report.html", context))

    return verification.issue(REPORT, make, period=long_date(run.day), by=by)


def _rows(lines: Iterable[Told]) -> list[tuple[str, ...]]:
    return [
        (
            line.title, line.purpose, line.words, line.source,
            *(
                str(getattr(line.report, name))
                for name in ("due", "held", "linked", "deleted", "emptied", "archived", "warned", "milliseconds")
            ),
            line.report.get_ending_display(),
        )
        for line in lines
    ]  # fmt: skip
