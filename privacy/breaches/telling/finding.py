"""Whom a breach concerns: read from the journal, which says what each account was shown and when.

Everything that the accounts in question looked at, took out or changed in the period counts, whatever they were allowed
to do: their owner may not have been the one who did it. Refusals showed nothing, and do not count.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from portals.access.models import Basis, Grant
from portals.accounts.models import Space
from privacy.audit.actions import ABOUT
from privacy.audit.kinds import OperationKind, actions_of
from privacy.audit.models import Entry
from privacy.audit.searching import OF_PERSONS, between
from privacy.breaches.telling.registry import Shown, resolver_of

TOUCHING = (OperationKind.LOOK, OperationKind.FILE, OperationKind.CHANGE)
AT_A_TIME = 2_000
type Told = tuple[datetime.datetime, set[int]]
"""When an entry was written, and the persons that it names: they are counted once for it."""

FIELDS = ("at", "space", "subject_id", "object_kind", "object_id", "details")


@dataclass
class Touched:
    """How often a person's record was touched, and when."""

    looks: int
    first: datetime.datetime
    last: datetime.datetime


def touched_by(account_ids: Collection[int], since: datetime.datetime, until: datetime.datetime) -> dict[int, Touched]:
    """The persons whose record these accounts touched, by number. In the system's row context."""
    entries = between(since, until).filter(account_id__in=account_ids, action__in=actions_of(*TOUCHING), result="done")
    found: dict[int, Touched] = {}
    accounts: dict[int, list[Told]] = defaultdict(list)
    things: dict[str, dict[Shown, set[int]]] = defaultdict(dict)
    for entry in entries.order_by("at", "pk").values_list(*FIELDS, named=True).iterator(AT_A_TIME):
        named = _persons_of(entry)
        for person in named:
            _count(found, person, entry.at)
        for account in _accounts_of(entry):
            accounts[account].append((entry.at, named))
        if entry.object_id and resolver_of(entry.object_kind) is not None:
            reference = str(entry.details.get("reference", ""))
            things[entry.object_kind][Shown(entry.object_id, reference, entry.at)] = named
    _count_accounts(found, accounts)
    for kind, shown in things.items():
        _count_things(found, kind, shown)
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


def _count(found: dict[int, Touched], person: int, at: datetime.datetime) -> None:
    known = found.setdefault(person, Touched(0, at, at))
    known.looks += 1
    known.first, known.last = min(known.first, at), max(known.last, at)


def _count_accounts(found: dict[int, Touched], accounts: dict[int, list[Told]]) -> None:
    """An account that was looked at leads to the person whose own it is."""
    own = Grant.objects.filter(account__in=accounts, space=Space.MEMBER, basis=Basis.COVER)
    for account, person in own.values_list("account_id", "subject_id"):
        for at, named in accounts[account]:
            if person not in named:
                _count(found, person, at)


def _count_things(found: dict[int, Touched], kind: str, shown: dict[Shown, set[int]]) -> None:
    """A thing that was shown leads to the persons on it, as its room says."""
    resolver, every = resolver_of(kind), list(shown)
    for start in range(0, len(every), AT_A_TIME):
        part = every[start : start + AT_A_TIME]
        persons = resolver(part) if resolver else {}
        for thing in part:
            for person in set(persons.get(thing, ())) - shown[thing]:
                _count(found, person, thing.at)
