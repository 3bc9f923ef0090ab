"""The confirmation of a termination as PDF/UA: the durable medium on which the law wants its date and effects."""

from django.conf import settings
from django.template.loader import render_to_string

from members.households.models import Person
from members.termination.models import Termination
from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date

KIND = verification.register(Kind("members.termination", "Confirmation de résiliation"))
FILENAME = "Confirmation de résiliation.pdf"


def confirmation_pdf(termination: Termination, *, holder: Person, by: Account) -> bytes:
    """Give it out: the code and the fingerprint are kept, the document is not."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    return verification.issue(
        KIND,
        lambda mark: render_pdf(confirmation_html(termination, holder, mark)),
        period=f"Demande reçue le {long_date(termination.received_at)}",
        by=by,
    )


def confirmation_html(termination: Termination, holder: Person, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    context = {
        "row": termination,
        "holder": holder,
        "mark": mark,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "adherent",
    }
    return render_to_string("members/termination/print.html", context)
