"""Whether a card is still good: what its signature cannot tell (`signature.verify_card_payload` works without us)."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from members.card.models import Card


class CardState(StrEnum):
    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    OVER = "over"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class CardStatus:
    """What we say of a card number to whoever holds the card: its days, and no word on anybody."""

    state: CardState
    issued_on: datetime.date | None = None
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    revoked_on: datetime.date | None = None


def status_of(number: str, *, day: datetime.date) -> CardStatus:
    """The state of the card of this number on a day. Needs the system's row context. One query."""
    card = (
        Card.objects.filter(number=number.strip().upper())
        .only("issued_at", "valid_from", "valid_to", "revoked_at")
        .first()
    )
    if card is None:
        return CardStatus(CardState.UNKNOWN)
    revoked_on = timezone.localdate(card.revoked_at) if card.revoked_at else None
    return CardStatus(_state(card, day), timezone.localdate(card.issued_at), card.valid_from, card.valid_to, revoked_on)


def _state(card: Card, day: datetime.date) -> CardState:
    if card.revoked_at is not None:
        return CardState.REVOKED
    if day < card.valid_from:
        return CardState.NOT_YET
    return CardState.OVER if day > card.valid_to else CardState.IN_FORCE
