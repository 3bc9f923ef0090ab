"""What a sign-up form leads to, space by space.

The shared core knows no member, company or professional. Each space registers here, when its app is ready, how it
recognises a person from their answers (CGU-1.2 to 1.4) and which words a password of theirs may not be made of.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portals.access.models import Basis
from portals.accounts.models import Space

type Answers = dict[str, str]
"""The answers of a sign-up form, by field name; dates as `YYYY-MM-DD`."""

type Ends = Mapping[int, list[datetime.date | None]]
"""By person, company or professional: the last days of what covers or binds them, None where no end is known."""


@dataclass(frozen=True)
class Match:
    """Somebody the space knows, who may hold an account.

    `tenant_id` and `subject_id` are those of the grant. `email` is where the credentials go: what the mutual has on
    file comes before what was typed. `ended_on`, `closes_on` and `role` are those of the grant.
    """

    tenant_id: int
    subject_id: int
    display_name: str
    email: str
    organisation_name: str = ""
    ended_on: datetime.date | None = None
    closes_on: datetime.date | None = None
    role: str = ""


@dataclass(frozen=True)
class Door:
    """How one space opens.

    `match(answers, today)` runs with every row in sight and answers None to whoever may not have an account.
    `personal_words(subject_id)` runs with the rows of the account's own tenant in sight.
    `ends_of(subject_ids, today)` tells, with every row in sight and in a constant number of queries, when everything
    that has begun by then ends (CGU-7.3, 7.4); whoever nothing is known of is left out.
    `fed_by` names the feeds that may change these ends.
    `recognises(subject_id, answers)` tells, with every row in sight, whether `answers["proof"]` is what the holder of an
    account for this subject knows: the proof of a fraud report (CGU-2.7).
    """

    basis: Basis
    match: Callable[[Answers, datetime.date], Match | None]
    personal_words: Callable[[int], list[str]]
    ends_of: Callable[[Sequence[int], datetime.date], Ends]
    fed_by: frozenset[str]
    recognises: Callable[[int, Answers], bool]


_doors: dict[str, Door] = {}


def register(space: Space, door: Door) -> None:
    """Tell how `space` opens. Called once per space, from `AppConfig.ready`."""
    _doors[space] = door


def doors() -> Mapping[str, Door]:
    """Every space that opens, by its code."""
    return _doors


def door_of(space: str) -> Door | None:
    """The door of a space; None for the staff's, which nobody signs up to."""
    return _doors.get(space)
