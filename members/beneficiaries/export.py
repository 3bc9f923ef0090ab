"""What « Tout télécharger » says of the requests about beneficiaries that were made in somebody's name."""

from collections.abc import Iterator

from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.sealing import answers_of
from members.beneficiaries.telling import named, title_of
from members.beneficiaries.words import State
from members.households.rules import Viewpoint
from portals.accounts.export.registry import Content
from portals.presentation.formats import local_date
from portals.presentation.spreadsheets import date_cell, sheet, text_cell

HEADINGS = ("Numéro", "Objet", "Personne", "État", "Envoyée le", "Date d’effet", "Décidée le", "Réponse")


def beneficiary_files(view: Viewpoint) -> Iterator[tuple[str, Content]]:
    """One table, when anything was asked."""
    rows = BeneficiaryRequest.objects.filter(household_id=view.household_id, asked_for_id=view.viewer.id)
    sent = list(rows.exclude(state=State.DRAFT).select_related("person").order_by("id"))
    if sent:
        yield "demandes-beneficiaires.csv", sheet(HEADINGS, (_row(request) for request in sent))


def _row(request: BeneficiaryRequest) -> list[str]:
    who, _born = named(request.person, answers_of(request))
    return [
        request.number,
        text_cell(title_of(request)),
        text_cell(who),
        request.get_state_display(),
        date_cell(local_date(request.asked_at) if request.asked_at else None),
        date_cell(request.effect_date),
        date_cell(local_date(request.decided_at) if request.decided_at else None),
        text_cell(request.answer),
    ]
