"""The letter to the employee, and the sentence that the certificat de travail must bear. PDF/UA, with a code."""

from django.conf import settings
from django.template.loader import render_to_string

from employers.terminations.models import EmployeeTermination
from employers.terminations.rules import Consequences
from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date

LETTER = verification.register(Kind("employer.departure_letter", "Lettre au salarié qui part"))
MENTION = verification.register(Kind("employer.work_certificate", "Mention du certificat de travail"))
LETTER_FILE = "Lettre au salarié.pdf"
MENTION_FILE = "Mention du certificat de travail.pdf"


def letter_pdf(row: EmployeeTermination, told: Consequences, *, by: Account) -> bytes:
    """What goes on, until when, what to send: to hand over or to post."""
    return _pdf(LETTER, "letter", row, told, by)


def mention_pdf(row: EmployeeTermination, told: Consequences, *, by: Account) -> bytes:
    """The sentence to copy (article L. 911-8, 6°)."""
    return _pdf(MENTION, "mention", row, told, by)


def document_html(name: str, row: EmployeeTermination, told: Consequences, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    context = {
        "row": row,
        "employee": row.affiliation,
        "company": row.affiliation.company,
        "told": told,
        "rights": told.rights,
        "mark": mark,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "employeur",
    }
    return render_to_string(f"employers/terminations/print_{name}.html", context)


def _pdf(kind: Kind, name: str, row: EmployeeTermination, told: Consequences, by: Account) -> bytes:
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    return verification.issue(
        kind,
        lambda mark: render_pdf(document_html(name, row, told, mark)),
        period=f"Fin de contrat le {long_date(row.contract_end)}",
        by=by,
    )
