"""Reads of the room, in the household's own context."""

import datetime
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.urls import reverse

from members.coverage.models import Cover, PlanKind, Policy
from members.home.waiting import RowSource, Waiting
from members.households.rules import Viewpoint
from members.portability.models import IndividualOffer, Portability, UnemploymentProof
from members.portability.words import LIVING, OPEN_PROOFS, OfferState, State


@dataclass(frozen=True)
class Standing:
    """A portability as a day tells it. `is_own`: the viewer is the one whose contract of employment ended."""

    row: Portability
    day: datetime.date
    is_own: bool
    proofs: tuple[UnemploymentProof, ...] = ()
    covered: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        return self.row.last_day < self.day

    @property
    def is_coming(self) -> bool:
        return self.row.contract_end >= self.day

    @property
    def starts_on(self) -> datetime.date:
        return self.row.contract_end + datetime.timedelta(days=1)

    @property
    def is_living(self) -> bool:
        """Whether a proof may be sent and a stop declared."""
        return self.is_own and self.row.state in LIVING and self.row.ends_on >= self.day

    @property
    def waiting(self) -> UnemploymentProof | None:
        """The proof that waits for a decision, or for a document."""
        return next((proof for proof in self.proofs if proof.state in OPEN_PROOFS), None)

    @property
    def needs_proof(self) -> bool:
        return self.is_living and self.waiting is None and self.row.proof_due_on is not None

    @property
    def may_take_back(self) -> bool:
        return self.is_own and self.row.state == State.STOPPED and not self.is_over


def standings_of(viewpoint: Viewpoint) -> list[Standing]:
    """The household's portabilities that were not cancelled, the latest first. Three queries, whatever their number.

    Whoever is covered beside the employee is told the dates, and no proof.
    """
    rows = list(
        Portability.objects.filter(household_id=viewpoint.household_id)
        .exclude(state=State.CANCELLED)
        .select_related("policy__plan", "person")
        .order_by("-id")
    )
    own = [row.pk for row in rows if row.person_id == viewpoint.viewer.id]
    proofs = list(
        UnemploymentProof.objects.filter(portability_id__in=own).prefetch_related("uploads").order_by("-id")
        if own
        else ()
    )
    covers = Cover.objects.filter(policy_id__in=[row.policy_id for row in rows]).select_related("person")
    covered = list(covers.order_by("person__rank", "person_id")) if rows else []
    return [
        Standing(
            row=row,
            day=viewpoint.day,
            is_own=row.pk in own,
            proofs=tuple(proof for proof in proofs if proof.portability_id == row.pk),
            covered=_names_of(covered, row),
        )
        for row in rows
    ]


def offers_of(viewpoint: Viewpoint) -> QuerySet[IndividualOffer]:
    """The offers made or promised to the viewer, the latest first."""
    rows = IndividualOffer.objects.filter(household_id=viewpoint.household_id, person_id=viewpoint.viewer.id)
    return rows.exclude(state=OfferState.WITHDRAWN).select_related("policy__plan", "person").order_by("-id")


def ended_policy(viewpoint: Viewpoint) -> Policy | None:
    """The latest policy of an employer whose end is known, for whoever has no portability; None while one runs on."""
    rows = Policy.objects.filter(household_id=viewpoint.household_id, plan__kind=PlanKind.GROUP)
    latest = rows.order_by("-start_date", "-pk").first()
    return latest if latest is not None and latest.end_date is not None else None


def _names_of(covers: list[Cover], row: Portability) -> tuple[str, ...]:
    """Whom the policy covers during the portability."""
    names = {
        cover.person_id: f"{cover.person.given_names} {cover.person.family_name}"
        for cover in covers
        if cover.policy_id == row.policy_id and (cover.end_date is None or cover.end_date > row.contract_end)
    }
    return tuple(names.values())


def _to_prove(viewpoint: Viewpoint) -> QuerySet[Portability]:
    rows = Portability.objects.filter(
        household_id=viewpoint.household_id, person_id=viewpoint.viewer.id, state__in=LIVING,
        proof_due_on__isnull=False, ends_on__gte=viewpoint.day,
    )  # fmt: skip
    return rows.exclude(proofs__state="asked")


def _to_answer(viewpoint: Viewpoint) -> QuerySet[IndividualOffer]:
    return offers_of(viewpoint).filter(state=OfferState.SENT, until__gte=viewpoint.day)


def _proof_to_send(_viewpoint: Viewpoint, _id: int, _text: str, due: datetime.date | None) -> Waiting:
    return Waiting(
        title="Envoyer un justificatif de vos allocations",
        url=reverse("members:portability_proof"),
        words="Il garde votre couverture gratuite après votre contrat de travail.",
        due=due,
    )


def _offer_to_answer(_viewpoint: Viewpoint, _id: int, _text: str, until: datetime.date | None) -> Waiting:
    return Waiting(
        title="Lire l’offre d’un contrat individuel",
        url=reverse("members:portability"),
        words="Sans questionnaire de santé, à la suite du contrat de l’entreprise.",
        due=until,
    )


PROOFS_TO_SEND = RowSource(_to_prove, _proof_to_send, day=F("proof_due_on"))
OFFERS_TO_ANSWER = RowSource(_to_answer, _offer_to_answer, day=F("until"))
"""What waits on the home page: the proof, the offer."""
