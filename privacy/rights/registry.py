"""What the rooms of each space say of rights: whom one may ask for, what one can do oneself, which tasks a right needs.

Rooms register when their app is ready, from a module of theirs that `portals.registration.import_rooms` imports.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portals.access.models import Grant
from privacy.rights.models import Right


@dataclass(frozen=True)
class Concerned:
    """Somebody else for whom a grant may ask: an id of the space's own numbers, and a name."""

    id: int
    name: str


type Dependants = Callable[[Grant], Sequence[Concerned]]
"""In the grant's row context."""


@dataclass(frozen=True)
class SelfService:
    """A page where the person does it at once, without asking."""

    right: Right
    space: str
    label: str
    view: str


@dataclass(frozen=True)
class TaskKind:
    """A piece of work of one service. `shows_words`: whoever does it reads what the person wrote.

    `is_planned`: made as soon as the request comes in; the others are added by the data protection officer.
    """

    code: str
    label: str
    rights: frozenset[Right]
    spaces: frozenset[str]
    shows_words: bool = False
    is_planned: bool = True


_dependants: dict[str, Dependants] = {}
_self_services: list[SelfService] = []
_tasks: dict[str, TaskKind] = {}


def register_dependants(space: str, dependants: Dependants) -> None:
    _dependants[space] = dependants


def register_self_services(*services: SelfService) -> None:
    _self_services.extend(service for service in services if service not in _self_services)


def register_tasks(*kinds: TaskKind) -> None:
    _tasks.update({kind.code: kind for kind in kinds})


def dependants_of(grant: Grant | None) -> Sequence[Concerned]:
    """For whom one may ask beside oneself; nobody while acting for somebody else, or without an open grant."""
    if grant is None or grant.represents or grant.space not in _dependants:
        return ()
    return _dependants[grant.space](grant)


def self_services_of(right: str, space: str) -> list[SelfService]:
    return [service for service in _self_services if service.right == right and service.space == space]


def planned_tasks(right: str, space: str) -> list[TaskKind]:
    return [kind for kind in tasks_for(right, space) if kind.is_planned]


def tasks_for(right: str, space: str) -> list[TaskKind]:
    """Every task that a request of this right may need."""
    return [kind for kind in _tasks.values() if right in kind.rights and space in kind.spaces]


def task_kind(code: str) -> TaskKind:
    """The kind of a task; one that a past release had keeps its code as its name."""
    return _tasks.get(code) or TaskKind(code, code, frozenset(), frozenset())
