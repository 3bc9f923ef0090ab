"""The individual contract of article 4 of the loi Evin: when it is offered, to whom, and that somebody asks for it.

In the system's context, but for the request, which the person makes.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from members.coverage.models import Policy
from members.households.models import Person
from members.portability.emails import Told, tell_offer
from members.portability.models import IndividualOffer, Portability
from members.portability.numbers import new_number
from members.portability.rules import offer_days
from members.portability.words import Ground, OfferState
from portals.accounts.models import Account
from portals.signals import announce
from privacy.deaths import departed_persons
from privacy.restriction.queries import frozen_persons

MADE = (OfferState.SENT, OfferState.ASKED)


class NotOffered(Exception):
    """The contract is not, or no longer, to be asked for."""


def schedule(
    *,
    by: Account | None,
    person: Person,
    policy: Policy,
    ground: Ground,
    rights_end: datetime.date,
    portability: Portability | None = None,
) -> IndividualOffer:
    """Promise the offer for the end of the rights."""
    days = offer_days(rights_end, today=timezone.localdate())
    offer = IndividualOffer.objects.create(
        number=new_number("OFF"),
        household_id=policy.household_id,
        person=person,
        policy=policy,
        portability=portability,
        ground=ground,
        rights_end=rights_end,
        sends_on=days.sends_on,
        due_on=days.due_on,
        until=days.until,
    )
    _record("portability.offer_scheduled", by, offer)
    return offer


def move(*, by: Account | None, portability: Portability, rights_end: datetime.date) -> None:
    """The rights end on another day: an offer that has not left leaves for that one; one that has is left alone."""
    offer = _of(portability)
    if offer is None or offer.state in MADE:
        return
    days = offer_days(rights_end, today=timezone.localdate())
    offer.rights_end, offer.state = rights_end, OfferState.SCHEDULED
    offer.sends_on, offer.due_on, offer.until = days.sends_on, days.due_on, days.until
    offer.save(update_fields=["rights_end", "state", "sends_on", "due_on", "until"])
    _record("portability.offer_scheduled", by, offer)


def withdraw_of(*, by: Account | None, portability: Portability) -> None:
    """The person works again, or never left: nothing is offered. An offer that was made stands."""
    offer = _of(portability)
    if offer is not None:
        withdraw(by=by, offer=offer)


def withdraw(*, by: Account | None, offer: IndividualOffer) -> None:
    """As `withdraw_of`, for an offer of its own."""
    if offer.state == OfferState.SCHEDULED:
        offer.state = OfferState.WITHDRAWN
        offer.save(update_fields=["state"])
        _record("portability.offer_withdrawn", by, offer)


def send_due(today: datetime.date) -> int:
    """Make the offers whose day has come; returns how many."""
    due = (
        IndividualOffer.objects.select_for_update(of=("self",))
        .filter(state=OfferState.SCHEDULED, sends_on__lte=today)
        .exclude(person_id__in=frozen_persons())
        .exclude(person_id__in=departed_persons())
    )
    sent = list(due.order_by("id")[:1000])
    for offer in sent:
        offer.state, offer.sent_at = OfferState.SENT, timezone.now()
        offer.save(update_fields=["state", "sent_at"])
        tell_offer(offer, Told.OFFERED)
        _record("portability.offer_sent", None, offer)
    return len(sent)


@transaction.atomic
def ask(*, by: Account, offer: IndividualOffer) -> None:
    """The person wants the contract: nothing is signed yet, an adviser writes to them. Raises NotOffered."""
    row = IndividualOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if row.state != OfferState.SENT or timezone.localdate() > row.until:
        raise NotOffered
    row.state, row.asked_at = OfferState.ASKED, timezone.now()
    row.save(update_fields=["state", "asked_at"])
    _record("portability.offer_asked", by, row)
    tell_offer(row, Told.OFFER_ASKED)


def _of(portability: Portability) -> IndividualOffer | None:
    return IndividualOffer.objects.select_for_update(of=("self",)).filter(portability=portability).first()


def _record(action: str, by: Account | None, offer: IndividualOffer) -> None:
    announce(
        action, by=by, object_kind="individual_offer", object_id=offer.pk,
        details={"policy": offer.policy_id, "rights_end": offer.rights_end.isoformat()},
    )  # fmt: skip
