"""What a sign-up form leads to, space by space.

The shared core knows no member, company or professional. Each space registers here, when its app is ready, how it
recognises a person from their answers (CGU-1.2 to 1.4) and which words a password of theirs may not be made of.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from portals.access.models import Basis
from portals.accounts.models import Space

type Answers = dict[str, str]
"""The answers of a sign-up form, by field name; dates as `YYYY-MM-DD`."""


@dataclass(frozen=True)
class Match:
    """Somebody the space knows, who may hold an account.

    `tenant_id` and `subject_id` are those of the grant. `email` is where the credentials go: what the mutual has on
    file comes before what was typed. `access_until` is the last day of access, when what it rests on has ended.
    """

    tenant_id: int
    subject_id: int
    display_name: str
    email: str
    organisation_name: str = ""
    access_until: datetime.date | None = None


@dataclass(frozen=True)
class Door:
    """How one space opens.

    `match(answers, today)` runs with every row in sight and answers None to whoever may not have an account.
    `personal_words(subject_id)` runs with the rows of the account's own tenant in sight.
    """

    basis: Basis
    match: Callable[[Answers, datetime.date], Match | None]
    personal_words: Callable[[int], list[str]]


_doors: dict[str, Door] = {}


def register(space: Space, door: Door) -> None:
    """Tell how `space` opens. Called once per space, from `AppConfig.ready`."""
    _doors[space] = door


def door_of(space: str) -> Door | None:
    """The door of a space; None for the staff's, which nobody signs up to."""
    return _doors.get(space)
