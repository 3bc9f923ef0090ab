"""What the rooms of each space say of a death: the tasks it calls for, what to stop and to take up again, the estate.

Rooms register when their app is ready, from a module that `portals.registration.import_rooms` imports:

    register_tasks(TaskKind("members.cover", "Radier la couverture…", space=Space.MEMBER))
    register_follower(on_death)
    register_estate(Space.MEMBER, facts)
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from privacy.consents.holders import Holder
from privacy.deaths.models import Death


class Turn(StrEnum):
    """What has just happened to a death."""

    SHUT = "shut"
    CONFIRMED = "confirmed"
    SETTLED = "settled"
    UNDONE = "undone"


type Follower = Callable[[Death, Turn], None]
"""In the system's context, in the transaction of the turn."""
type Applies = Callable[[Holder], bool]


def _always(_holder: Holder) -> bool:
    return True


@dataclass(frozen=True)
class TaskKind:
    """A piece of work of one service. `space` empty: of every space. `applies`: whether this person's death calls for it."""

    code: str
    label: str
    space: str = ""
    applies: Applies = _always


type Estate = Callable[[int, datetime.date], Sequence[tuple[str, str]]]
"""`(person, day of the death)` to the closed list of what heirs may know: contract, amounts due, dates. Never care."""

_tasks: dict[str, TaskKind] = {}
_followers: list[Follower] = []
_estates: dict[str, Estate] = {}


def register_tasks(*kinds: TaskKind) -> None:
    _tasks.update({kind.code: kind for kind in kinds})


def register_follower(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def register_estate(space: str, estate: Estate) -> None:
    _estates[space] = estate


def tasks_for(holder: Holder) -> list[TaskKind]:
    """The tasks of services that this death calls for."""
    return [kind for kind in _tasks.values() if kind.space in {"", holder.space} and kind.applies(holder)]


def label_of(code: str) -> str:
    """What a task is called; a kind that a past release had keeps its code as its name."""
    from privacy.deaths.words import OWN_TASKS

    return OWN_TASKS.get(code) or (_tasks[code].label if code in _tasks else code)


def tell(death: Death, turn: Turn) -> None:
    for follower in _followers:
        follower(death, turn)


def estate_of(death: Death) -> Sequence[tuple[str, str]]:
    """What an heir may be told; nothing where the space knows no contract."""
    if death.space not in _estates or death.subject_id is None or death.died_on is None:
        return ()
    return _estates[death.space](death.subject_id, death.died_on)
