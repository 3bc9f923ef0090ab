"""The proof of a choice as PDF/UA, with the code by which anybody checks it (PDP-3.6)."""

from django.conf import settings
from django.template.loader import render_to_string

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date
from privacy.consents.models import Choice

KIND = verification.register(Kind("privacy.consent", "Preuve d’un choix sur l’usage de données"))


def proof_pdf(choice: Choice, *, name: str, by: Account) -> bytes:
    """Give it out: the code and the fingerprint are kept, the document is not."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    return verification.issue(
        KIND,
        lambda mark: render_pdf(proof_html(choice, mark, name=name)),
        period=f"Choix du {long_date(choice.at)}",
        by=by,
    )


def proof_html(choice: Choice, mark: Mark, *, name: str) -> str:
    """The page that WeasyPrint lays out. `name`: the person's, or their reference where staff print it."""
    context = {
        "choice": choice,
        "name": name,
        "mark": mark,
        "organisation": settings.ORGANISATION_FACTS,
        "space": choice.space,
    }
    return render_to_string("privacy/consents/print.html", context)


def filename_of(choice: Choice) -> str:
    """No name in it."""
    return f"Preuve de choix {choice.pk}.pdf"
