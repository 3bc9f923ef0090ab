"""The plan of an erasure: for each table what goes, what is emptied, what the law keeps and until when. Counts, no value."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Q, When

from portals.declarations import Classified, Erasure, Fields
from portals.presentation.formats import long_date
from privacy.erasure.models import LegalHold
from privacy.erasure.registry import Reach, Target, answers_of, reaches
from privacy.erasure.rules import WISHED, Hold, Holds, Relation, holds_of
from privacy.register.checks import OWN_APPS, declaration_of


class Fate(StrEnum):
    DELETE = "delete"
    EMPTY = "empty"
    KEEP = "keep"


@dataclass(frozen=True)
class Doom:
    """What one reach does, by the declarations and the holds of a day. `emptied` and `kept` are names of fields."""

    reach: Reach
    fate: Fate
    emptied: tuple[str, ...] = ()
    kept: Mapping[str, Hold] = field(default_factory=dict)

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.reach.label)


@dataclass(frozen=True)
class Line:
    """One line of the plan, as it is shown and as it is stored with the order."""

    label: str
    title: str
    fate: str
    rows: int
    emptied: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    reason: str = ""
    until: str = ""

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def end(self) -> str:
        """The last day of the hold, in words."""
        return f"jusqu’au {long_date(datetime.date.fromisoformat(self.until))}" if self.until else ""


@dataclass(frozen=True)
class Plan:
    """Everything that is held of the target, in the order in which it is done."""

    lines: tuple[Line, ...]

    @property
    def going(self) -> list[Line]:
        return [line for line in self.lines if line.fate == Fate.DELETE]

    @property
    def emptied(self) -> list[Line]:
        return [line for line in self.lines if line.fate == Fate.EMPTY]

    @property
    def holds(self) -> list[Line]:
        """What stays, wholly or in part."""
        return [line for line in self.lines if line.reason]


def legal_hold(target: Target, today: datetime.date, *, using: str = "default") -> Hold | None:
    """The longest hold that the data protection officer has set on this person and that stands."""
    rows = LegalHold.objects.using(using).filter(
        space=target.space, subject_id__in=target.subjects, lifted_at=None, until__gte=today
    )
    # That of a file first: it keeps more.
    last = rows.order_by(Case(When(case_reference="", then=1), default=0), "-until").first()
    if last is None:
        return None
    why = f"{last.reason}, dossier {last.case_reference}" if last.case_reference else last.reason
    return Hold(f"Litige ou enquête\u00a0: {why}", last.until, keeps_all=bool(last.case_reference))


def ordered() -> list[Reach]:
    """Every reach, rows that point to others before those that they point to."""
    known = {apps.get_model(reach.label): reach for reach in reaches()}
    graph: dict[type[models.Model], set[type[models.Model]]] = {model: set() for model in known}
    for model, reach in known.items():
        relations = [*model._meta.concrete_fields, *model._meta.many_to_many]
        for one in relations:
            pointed = one.related_model if one.is_relation else None
            if pointed in known and pointed is not model:
                graph[pointed].add(model)
        for label in reach.before:
            graph[apps.get_model(label)].add(model)
    return [known[model] for model in TopologicalSorter(graph).static_order()]


def declared_of(label: str) -> Fields:
    """What is declared of a model's fields; nothing of the models of libraries, which go whole."""
    app = label.split(".", maxsplit=1)[0]
    return declaration_of(app)[label] if app in OWN_APPS else {}


def doom_of(reach: Reach, holds: Holds) -> Doom:
    """What the declarations make of this model under these holds."""
    if holds.only and reach.if_free:  # documents go with what they are joined to, which says of what kind they are
        return Doom(reach, Fate.KEEP, (), {"": Hold(WISHED)})
    declared = declared_of(reach.label)
    keys = {one.name for one in apps.get_model(reach.label)._meta.concrete_fields if one.primary_key}
    kept: dict[str, Hold] = {name: Hold(why) for name, why in reach.kept.items()}
    emptied: list[str] = []
    for kind, names in declared.items():
        for name in names:
            if kind.erasure == Erasure.NOT_PERSONAL or name in kept:
                continue
            hold = _hold(reach, kind, holds)
            if hold:
                kept[name] = hold
            elif name not in keys:
                emptied.append(name)
    if holds.only and kept:
        staying = _held_together(reach, emptied)
        kept |= {name: Hold(WISHED) for name in staying}
        emptied = [name for name in emptied if name not in staying]
    if reach.stays:
        return Doom(reach, Fate.EMPTY if emptied else Fate.KEEP, tuple(emptied), kept)
    if not kept or (reach.goes_whole and emptied):
        return Doom(reach, Fate.DELETE)
    return Doom(reach, Fate.EMPTY if emptied else Fate.KEEP, tuple(emptied), kept)


