"""When a representation closes, what it may ask for, and what it is called. Pure: no database, no clock."""

import datetime
from dataclasses import dataclass

from members.households.rules import AGE_OF_OWN_CHOICE, age_on
from members.representation.models import Ending, Quality

MAJORITY = 18
LONGEST_JUDGMENT = 20
"""Years: the longest renewal of a guardianship that the law knows (Code civil, art. 442)."""
BY_JUDGMENT = frozenset({Quality.GUARDIAN, Quality.CURATOR, Quality.FAMILY})
"""Qualities that a judge gives, always for a term (Code civil, art. 441, 494-6)."""

SHORT = {
    Quality.PARENT: "parent",
    Quality.GUARDIAN: "tutelle",
    Quality.CURATOR: "curatelle",
    Quality.FAMILY: "habilitation familiale",
    Quality.PROXY: "mandat de protection future",
    Quality.AGENT: "procuration",
}
"""As the header of every page says it, in brackets after the person's name."""


class DatesRefused(ValueError):
    """The dates cannot be those of a representation of this quality. The message is for the person; `field` is theirs."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Close:
    """The day on which a representation closes, at 0 h, and why; `day` is None when nothing closes it yet."""

    day: datetime.date | None
    why: Ending = Ending.DATE


def birthday(birth_date: datetime.date, age: int) -> datetime.date:
    """The day on which a person, or a term, is `age` years old; 29 February gives 1 March of the other years, as `age_on`."""
    first = birth_date.replace(year=birth_date.year + age, day=1)
    return first + datetime.timedelta(days=birth_date.day - 1)


def closing(quality: str, *, birth_date: datetime.date, end_date: datetime.date | None, is_prolonged: bool) -> Close:
    """When a representation closes by itself (CGU-2.11).

    At its date; for a parent at 16, or at 18 when the minor chose to go on. A judgment does not end at an age.
    """
    by_date = Close(end_date + datetime.timedelta(days=1) if end_date else None)
    if quality != Quality.PARENT:
        return by_date
    age, why = (MAJORITY, Ending.MAJORITY) if is_prolonged else (AGE_OF_OWN_CHOICE, Ending.SIXTEEN)
    by_age = Close(birthday(birth_date, age), why)
    return by_date if by_date.day is not None and by_date.day < (by_age.day or by_date.day) else by_age


def asks_second_factor(quality: str) -> bool:
    """Everybody who represents an adult; not a parent, whose own account is enough."""
    return quality != Quality.PARENT


def check_dates(quality: str, *, start: datetime.date, end: datetime.date | None, today: datetime.date) -> None:
    """Raises DatesRefused."""
    if start > today:
        raise DatesRefused("start_date", "Ce jour n’est pas encore venu\u00a0: demandez-le à partir de cette date.")
    if end is None:
        if quality in BY_JUDGMENT:
            raise DatesRefused("end_date", "Le jugement fixe une durée\u00a0: écrivez son dernier jour.")
        return
    if end < start:
        raise DatesRefused("end_date", "La fin vient avant le premier jour.")
    if end < today:
        raise DatesRefused("end_date", "Cette représentation a déjà pris fin.")
    if end > birthday(start, LONGEST_JUDGMENT):
        raise DatesRefused("end_date", "Aucune représentation ne dure plus de vingt ans\u00a0: vérifiez l’année.")


def may_prolong(quality: str, *, birth_date: datetime.date, day: datetime.date) -> bool:
    """Whether the minor may let this parent go on: from 16 until 18 (the choice is theirs alone)."""
    return quality == Quality.PARENT and AGE_OF_OWN_CHOICE <= age_on(birth_date, day) < MAJORITY
