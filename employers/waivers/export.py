"""The waivers that a company takes away (« Tout télécharger »)."""

from collections.abc import Iterator

from employers.permissions import ServiceCode, may_see
from employers.waivers.models import Waiver
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.formats import local_date
from portals.presentation.spreadsheets import date_cell, sheet, text_cell

HEADINGS = (
    "Numéro", "Contrat", "Matricule", "Nom", "Prénoms", "Cas", "État", "Premier jour", "Dernier jour", "Terminée le",
    "Raison de la fin", "Créée le",
)  # fmt: skip


def waiver_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """One table, for a grant that shows waivers."""
    if not may_see(grant, ServiceCode.WAIVERS):
        return
    rows = Waiver.objects.filter(company=grant.tenant_id).select_related("contract").order_by("pk")
    yield "dispenses.csv", sheet(HEADINGS, (_row(waiver) for waiver in rows.iterator()))


def _row(waiver: Waiver) -> list[str]:
    return [
        waiver.number,
        text_cell(waiver.contract.contract_number),
        text_cell(waiver.employee_number),
        text_cell(waiver.family_name),
        text_cell(waiver.given_names),
        waiver.get_case_display(),
        waiver.get_state_display(),
        date_cell(waiver.first_day),
        date_cell(waiver.valid_until),
        date_cell(waiver.ended_on),
        waiver.get_ended_for_display(),
        date_cell(local_date(waiver.created_at)),
    ]
