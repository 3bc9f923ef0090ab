"""When a representation closes, what it may ask for, and what it is called. Pure: no database, no clock."""

import datetime
from dataclasses import dataclass

from members.households.rules import AGE_OF_OWN_CHOICE, MAJORITY, UNINSURED, age_on, chooses_who_sees
from members.representation.models import Ending, Quality, Scope

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


def closing(quality: str, *, birth_date: datetime.date, end_date: datetime.date | None) -> Close:
    """When a representation closes by itself (CGU-2.11).

    At its date; for a parent at 18 at the latest. A judgment does not end at an age.
    """
    by_date = Close(end_date + datetime.timedelta(days=1) if end_date else None)
    if quality != Quality.PARENT:
        return by_date
    by_age = Close(birthday(birth_date, MAJORITY), Ending.MAJORITY)
    return by_date if by_date.day is not None and by_date.day < (by_age.day or by_date.day) else by_age


def consults_only(
    quality: str,
    scope: str,
    *,
    birth_date: datetime.date,
    has_own_account: bool,
    is_prolonged: bool,
    day: datetime.date,
) -> bool:
    """Whether the representative reads and changes nothing: by the scope asked for; or, for a parent, from 16 on.

    From 16 a minor who has an account acts alone, unless they let this parent act too; who sees their care is their
    choice as well, which ends the representation. Without an account parents act until 18.
    """
    if quality != Quality.PARENT or scope == Scope.CONSULT:
        return scope == Scope.CONSULT
    return has_own_account and not is_prolonged and age_on(birth_date, day) >= AGE_OF_OWN_CHOICE


def may_be_parent(acting_person_id: int | None, only_parent_id: int | None) -> bool:
    """Whether parental authority lets this person represent the child.

    `acting_person_id`: None for an account without cover of its own. `only_parent_id`: as `HouseholdPerson` has it.
    """
    if only_parent_id is None:
        return True
    return (acting_person_id or UNINSURED) == only_parent_id


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
    """Whether the minor says how far this parent goes: from 16 until 18 (the choice is theirs alone)."""
    return quality == Quality.PARENT and chooses_who_sees(birth_date, day)
