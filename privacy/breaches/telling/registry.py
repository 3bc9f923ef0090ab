"""What the spaces tell of the persons of a breach. The core knows no insured person: the member space registers here.

Both run in the system's row context, from a job.
"""

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """A thing that an entry of the journal says was shown: its number, and the reference that its room keeps."""

    object_id: str
    reference: str
    at: datetime.datetime


@dataclass(frozen=True)
class Contact:
    """How a person is reached. `addressee` and `address_lines` go on the envelope: a minor's letter is for their parents.

    `account_ids`: the accounts whose pages must say it, their own or their parents'. `email` is that of the contract,
    for whoever has no account.
    """

    person_id: int
    name: str
    addressee: str
    address_lines: tuple[str, ...]
    email: str
    account_ids: tuple[int, ...]


type Resolver = Callable[[Collection[Shown]], Mapping[Shown, Collection[int]]]
"""The persons that each thing showed."""
type Directory = Callable[[Collection[int]], Mapping[int, Contact]]
type Finder = Callable[[str], Collection[int]]
"""The persons of an exact member or policy number."""

_resolvers: dict[str, Resolver] = {}
_directories: list[Directory] = []
_finders: list[Finder] = []


def register_resolver(kind: str, resolver: Resolver) -> None:
    """For things of a kind (`Entry.object_kind`). Called from `AppConfig.ready`."""
    _resolvers[kind] = resolver


def register_directory(directory: Directory, finder: Finder) -> None:
    """Called from `AppConfig.ready`."""
    if directory not in _directories:
        _directories.append(directory)
        _finders.append(finder)


def resolver_of(kind: str) -> Resolver | None:
    return _resolvers.get(kind)


def contacts_of(person_ids: Collection[int]) -> dict[int, Contact]:
    """Whoever is known; a person that no space knows any more has no contact."""
    found: dict[int, Contact] = {}
    for directory in _directories:
        found |= directory(person_ids)
    return found


def find(number: str) -> set[int]:
    return {person for finder in _finders for person in finder(number)}
