"""What a member takes away of simulations and requests (« Tout télécharger »)."""

from collections.abc import Iterator

from members.households.rules import Viewpoint
from members.quotes import queries as simulations
from members.quotes.models import Simulation
from members.quotes.requests.models import CareRequest, State
from members.quotes.requests.sealing import answer_of, content_of
from portals.accounts.export.registry import Content
from portals.presentation.formats import local_date
from portals.presentation.spreadsheets import amount_cell, date_cell, sheet, text_cell

SIMULATION_HEADINGS = (
    "Numéro", "Bénéficiaire", "Nature", "Faite le", "Date de soins prévue", "Valable jusqu’au", "Dépense (€)",
    "Régime obligatoire (€)", "Mutuelle (€)", "Reste à charge (€)", "Actes",
)  # fmt: skip
REQUEST_HEADINGS = (
    "Numéro", "Bénéficiaire", "Nature", "État", "Envoyée le", "Réponse le", "Soin", "Date du soin", "Professionnel",
    "Montant demandé (€)", "Montant accordé (€)", "Accord valable jusqu’au", "Réponse",
)  # fmt: skip


def quote_files(view: Viewpoint) -> Iterator[tuple[str, Content]]:
    """Two sheets, of those whose care the viewer reads."""
    kept = simulations.visible(view).order_by("pk")
    yield "simulations.csv", sheet(SIMULATION_HEADINGS, (_simulation_row(row, view) for row in kept))
    asked = CareRequest.objects.filter(household_id=view.household_id, person_id__in=view.seen_ids)
    asked = asked.exclude(state=State.DRAFT).order_by("pk")
    yield "demandes.csv", sheet(REQUEST_HEADINGS, (_request_row(row, view) for row in asked))


def _simulation_row(row: Simulation, view: Viewpoint) -> list[str]:
    return [
        row.number,
        text_cell(view.by_id[row.person_id].full_name),
        row.get_kind_display(),
        date_cell(local_date(row.made_at)),
        date_cell(row.care_date),
        date_cell(row.valid_until),
        amount_cell(row.expense),
        amount_cell(row.scheme_amount),
        amount_cell(row.mutual_amount),
        amount_cell(row.own_amount),
        text_cell(", ".join(line["act"] for line in row.content["lines"])),
    ]


def _request_row(row: CareRequest, view: Viewpoint) -> list[str]:
    content, answer = content_of(row), answer_of(row)
    return [
        row.number,
        text_cell(view.by_id[row.person_id].full_name),
        row.get_kind_display(),
        row.get_state_display(),
        date_cell(local_date(row.asked_at) if row.asked_at else None),
        date_cell(local_date(row.decided_at) if row.decided_at else None),
        text_cell(content.get("need_label", answer.get("care", ""))),
        text_cell(content.get("on", answer.get("on", ""))),
        text_cell(content.get("professional", "")),
        text_cell(content.get("amount", "")),
        text_cell(answer.get("amount", "").replace(".", ",")),
        date_cell(row.valid_until),
        text_cell(answer.get("words", "")),
    ]
