"""What « Tout télécharger » gives back: the cases and the consents. Their content is asked of the medical adviser."""

from collections.abc import Iterator

from django.utils import timezone

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import date_cell, sheet, text_cell
from privacy.vault.models import MedicalConsent

HEADINGS = ("Référence", "Objet", "État", "Réponse", "Date", "Accord", "Texte montré")


def case_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """One line for each consent, with its case; nothing for whom one represents, nor without a case."""
    if grant.represents:
        return
    with isolation.system():
        consents = list(MedicalConsent.objects.filter(account_id=grant.account_id).select_related("case"))
    if consents:
        rows = (
            [
                consent.case.reference,
                text_cell(consent.case.get_cover_display()),
                text_cell(consent.case.get_state_display()),
                text_cell(consent.case.get_outcome_display()),
                date_cell(timezone.localdate(consent.at)),
                "donné" if consent.given else "retiré",
                text_cell(consent.text),
            ]
            for consent in consents
        )
        yield "informations-medicales.csv", sheet(HEADINGS, rows)
