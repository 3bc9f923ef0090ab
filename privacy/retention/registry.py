"""The rules of retention: each app registers its own, with the source of the law and the purpose of the register."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from portals.accounts.models import Space
from portals.declarations import Purpose, Subject
from portals.presentation.formats import PARIS
from privacy.erasure.planning import Doom, Fate, declared_of
from privacy.erasure.registry import Key, Reach, Target, reaches
from privacy.erasure.rules import Relation
from privacy.register.kept import OF_SPACE
from privacy.retention.models import RetentionWarning
from privacy.retention.rules import DAY, Delay, last_counted

type Rows = QuerySet[Any]

SPACE_OF = {"members": Space.MEMBER, "employers": Space.EMPLOYER, "providers": Space.PROFESSIONAL}
"""The app of each space: what is done there is told there, also when it is about somebody else."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What is kept, for which purpose, how long after what, and which text says so. `model`: whose rows are counted.

    `after`: what the delay follows, in words (« la fin de la couverture »). `fate`: what becomes of the rows, in words.
    """

    code: str
    label: str
    purpose: Purpose
    source: str
    delay: Delay
    after: str
    model: str
    fate: ClassVar[str] = "Suppression"

    @property
    def words(self) -> str:
        """« Douze mois après la connexion »."""
        words = f"{self.delay.words} après {self.after}"
        return words[0].upper() + words[1:]

    @property
    def of(self) -> type[models.Model]:
        return apps.get_model(self.model)

    @property
    def spaces(self) -> frozenset[Space]:
        """The spaces whose people these rows are about, by the declarations of the model's fields, or who made them."""
        subjects = {kind.subject for kind in declared_of(self.model)} - {Subject.NOBODY}
        about = {space for space, known in OF_SPACE.items() if known & subjects}
        return frozenset(about | {SPACE_OF[app] for app in (self.model.partition(".")[0],) if app in SPACE_OF})

    def outcome(self) -> str:
        return self.fate

    def due(self, today: datetime.date, using: str) -> Rows:
        """The rows whose delay is over on a day of Paris."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class RowRule(Rule):
    """Rows that go one by one. `counted`: the day or instant from which the delay runs, a lookup or an expression.

    `where`: which rows. `emptied`: the fields that lose their value when the row itself stays. `keys` and `files`: what
    goes with the row, for a model that no erasure of a person reaches.
    """

    counted: str | Combinable
    where: Q | None = None
    emptied: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    files: tuple[str, ...] = ()

    def outcome(self) -> str:
        return "Vidage" if self.emptied else self.fate

    @property
    def stands_alone(self) -> bool:
        """Whether its rows are found without looking at another table."""
        return isinstance(self.counted, str) and "__" not in self.counted and self.where is None

    def dated(self, using: str) -> Rows:
        """The rows that will be due some day, with `counted_from`."""
        rows = self.of._base_manager.using(using).alias(
            counted_from=F(self.counted) if isinstance(self.counted, str) else self.counted
        )
        return rows.filter(self.where) if self.where else rows

    def due(self, today: datetime.date, using: str) -> Rows:
        rows = self.dated(using)
        last = last_counted(today, self.delay)
        if isinstance(rows.query.annotations["counted_from"].output_field, models.DateTimeField):
            return rows.filter(counted_from__lt=midnight(last + DAY))
        return rows.filter(counted_from__lte=last)

    @property
    def doom(self) -> Doom:
        """What an erasure would do to such a row: its keys, its files and its past go with it."""
        reach = reach_of(self.model)
        reach = replace(reach, keys=reach.keys + self.keys, files=reach.files + self.files)
        return Doom(reach, Fate.EMPTY, self.emptied) if self.emptied else Doom(reach, Fate.DELETE)


@dataclass(frozen=True, kw_only=True)
class SubjectRule(Rule):
    """Persons, professionals or accounts, with all that is held of them, as an erasure finds it.

    `space`: whose archive it is. `rows(last, using)`: those for whom it is over since `last` at the latest.
    `targets(keys, using)`: what is erased of them, together. `relation(last, day)`: the contract that ended, from which the
    law's own delays run. `samples`: targets of each kind, for the check that nothing is forgotten. `archived_after`: when
    they are shown to the archive's readers only. `warned_days`: how long before an account is told by e-mail.
    """

    space: Space
    rows: Callable[[datetime.date, str], Rows]
    targets: Callable[[Sequence[int], str], list[Target]]
    relation: Callable[[datetime.date, datetime.date], Relation]
    samples: tuple[Target, ...]
    archived_after: Delay | None = None
    warned_days: int = 0
    fate: ClassVar[str] = "Effacement"

    @property
    def words(self) -> str:
        phase = f"\u202f; archives à accès restreint dès {self.archived_after.words}" if self.archived_after else ""
        told = f"\u202f; un e-mail prévient {self.warned_days}\u00a0jours avant" if self.warned_days else ""
        return super().words + phase + told

    def due(self, today: datetime.date, using: str) -> Rows:
        rows = self.rows(last_counted(today, self.delay), using)
        if not self.warned_days:
            return rows
        told = RetentionWarning.objects.using(using).filter(rule=self.code, acts_on__lte=today)
        return rows.filter(Exists(told.filter(account_id=OuterRef("pk"))))

    def archived(self, today: datetime.date, using: str) -> Rows:
        """Those whom the archive takes: the day on which access closes is the first one (CGU, article 1.5)."""
        delay = self.archived_after or self.delay
        return self.rows(last_counted(today + DAY, delay), using)


@dataclass(frozen=True, kw_only=True)
class NightlyRule(Rule):
    """What a room lets go of by itself each night, since it is more than rows. `schedule`: the name it has there.

    `waiting(planned_for)`: the rows that it would let go of at that instant; `empties`: the rows stay.
    """

    schedule: str
    waiting: Callable[[datetime.datetime], Q]
    empties: bool = False

    def outcome(self) -> str:
        return "Vidage" if self.empties else self.fate

    def due_at(self, planned_for: datetime.datetime, using: str) -> Rows:
        return self.of._base_manager.using(using).filter(self.waiting(planned_for))

    def due(self, today: datetime.date, using: str) -> Rows:
        return self.due_at(night_of(today), using)


_rules: dict[str, Rule] = {}
_exempt: dict[str, str] = {}


class NoRule(LookupError):
    """No rule has this code."""


def register(*rules: Rule) -> None:
    _rules.update({rule.code: rule for rule in rules})


def exempt(reason: str, *labels: str) -> None:
    """Models for which no rule counts days, and why."""
    _exempt.update(dict.fromkeys(labels, reason))


def rules() -> Iterable[Rule]:
    return _rules.values()


def exemptions() -> Mapping[str, str]:
    return _exempt


def rule_of(code: str) -> Rule:
    """Raises NoRule."""
    try:
        return _rules[code]
    except KeyError:
        raise NoRule(code) from None


def reach_of(label: str) -> Reach:
    """How an erasure reaches this model; a bare one for a model that no erasure of a person reaches."""
    return next((reach for reach in reaches() if reach.label == label), Reach(label, rows=lambda _target: None))


def midnight(day: datetime.date) -> datetime.datetime:
    """The first instant of a day of Paris."""
    return datetime.datetime.combine(day, datetime.time(), tzinfo=PARIS)


def night_of(day: datetime.date) -> datetime.datetime:
    """The instant at which a night's work of this day counts."""
    return datetime.datetime.combine(day, datetime.time(4), tzinfo=PARIS)
