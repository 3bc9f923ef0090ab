"""How the rows of somebody are found, model by model: each app tells it of its own when it is ready.

    register(Reach("members.Cover", rows=lambda target: Q(person_id=target.person_id)))

What becomes of the rows is not said here but in the app's `personal_data.py`. `erasure.checks` refuses a model with
personal fields that no reach finds and no exemption explains.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from portals.accounts.models import Space
from privacy.erasure.rules import RECENT, Relation


@dataclass(frozen=True)
class Target:
    """Who is erased. `subject_id`: a person in the member space, an account in the others.

    `tenant_id`: the household, or the professional whose practice it is. `accounts`: those that are this person's own.
    `is_alone`: nobody else is in the household. `is_over`: no law keeps anything of the contract any more.
    `subject_ids` and `tenant_ids`: all of them, when several are erased at once; the first is then in the singular field.
    """

    space: str
    subject_id: int
    tenant_id: int | None = None
    accounts: tuple[int, ...] = ()
    is_alone: bool = False
    is_over: bool = False
    subject_ids: tuple[int, ...] = ()
    tenant_ids: tuple[int, ...] = ()

    @property
    def subjects(self) -> tuple[int, ...]:
        """Everybody who is meant: one, unless a run takes many at once."""
        return self.subject_ids or (self.subject_id,)

    @property
    def persons(self) -> tuple[int, ...]:
        return self.subjects if self.space == Space.MEMBER else ()

    @property
    def households(self) -> tuple[int, ...]:
        """The households in which nobody else is: what is theirs is then these persons'."""
        return self._tenants if self.space == Space.MEMBER and self.is_alone else ()

    @property
    def practices(self) -> tuple[int, ...]:
        return self._tenants if self.space == Space.PROFESSIONAL else ()

    @property
    def _tenants(self) -> tuple[int, ...]:
        return self.tenant_ids or ((self.tenant_id,) if self.tenant_id is not None else ())

    @property
    def person_id(self) -> int | None:
        return self.subject_id if self.space == Space.MEMBER else None

    @property
    def household_id(self) -> int | None:
        """The household, when nobody else is in it: what is the household's is then this person's."""
        return self.tenant_id if self.space == Space.MEMBER and self.is_alone else None

    def own(self, account: str = "account") -> Q | None:
        """The rows whose relation of this name is to one of the accounts."""
        return Q(**{f"{account}_id__in": self.accounts}) if self.accounts else None

    @property
    def professional_id(self) -> int | None:
        return self.tenant_id if self.space == Space.PROFESSIONAL else None


type Rows = Callable[[Target], Q | None]
type Recent = Callable[[datetime.date], Q]


@dataclass(frozen=True)
class Key:
    """A data key: its subject, written with fields of the row in braces, and the fields of the row that it opens."""

    subject: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reach:
    """The rows of one model. `rows` answers None when none can be the target's. It says `id`, never `pk`: it is asked of
    the table of past versions as well, whose own key is another.

    `goes_whole`: the row has no meaning without what is erased of it, and goes with it. `stays`: the row is emptied and
    never deleted; `if_free`: it is deleted when nothing points to it, and left as it is otherwise. `blanks`: what an
    emptied field holds when neither NULL nor '' can (a value or an expression); `sets`: what else is written then.
    `kept`: fields that stay for good, and why. `keys`: data keys of the row. `files`: its relations to stored files and
    documents, which go when the field `files_follow` is emptied. `recent(today)`: rows left alone, for `recent_reason`.
    `before`: models that are erased after this one.
    """

    label: str
    rows: Rows
    goes_whole: bool = False
    stays: bool = False
    if_free: bool = False
    blanks: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    sets: Mapping[str, Any] = field(default_factory=dict)
    keys: tuple[Key, ...] = ()
    files: tuple[str, ...] = ()
    files_follow: str = ""
    recent: Recent | None = None
    recent_reason: str = RECENT
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """What a space says of its own: whether somebody else is in the tenant, the contract, and everybody it knows."""

    find: Callable[[int, int | None], Target]
    relation: Callable[[Target], Relation]
    everybody: Callable[[], Iterator[tuple[int, int | None]]]


_reaches: dict[str, Reach] = {}
_exempt: dict[str, str] = {}
_answers: dict[str, Answers] = {}


def register(*reaches: Reach) -> None:
    _reaches.update({reach.label: reach for reach in reaches})


def exempt(reason: str, *labels: str) -> None:
    """Models whose personal fields no erasure of a person reaches, and why."""
    _exempt.update(dict.fromkeys(labels, reason))


def register_space(space: str, answers: Answers) -> None:
    _answers[space] = answers


def reaches() -> Iterable[Reach]:
    return _reaches.values()


def exemptions() -> Mapping[str, str]:
    return _exempt


def answers_of(space: str) -> Answers:
    return _answers[space]


def spaces() -> list[str]:
    return list(_answers)
