"""What a space says of its own end, once what it rests on has ended. Pure: no database, no clock."""

import datetime
from dataclasses import dataclass

from portals.access.models import Grant
from portals.accounts.models import Space
from portals.presentation.rulers import Tick, ticks
from portals.presentation.shares import length

RULER_DAYS = 90
TICK_DAYS = 10
ENDED = {
    Space.MEMBER: "Votre couverture",
    Space.EMPLOYER: "Votre contrat collectif",
    Space.PROFESSIONAL: "Votre convention",
}


@dataclass(frozen=True)
class Countdown:
    """`what` has ended on `ended_on`; the space can be read until `closes_on` at 0 h, `days_left` days from now."""

    what: str
    ended_on: datetime.date
    closes_on: datetime.date
    days_left: int

    @property
    def is_near(self) -> bool:
        """Whether the last days are drawn."""
        return self.days_left <= RULER_DAYS

    @property
    def days_gone(self) -> int:
        return RULER_DAYS - self.days_left

    @property
    def gone(self) -> str:
        """How much of the ruler is used, as an SVG length."""
        return length(self.days_gone / RULER_DAYS * 100)

    @property
    def ticks(self) -> list[Tick]:
        """One for ten days, long for thirty."""
        return ticks(RULER_DAYS // TICK_DAYS, long_every=3)


def countdown_of(grant: Grant | None, today: datetime.date) -> Countdown | None:
    """None while what the grant rests on runs."""
    if grant is None or grant.ended_on is None or grant.closes_on is None or not grant.is_read_only(today):
        return None
    return Countdown(ENDED[Space(grant.space)], grant.ended_on, grant.closes_on, (grant.closes_on - today).days)
