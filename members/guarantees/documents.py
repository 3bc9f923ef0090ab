"""The description of guarantees as PDF/UA (CGU-3.4): a plan on a day, its table whole, with a code to verify it."""

from django.conf import settings
from django.template.loader import render_to_string

from members.guarantees.showing import Description
from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date

DESCRIPTION = verification.register(Kind("guarantees.description", "Description des garanties"))


def description_html(description: Description, mark: Mark | None) -> str:
    """The pages that WeasyPrint lays out."""
    context = {
        "description": description,
        "mark": mark,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "adherent",
    }
    return render_to_string("members/guarantees/print.html", context)


def description_pdf(description: Description, *, by: Account) -> bytes:
    """The PDF, whose fingerprint is kept. It names the plan and nobody."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    period = f"Formule {description.held.plan.name}, au {long_date(description.day)}"
    return verification.issue(
        DESCRIPTION, lambda mark: render_pdf(description_html(description, mark)), period=period[:80], by=by
    )


def filename_of(description: Description) -> str:
    """`Garanties Rivage au 2026-10-09.pdf`."""
    return f"Garanties {description.held.plan.name} au {description.day:%Y-%m-%d}.pdf"