def _hold(reach: Reach, kind: Classified, holds: Holds) -> Hold | None:
    """A row that goes whole follows what is declared of what it is for, not the file that hangs on it."""
    if holds.spares(kind):
        return Hold(WISHED)
    if holds.all is None and reach.goes_whole and kind.erasure in {Erasure.KEEP_CONTRACT, Erasure.KEEP_PROOF}:
        return None
    return holds.on(kind)


def _held_together(reach: Reach, emptied: Collection[str]) -> set[str]:
    """The fields that stay though they were to go: nothing can stand for them, or a check of the table ties them to one
    that stays."""
    staying = {name for name in emptied if not _can_be_emptied(reach, name)}
    checks = [
        set(one.condition.referenced_base_fields)
        for one in apps.get_model(reach.label)._meta.constraints
        if isinstance(one, models.CheckConstraint) and isinstance(one.condition, Q)
    ]
    going = set(emptied)
    while tied := {name for fields in checks if fields - (going - staying) for name in fields & (going - staying)}:
        staying |= tied
    return staying


def _can_be_emptied(reach: Reach, name: str) -> bool:
    """Whether a field may go while others of its row stay, though no declaration foresaw it."""
    from privacy.erasure.emptying import Unemptiable, blank_of  # which draws from what is planned here

    if name in reach.blanks:
        return True
    try:
        blank_of(apps.get_model(reach.label)._meta.get_field(name))
    except Unemptiable:
        return False
    return True


def dooms(
    target: Target, relation: Relation, today: datetime.date, *, using: str = "default", kinds: Collection[str] = ()
) -> list[tuple[Doom, Q]]:
    """What is to be done to which rows, in order. Models that cannot hold anything of the target are left out.

    `kinds`: the kinds of data that are to go, as directives say; all of them when there is none.
    """
    holds = holds_of(relation, today, legal_hold(target, today, using=using), kinds)
    stands = holds.contract or holds.proof or holds.all
    target = replace(target, is_over=stands is None and not kinds)
    found = []
    for reach in ordered():
        rows = reach.rows(target)
        if rows is not None:
            found.append((doom_of(reach, holds), rows))
    return found


def plan_for(target: Target, today: datetime.date, kinds: Collection[str] = ()) -> Plan:
    """The plan, to be read before anything is done. Needs the system's context; one query for each table."""
    lines = []
    for doom, rows in dooms(target, answers_of(target.space).relation(target), today, kinds=kinds):
        manager = doom.model._base_manager
        recent = doom.reach.recent(today) if doom.reach.recent else None
        count = manager.filter(rows).distinct().count()
        spared = manager.filter(rows).filter(recent).distinct().count() if recent and count else 0
        if spared:
            title = str(doom.model._meta.verbose_name_plural)
            lines.append(Line(doom.reach.label, title, Fate.KEEP, spared, reason=doom.reach.recent_reason))
        if count - spared and not _is_beside(doom):
            lines.append(_line(doom, count - spared))
    return Plan(tuple(lines))


def _is_beside(doom: Doom) -> bool:
    """Whether directives say nothing of any field of these rows."""
    return doom.fate == Fate.KEEP and bool(doom.kept) and all(one.reason == WISHED for one in doom.kept.values())


def _line(doom: Doom, count: int) -> Line:
    holds = [hold for hold in doom.kept.values() if hold.reason != WISHED] or list(doom.kept.values())
    longest = max(holds, key=lambda hold: hold.until or datetime.date.max, default=None)
    return Line(
        label=doom.reach.label,
        title=str(doom.model._meta.verbose_name_plural),
        fate=doom.fate,
        rows=count,
        emptied=_named(doom.model, doom.emptied),
        kept=_named(doom.model, doom.kept),
        reason=longest.reason if longest and doom.fate != Fate.DELETE else "",
        until=longest.until.isoformat() if longest and longest.until and doom.fate != Fate.DELETE else "",
    )


def _named(model: type[models.Model], names: Iterable[str]) -> tuple[str, ...]:
    """What fields are called, in French."""
    return tuple(str(getattr(model._meta.get_field(name), "verbose_name", name)) for name in names)
