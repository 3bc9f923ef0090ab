"""Who sees what inside a household, and how names are compared. Pure: no database, no clock."""

import datetime
import unicodedata
from typing import Protocol

from members.households.models import Role

AGE_OF_OWN_CHOICE = 16
"""From this age a person's care is theirs alone: they may hold their own rights at the compulsory scheme."""

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


class Relative(Protocol):
    """What the rules need to know of somebody of the household."""

    @property
    def id(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def birth_date(self) -> datetime.date: ...
    @property
    def has_own_account(self) -> bool:
        """Whether this person's refunds go to a bank account of their own, and not to the member's."""
        ...


def age_on(birth_date: datetime.date, day: datetime.date) -> int:
    """Full years of age on a day. Born on 29 February: a year older on 1 March of the other years."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


def sees_lines_of(viewer: Relative, person: Relative, *, day: datetime.date) -> bool:
    """Whether `viewer` may read each line of care of `person`, both of one household, on that day.

    Everyone reads their own lines; the member also those of persons under 16 (PDP-1.2, experience of the space).
    """
    if viewer.id == person.id:
        return True
    return viewer.role == Role.MEMBER and age_on(person.birth_date, day) < AGE_OF_OWN_CHOICE


def sees_payments_for(viewer: Relative, person: Relative, *, day: datetime.date) -> bool:
    """Whether `viewer` is told what was paid for `person` without the care: it arrived on the viewer's account."""
    if sees_lines_of(viewer, person, day=day):
        return False
    return viewer.role == Role.MEMBER and not person.has_own_account


def folded_name(*names: str) -> str:
    """Names as they are compared and sorted: no accent, lower case, letters and figures parted by single spaces.

    `"L’Œuvré-Noël"` gives `"l oeuvre noel"`.
    """
    lowered = " ".join(names).casefold().translate(LIGATURES)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
