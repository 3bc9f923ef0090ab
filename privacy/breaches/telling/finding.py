"""Whom a breach concerns: read from the journal, which says what each account was shown and when.

Everything that the accounts in question looked at, took out or changed in the period counts, whatever they were allowed
to do: their owner may not have been the one who did it. Refusals showed nothing, and do not count.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from privacy.audit.actions import ABOUT
from privacy.audit.kinds import OperationKind, actions_of
from privacy.audit.models import Entry
from privacy.audit.searching import OF_PERSONS, between
from privacy.breaches.telling.accounts import own_persons
from privacy.breaches.telling.registry import Shown, has_resolver, shown_by

TOUCHING = (OperationKind.LOOK, OperationKind.FILE, OperationKind.CHANGE)
AT_A_TIME = 2_000
FIELDS = ("at", "action", "account_id", "space", "subject_id", "object_kind", "object_id", "details")


@dataclass
class Touched:
    """How often a person's record was touched, and when."""

    looks: int
    first: datetime.datetime
    last: datetime.datetime


@dataclass
class Found:
    """The persons whose record was touched, by number, and the accounts of whoever is no insured person, by theirs."""

    persons: dict[int, Touched] = field(default_factory=dict)
    accounts: dict[int, Touched] = field(default_factory=dict)

    @property
    def looks(self) -> int:
        return sum(one.looks for one in (*self.persons.values(), *self.accounts.values()))


@dataclass
class Named:
    """Whom an entry of the journal names: each is counted once for it. `by`: the account that made it."""

    at: datetime.datetime
    by: int | None
    persons: set[int]
    accounts: set[int]


def touched_by(account_ids: Collection[int], since: datetime.datetime, until: datetime.datetime) -> Found:
    """Whose record these accounts touched. In the system's row context."""
    entries = between(since, until).filter(account_id__in=account_ids, action__in=actions_of(*TOUCHING), result="done")
    rows = entries.order_by("at", "pk").values_list(*FIELDS, named=True).iterator(AT_A_TIME)
    found = Found()
    for part in batched(rows, AT_A_TIME, strict=False):
        named = [Named(row.at, row.account_id, _persons_of(row), _accounts_of(row)) for row in part]
        _add_things(part, named)
        _lead_to_persons(named)
        for one in named:
            _count(found.persons, one.persons, one.at)
            _count(found.accounts, one.accounts, one.at)
    return found


def _persons_of(entry: Entry) -> set[int]:
    """Named by the entry itself: for whom, about whom, at whom."""
    named = {entry.subject_id} if entry.subject_id and entry.space in OF_PERSONS else set()
    named |= set(_numbers(entry, "p"))
    if entry.object_kind == "person" and entry.object_id.isdecimal():
        named.add(int(entry.object_id))
    return named


def _accounts_of(entry: Entry) -> set[int]:
    named = set(_numbers(entry, "a"))
    if entry.object_kind == "account" and entry.object_id.isdecimal():
        named.add(int(entry.object_id))
    return named


def _numbers(entry: Entry, letter: str) -> Iterator[int]:
    for word in str(entry.details.get(ABOUT, "")).split():
        if word.startswith(letter):
            yield int(word[1:])


def _add_things(entries: Sequence[Entry], named: Sequence[Named]) -> None:
    """A thing that was shown leads to whoever is on it, as its room says."""
    things: dict[str, dict[Shown, list[Named]]] = defaultdict(lambda: defaultdict(list))
    for entry, one in zip(entries, named, strict=True):
        if entry.object_id and has_resolver(entry.object_kind):
            reference = str(entry.details.get("reference", ""))
            thing = Shown(entry.object_id, reference, entry.at, entry.action, str(entry.details.get("numbers", "")))
            things[entry.object_kind][thing].append(one)
    for kind, shown in things.items():
        for thing, whom in shown_by(kind, list(shown)).items():
            for one in shown[thing]:
                one.persons |= whom.persons
                one.accounts |= whom.accounts


def _lead_to_persons(named: Sequence[Named]) -> None:
    """An account leads to the insured person whose own it is. Any other counts as itself, but for what it did to itself:
    its holder's own pages show them nobody else's data."""
    own = own_persons({account for one in named for account in one.accounts})
    for one in named:
        one.persons |= {own[account] for account in one.accounts if account in own}
        one.accounts -= {*own, one.by}


def _count(found: dict[int, Touched], numbers: set[int], at: datetime.datetime) -> None:
    for number in numbers:
        known = found.setdefault(number, Touched(0, at, at))
        known.looks += 1
        known.first, known.last = min(known.first, at), max(known.last, at)
