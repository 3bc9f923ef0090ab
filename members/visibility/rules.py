"""One line of « Qui voit mes soins »: who, on what ground, since when, until when. Pure: no database, no clock."""

import datetime
from dataclasses import dataclass

from members.households.rules import MAJORITY, HouseholdPerson
from members.representation.models import Quality, Representation, Scope
from members.representation.rules import birthday


@dataclass(frozen=True)
class Watcher:
    """Somebody who sees a person's care, or whom the person has stopped (`sees` false).

    `since`: the first day, or that of the choice in force. `until`: the day on which it ends, at 0 h; None when no date
    is set. `parent_id` or `representation`: what a choice is about; `representation` is also what may be contested.
    """

    name: str
    reason: str
    sees: bool
    acts: bool
    since: datetime.date | None
    until: datetime.date | None
    may_choose: bool
    parent_id: int | None = None
    representation: Representation | None = None


@dataclass(frozen=True)
class Watched:
    """A minor whose care the viewer sees, and the day on which that ends, at 0 h."""

    person: HouseholdPerson
    until: datetime.date


def of_age_on(person: HouseholdPerson) -> datetime.date:
    """The day on which parents see nothing any more."""
    return birthday(person.birth_date, MAJORITY)


def reason_of(representation: Representation, *, acts: bool) -> str:
    """`Tuteur ou tutrice, peut consulter et agir`."""
    scope = Scope.ACT if acts else Scope.CONSULT
    return f"{Quality(representation.quality).label}, peut {scope.label.lower()}"


def until_of(representation: Representation, person: HouseholdPerson) -> datetime.date | None:
    """The day after the last one, or the person's majority for a parent, whichever comes first."""
    ends = [representation.end_date + datetime.timedelta(days=1)] if representation.end_date else []
    if representation.quality == Quality.PARENT:
        ends.append(of_age_on(person))
    return min(ends, default=None)
