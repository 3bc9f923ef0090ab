"""Where a link stands, and how long things last. Pure: no database, no clock."""

import datetime
from dataclasses import dataclass

from django.db import models

LIFETIME = datetime.timedelta(days=15)
KEPT_UNCONFIRMED = datetime.timedelta(days=60)
"""How long what an employee sent waits for the company, before it is erased."""
KEPT_OVER = datetime.timedelta(days=30)
"""How long the name and address of a link that expired or was withdrawn stay readable."""
MAILS_A_DAY = 5


class State(models.TextChoices):
    """Where a link stands, as the company follows it."""

    SENDING = "sending", "En cours d’envoi"
    SENT = "sent", "Envoyé"
    OPENED = "opened", "Ouvert"
    COMPLETED = "completed", "À confirmer"
    WAIVER = "waiver", "Dispense demandée"
    CONFIRMED = "confirmed", "Affilié"
    EXPIRED = "expired", "Expiré"
    REVOKED = "revoked", "Annulé"


TINTS = {
    State.SENT: "", State.SENDING: "", State.OPENED: "", State.COMPLETED: "warn", State.WAIVER: "warn",
    State.CONFIRMED: "good", State.EXPIRED: "bad", State.REVOKED: "",
}  # fmt: skip


@dataclass(frozen=True)
class Moments:
    """The instants of a link that decide its state; `expires_at` concerns whoever has not answered yet."""

    expires_at: datetime.datetime
    sent_at: datetime.datetime | None = None
    opened_at: datetime.datetime | None = None
    completed_at: datetime.datetime | None = None
    waived_at: datetime.datetime | None = None
    confirmed_at: datetime.datetime | None = None
    revoked_at: datetime.datetime | None = None


def state_at(moments: Moments, now: datetime.datetime) -> State:
    """The state at an instant; a link is over at `expires_at` itself."""
    decided = (
        (moments.confirmed_at, State.CONFIRMED),
        (moments.revoked_at, State.REVOKED),
        (moments.waived_at, State.WAIVER),
        (moments.completed_at, State.COMPLETED),
    )
    for instant, state in decided:
        if instant is not None:
            return state
    if now >= moments.expires_at:
        return State.EXPIRED
    if moments.opened_at is not None:
        return State.OPENED
    return State.SENT if moments.sent_at is not None else State.SENDING


ANSWERABLE = frozenset({State.SENDING, State.SENT, State.OPENED})
"""The employee may still answer: the link that they hold opens the form."""
SENDABLE = ANSWERABLE | {State.EXPIRED}
REVOCABLE = SENDABLE | {State.COMPLETED}
