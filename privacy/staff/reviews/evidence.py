"""What a closed review leaves: a table, right by right, and a signed report that gives the table's fingerprint."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.signing import sign
from portals.documents.verification import Kind, Mark
from portals.gestion.roles import RIGHTS
from portals.presentation.formats import full_instant, long_date
from portals.presentation.spreadsheets import sheet, text_cell
from privacy.staff.charter.rules import State
from privacy.staff.reviews.models import AccessReview, Decision, ReviewLine

KIND = verification.register(Kind("privacy.access_review", "Procès-verbal de revue des habilitations"))
REASON = "Revue des habilitations close"
HEADINGS = (
    "identifiant", "nom", "rôle", "droit", "ce qu’il ouvre", "dernier usage", "dernière connexion",
    "sans usage depuis 90 jours", "charte", "modules suivis", "décision", "raison", "décidé par", "décidé le",
)  # fmt: skip
LABELS = {right.permission: right.label for right in RIGHTS}


def role_words(line: ReviewLine) -> str:
    """The role as it is told; what stands outside roles says so."""
    return line.role or ("Droits donnés hors rôle" if line.uses else "Aucun rôle")


def lines_of(review: AccessReview) -> list[ReviewLine]:
    return list(review.lines.select_related("account", "decided_by"))


def csv_of(review: AccessReview) -> bytes:
    """One row for each right of each role of each account. No cell is a formula."""
    return sheet(HEADINGS, [[text_cell(cell) for cell in row] for row in _rows(lines_of(review))])


def _rows(lines: Sequence[ReviewLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        decided = timezone.localtime(line.decided_at).strftime("%d/%m/%Y %H:%M") if line.decided_at else ""
        for use in line.uses or [{"right": "", "used_on": None}]:
            yield (
                line.account.identifier,
                line.account.display_name,
                role_words(line),
                use["right"],
                LABELS.get(use["right"], ""),
                use["used_on"] or "jamais",
                timezone.localtime(line.last_sign_in).strftime("%d/%m/%Y") if line.last_sign_in else "jamais",
                "oui" if line.is_asleep else "non",
                State(line.charter).label,
                line.modules,
                line.get_decision_display(),
                line.reason,
                line.decided_by.display_name if line.decided_by else "",
                decided,
            )


def pdf_of(review: AccessReview, *, sha256: str, by: Account) -> bytes:
    """The report on A4, signed with the mutual's key, which `/verifier/` recognises. `sha256`: of the table."""
    lines = lines_of(review)
    context: dict[str, Any] = {
        "review": review,
        "lines": [(line, role_words(line), State(line.charter).label) for line in lines],
        "withdrawn": sum(line.decision == Decision.WITHDRAWN for line in lines),
        "asleep": sum(line.is_asleep for line in lines),
        "sha256": sha256,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "gestion",
        "closed": full_instant(review.closed_at) if review.closed_at else "",
    }

    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only who closes waits

        return sign(render_pdf(render_to_string("privacy/staff/review.html", {**context, "mark": mark})), reason=REASON)

    return verification.issue(KIND, make, period=f"Close le {long_date(review.closed_at)}", by=by)
