"""Reads about requests."""

import datetime
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from members.benefits.models import ActFamily
from members.home.waiting import RowSource, Waiting
from members.households.rules import Viewpoint
from members.quotes.requests.models import CareRequest, RequestKind, State
from members.quotes.requests.rules import AGREED_BEFOREHAND, EXPIRES_SOON_DAYS
from portals.accounts.models import Account

PAGE = 20
NOT_ASKED_FOR = ("RAC0",)
"""« 100 % Santé » is a basket of several needs, not a need."""


@dataclass(frozen=True)
class Page:
    """Some requests, newest first; `older` is where the next page begins, None at the end."""

    requests: list[CareRequest]
    older: int | None


def visible(viewpoint: Viewpoint, account: Account) -> QuerySet[CareRequest]:
    """The requests for those whose care the viewer reads; drafts are their author's alone."""
    rows = CareRequest.objects.filter(household_id=viewpoint.household_id, person_id__in=viewpoint.seen_ids)
    return rows.filter(~Q(state=State.DRAFT) | Q(account=account))


def page_of(viewpoint: Viewpoint, account: Account, *, before: int | None) -> Page:
    """One keyset page, without what is sealed. One query."""
    rows = visible(viewpoint, account).defer("content_sealed", "answer_sealed")
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def draft_of(account: Account, kind: RequestKind) -> CareRequest | None:
    return CareRequest.objects.filter(account=account, kind=kind, state=State.DRAFT).first()


def needs_of(kind: RequestKind) -> list[tuple[str, str]]:
    """Code and label of the families that may be asked for. One query."""
    families = ActFamily.objects.exclude(code__in=NOT_ASKED_FOR)
    if kind == RequestKind.PRIOR_AGREEMENT:
        families = families.filter(code__in=AGREED_BEFOREHAND)
    return list(families.values_list("code", "label"))


def _waiting(viewpoint: Viewpoint) -> QuerySet[CareRequest]:
    """A document to add, an agreement that ends soon."""
    soon = viewpoint.day + datetime.timedelta(days=EXPIRES_SOON_DAYS)
    ends_soon = Q(state=State.ACCEPTED, valid_until__range=(viewpoint.day, soon))
    rows = CareRequest.objects.filter(household_id=viewpoint.household_id, person_id__in=viewpoint.seen_ids)
    return rows.filter(Q(state=State.INCOMPLETE) | ends_soon)


def _entry(_viewpoint: Viewpoint, request_id: int, kind: str, day: datetime.date | None) -> Waiting:
    url = reverse("members:care_request", args=[request_id])
    if day is None:
        asked = RequestKind(kind).label.lower()
        return Waiting("Ajouter le document demandé", url, f"Pour votre demande de {asked}\u00a0: une photo suffit.")
    return Waiting(
        "Utiliser votre accord de prise en charge", url, "Après ce jour, il faudra en demander un autre.", day
    )


WAITING = RowSource(_waiting, _entry, text=F("kind"), day=F("valid_until"))
"""For the home: an agreement has its last day, a request that misses a document has none."""
