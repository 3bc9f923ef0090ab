"""The register of communications to authorities, as PDF and CSV: numbers of persons, never names."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import full_instant, long_date
from portals.presentation.spreadsheets import sheet, text_cell
from privacy.disclosures.models import Disclosure
from privacy.rights.data_classes import labels

REGISTER = verification.register(Kind("privacy.disclosures", "Registre des communications aux autorités"))
HEADINGS = (
    "Numéro", "Autorité", "Service", "Fondement", "Référence", "Reçue le", "Données", "Période", "Personnes", "Nécessité",
    "Préparée par", "Décision", "Décidée par", "Motif", "Secret", "Remise le", "Remise par", "Moyen", "Reçu",
    "Lignes remises", "Empreinte SHA-256", "Dossier",
)  # fmt: skip


def register_csv(rows: Iterable[Disclosure]) -> bytes:
    return sheet(HEADINGS, [[text_cell(cell) for cell in cells_of(row)] for row in rows])


def register_pdf(rows: Iterable[Disclosure], *, by: Account) -> bytes:
    sheets = [list(zip(HEADINGS, cells_of(row), strict=True)) for row in rows]

    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only who prints waits

        context: dict[str, Any] = {
            "sheets": sheets, "mark": mark, "organisation": settings.ORGANISATION_FACTS, "space": "gestion",
            "today": timezone.localdate(),
        }  # fmt: skip
        return render_pdf(render_to_string("privacy/disclosures/register.html", context))

    return verification.issue(REGISTER, make, period=f"Au {long_date(timezone.localdate())}", by=by)


def cells_of(row: Disclosure) -> tuple[str, ...]:
    """One communication. `row` with its subjects prefetched."""
    known = labels()
    return (
        row.reference,
        row.get_authority_display(),
        row.authority_name,
        row.get_ground_display(),
        row.ground_reference,
        long_date(row.received_on),
        ", ".join(known.get(code, code) for code in row.classes),
        f"du {long_date(row.since)} au {long_date(row.until)}",
        ", ".join(f"{one.get_space_display()} n°\u00a0{one.subject_id}" for one in row.subjects.all()),
        row.necessity,
        f"{_agent(row.asked_by)}, {full_instant(row.asked_at)}",
        row.get_state_display(),
        _decided(row),
        row.decision_words,
        _secrecy(row),
        long_date(row.sent_on) if row.sent_on else "",
        _agent(row.sent_by),
        row.get_means_display(),
        row.receipt,
        "" if row.bundle_rows is None else str(row.bundle_rows),
        row.bundle_sha256,
        row.case_reference,
    )


def _agent(account: Account | None) -> str:
    return account.display_name if account else ""


def _decided(row: Disclosure) -> str:
    if row.decided_by and row.decided_at:
        return f"{_agent(row.decided_by)}, {full_instant(row.decided_at)}"
    return "sans approbation, par l’effet du secret" if row.skips_approval else ""


def _secrecy(row: Disclosure) -> str:
    if not row.is_secret:
        return "non"
    end = f"jusqu’au {long_date(row.secret_until)}" if row.secret_until else "sans terme"
    return f"{row.secrecy_ground}, {end}"
