"""Reads of the links, for the page and for what waits on the home page."""

import datetime
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.urls import reverse

from members.home.waiting import RowSource, Waiting
from members.households.rules import HouseholdPerson, Viewpoint
from members.noemie.models import LinkReason, LinkState, NoemieLink

WAYS_OUT = {
    LinkReason.OTHER_MUTUAL: "Demandez à l’ancienne complémentaire de mettre fin au lien, puis écrivez-nous\u00a0: nous "
    "le demandons de nouveau à la caisse.",
    LinkReason.UNKNOWN: "Vérifiez la caisse sur l’attestation de droits et envoyez-la-nous.",
    LinkReason.MISMATCH: "Comparez le nom et le numéro de l’attestation de droits avec ceux de la carte de tiers payant, "
    "et signalez-nous l’écart.",
    LinkReason.OFFICE: "Envoyez-nous l’attestation de droits de la nouvelle caisse.",
    LinkReason.REFUSED: "La transmission a été refusée\u00a0: envoyez-nous les décomptes, ou demandez le lien.",
    LinkReason.NONE: "Écrivez-nous\u00a0: nous cherchons la cause avec la caisse.",
}


@dataclass(frozen=True)
class ToldLink:
    """A person's link; `link` is None when nothing is known of it."""

    person: HouseholdPerson
    link: NoemieLink | None

    @property
    def state(self) -> str:
        return self.link.state if self.link else LinkState.TO_ASK

    @property
    def state_said(self) -> str:
        return LinkState(self.state).label

    @property
    def needs_help(self) -> bool:
        return self.state in {LinkState.REJECTED, LinkState.ENDED}

    @property
    def why(self) -> str:
        return LinkReason(self.link.reason).label if self.link and self.link.reason else ""

    @property
    def way_out(self) -> str:
        return WAYS_OUT[LinkReason(self.link.reason if self.link else "")]


def _links(viewpoint: Viewpoint) -> QuerySet[NoemieLink]:
    return NoemieLink.objects.filter(household_id=viewpoint.household_id, person_id__in=viewpoint.seen_ids)


def links_of(viewpoint: Viewpoint) -> list[ToldLink]:
    """One for each person whose care the viewer reads, the viewer first. One query."""
    known = {link.person_id: link for link in _links(viewpoint)}
    return [ToldLink(person, known.get(person.id)) for person in viewpoint.seen]


def _rejected(viewpoint: Viewpoint) -> QuerySet[NoemieLink]:
    return _links(viewpoint).filter(state=LinkState.REJECTED)


def _to_mend(viewpoint: Viewpoint, person_id: int, reason: str, _day: datetime.date | None) -> Waiting:
    return Waiting(
        title=f"Rétablir la télétransmission\u00a0: {viewpoint.by_id[person_id].first_name}",
        url=reverse("members:transmission"),
        words=f"{LinkReason(reason).label}. Nous avons la marche à suivre.",
    )


REJECTED_LINKS = RowSource(_rejected, _to_mend, number="person_id", text=F("reason"))
"""What waits on the home page: each rejected link."""
