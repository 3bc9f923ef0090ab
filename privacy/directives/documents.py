"""What was recorded, as PDF/UA with the code by which anybody checks it."""

from django.conf import settings
from django.template.loader import render_to_string

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date
from privacy.directives.contents import content_of
from privacy.directives.models import Directives

KIND = verification.register(Kind("privacy.directives", "Directives pour après un décès"))


def directives_pdf(version: Directives, *, name: str, by: Account) -> bytes:
    """Give it out: the code and the fingerprint are kept, the document is not."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    def drawn(mark: Mark) -> bytes:
        context = {
            "version": version,
            "content": content_of(version),
            "name": name,
            "mark": mark,
            "organisation": settings.ORGANISATION_FACTS,
            "space": version.space,
        }
        return render_pdf(render_to_string("privacy/directives/print.html", context))

    return verification.issue(KIND, drawn, period=f"Enregistré le {long_date(version.at)}", by=by)


def filename_of(version: Directives) -> str:
    """No name in it."""
    return f"Directives, version {version.number}.pdf"
