"""What « Tout télécharger » says of the portabilities, proofs and offers of somebody."""

from collections.abc import Iterator

from members.households.rules import Viewpoint
from members.portability.models import IndividualOffer, Portability, UnemploymentProof
from portals.accounts.export.registry import Content
from portals.presentation.formats import local_date
from portals.presentation.spreadsheets import date_cell, sheet, text_cell

PORTABILITY_HEADINGS = (
    "Numéro", "Fin du contrat de travail", "Mois", "Fin au plus tard", "Dernier jour couvert", "État", "Raison de l’arrêt"
)  # fmt: skip
PROOF_HEADINGS = ("Portabilité", "Envoyé le", "État", "Décidé le", "Prouvé jusqu’au", "Réponse")
OFFER_HEADINGS = ("Numéro", "Fin des droits", "État", "Envoyée le", "À demander avant le", "Demandée le")


def portability_files(view: Viewpoint) -> Iterator[tuple[str, Content]]:
    """One table each, when there is anything to say."""
    own = {"household_id": view.household_id, "person_id": view.viewer.id}
    rows = list(Portability.objects.filter(**own).order_by("id"))
    if rows:
        yield "portabilites.csv", sheet(PORTABILITY_HEADINGS, (_portability_row(row) for row in rows))
    proofs = list(UnemploymentProof.objects.filter(portability__in=rows).select_related("portability").order_by("id"))
    if proofs:
        yield "justificatifs-chomage.csv", sheet(PROOF_HEADINGS, (_proof_row(proof) for proof in proofs))
    offers = list(IndividualOffer.objects.filter(**own).order_by("id"))
    if offers:
        yield "offres-contrat-individuel.csv", sheet(OFFER_HEADINGS, (_offer_row(offer) for offer in offers))


def _portability_row(row: Portability) -> list[str]:
    return [
        row.number,
        date_cell(row.contract_end),
        str(row.months),
        date_cell(row.ends_on),
        date_cell(row.last_day),
        row.get_state_display(),
        text_cell(row.get_cause_display() if row.cause else ""),
    ]


def _proof_row(proof: UnemploymentProof) -> list[str]:
    return [
        proof.portability.number,
        date_cell(local_date(proof.sent_at)),
        proof.get_state_display(),
        date_cell(local_date(proof.decided_at) if proof.decided_at else None),
        date_cell(proof.proved_until),
        text_cell(proof.answer),
    ]


def _offer_row(offer: IndividualOffer) -> list[str]:
    return [
        offer.number,
        date_cell(offer.rights_end),
        offer.get_state_display(),
        date_cell(local_date(offer.sent_at) if offer.sent_at else None),
        date_cell(offer.until),
        date_cell(local_date(offer.asked_at) if offer.asked_at else None),
    ]
