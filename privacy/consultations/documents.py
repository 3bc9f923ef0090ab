"""The results of a consultation, to take away: the same figures as the page, as PDF/UA and as CSV."""

from django.conf import settings
from django.template.loader import render_to_string

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date
from portals.presentation.spreadsheets import sheet, text_cell
from privacy.consultations.models import Consultation
from privacy.consultations.showing import shown

KIND = verification.register(Kind("privacy.consultation", "Résultats d’une consultation sur l’usage de données"))
HEADINGS = ("Question", "Réponse", "Nombre", "Part")


def results_pdf(consultation: Consultation, *, by: Account) -> bytes:
    """Give it out: the code and the fingerprint are kept, the document is not."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    return verification.issue(
        KIND,
        lambda mark: render_pdf(results_html(consultation, mark, space=by.space)),
        period=f"Consultation close le {long_date(consultation.closes_on)}",
        by=by,
    )


def results_html(consultation: Consultation, mark: Mark, *, space: str) -> str:
    """The page that WeasyPrint lays out."""
    context = {
        "consultation": consultation,
        "questions": shown(consultation),
        "mark": mark,
        "organisation": settings.ORGANISATION_FACTS,
        "space": space,
    }
    return render_to_string("privacy/consultations/print.html", context)


def results_csv(consultation: Consultation) -> bytes:
    """A line for each answer; nothing in the cells of what is told with others."""
    rows = [
        [text_cell(question.words), text_cell(line.label), line.number, line.share]
        for question in shown(consultation)
        for line in question.lines
    ]
    return sheet(HEADINGS, rows)


def filename_of(consultation: Consultation, extension: str) -> str:
    return f"consultation-{consultation.pk}-resultats.{extension}"
