"""The file for the authority as PDF and JSON, and the register of breaches (RGPD, art. 33.5)."""

import datetime
import json
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
from privacy.breaches.violations import categories, rules
from privacy.breaches.violations.models import Breach, DataCategory, Exemption, Filing, Nature, PersonCategory, Risk

REGISTER = verification.register(Kind("privacy.breaches", "Registre des violations de données"))
HEADINGS = (
    "Numéro", "Connue le", "Début", "Fin", "Nature", "Ce qui est arrivé", "Personnes", "Nombre", "Par catégorie",
    "Données", "Enregistrements", "Conséquences", "Mesures prises", "Mesures prévues", "Risque", "Pourquoi", "Notifiée le",
    "Récépissé", "Retard", "Personnes averties", "Dispense", "Suites",
)  # fmt: skip


def filing_json(filing: Filing) -> bytes:
    """The content as it was frozen."""
    return json.dumps(filing.content, ensure_ascii=False, indent=2).encode()


def filing_pdf(filing: Filing) -> bytes:
    """The same on A4, with the JSON inside it as an attached file."""
    from portals.documents.pdf import AttachedData, render_pdf  # WeasyPrint takes a second to load

    context = {
        "filing": filing, "file": filing.content, "at": _instants(filing.content),
        "organisation": settings.ORGANISATION_FACTS, "space": "gestion",
    }  # fmt: skip
    data = AttachedData(
        f"{filing_name(filing)}.json", "Le même dossier, pour un programme", filing_json(filing), filing.prepared_at
    )
    return render_pdf(render_to_string("privacy/breaches/filing.html", context), [data])


def _instants(content: dict[str, Any]) -> dict[str, datetime.datetime | None]:
    """What the file says in ISO 8601, to be written as people do: never what the breach has become since."""
    nature, delay = content["nature_de_la_violation"], content["delai"]
    said = {
        "aware": delay["connue_le"], "due": delay["echeance"], "prepared": delay["prepare_le"], "began": nature["debut"],
        "ended": nature["fin"], "told": content["information_des_personnes"]["le"],
    }  # fmt: skip
    return {name: datetime.datetime.fromisoformat(text) if text else None for name, text in said.items()}


def filing_name(filing: Filing) -> str:
    return f"notification-{filing.breach.reference}-{filing.rank}"


def rows_of_register(breaches: Iterable[Breach]) -> list[tuple[str, ...]]:
    """Facts, effects and measures of each breach, as article 33.5 wants them. `breaches` with their filings prefetched."""
    return [_row(breach) for breach in breaches]


def register_csv(breaches: Iterable[Breach]) -> bytes:
    return sheet(HEADINGS, [[text_cell(cell) for cell in row] for row in rows_of_register(breaches)])


def register_pdf(breaches: Iterable[Breach], *, by: Account) -> bytes:
    """The register on A4, which `/verifier/` recognises."""
    sheets = [list(zip(HEADINGS, row, strict=True)) for row in rows_of_register(breaches)]

    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only who prints waits

        context: dict[str, Any] = {
            "sheets": sheets, "mark": mark, "organisation": settings.ORGANISATION_FACTS, "space": "gestion",
            "today": timezone.localdate(),
        }  # fmt: skip
        return render_pdf(render_to_string("privacy/breaches/register.html", context))

    return verification.issue(REGISTER, make, period=f"Au {long_date(timezone.localdate())}", by=by)


def _row(breach: Breach) -> tuple[str, ...]:
    first = next((one for one in breach.filings.all() if one.filed_at), None)
    late = first is not None and first.filed_at is not None and rules.is_late(breach.aware_at, first.filed_at)
    return (
        breach.reference,
        full_instant(breach.aware_at),
        full_instant(breach.began_at) if breach.began_at else "",
        full_instant(breach.ended_at) if breach.ended_at else "",
        "\n".join(Nature(code).label for code in breach.natures),
        breach.circumstances,
        ", ".join(PersonCategory(code).label for code in breach.person_categories),
        "" if breach.persons_count is None else str(breach.persons_count),
        "\n".join(f"{words}\u00a0: {number}" for words, number in categories.counted(breach)),
        ", ".join(DataCategory(code).label for code in breach.data_categories),
        "" if breach.records_count is None else str(breach.records_count),
        breach.consequences,
        breach.measures_taken,
        breach.measures_planned,
        Risk(breach.risk).label if breach.risk else "À évaluer",
        breach.risk_reason,
        full_instant(first.filed_at) if first and first.filed_at else "non",
        first.receipt if first else "",
        first.late_reason if first and late else "",
        full_instant(breach.told_at) if breach.told_at else "non",
        f"{Exemption(breach.exemption).label}. {breach.exemption_reason}" if breach.exemption else "",
        breach.lessons,
    )
