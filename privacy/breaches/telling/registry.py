"""What the spaces tell of the persons of a breach. The core knows no insured person, no company and no practice: the
spaces register here whom their things show, and how persons and holders of accounts are reached.

All run in the system's row context, from a job.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from portals.accounts.models import Account, Space
from portals.signals import NOBODY
from portals.signals import Concerned as Whom


@dataclass(frozen=True)
class Shown:
    """A thing that an entry of the journal says was shown: its number, the reference that its room keeps, and by which
    operation, for the pages of one thing do not all show the same persons. `numbers`: of the rows of a page, with spaces."""

    object_id: str
    reference: str
    at: datetime.datetime
    action: str = ""
    numbers: str = ""


@dataclass(frozen=True)
class Contact:
    """How a person is reached. `addressee` and `address_lines` go on the envelope: a minor's letter is for their parents.

    `account_ids`: the accounts whose pages must say it, their own or their parents'. `email` is that of the contract,
    or of an account that is closed, for whoever has no page. `category`: of `PersonCategory`.
    """

    name: str
    addressee: str
    address_lines: tuple[str, ...]
    email: str
    account_ids: tuple[int, ...]
    category: str
    space: str = Space.MEMBER


type Resolver = Callable[[Collection[Shown]], Mapping[Shown, Whom]]
"""The persons and the holders of accounts that each thing showed."""
type Directory = Callable[[Collection[int]], Mapping[int, Contact]]
type AccountDirectory = Callable[[Collection[Account]], Mapping[int, Contact]]
"""How the holders of accounts of one space are reached, by number of account."""
type Finder = Callable[[str], Collection[int]]
"""The persons of an exact member or policy number."""

_resolvers: dict[str, list[Resolver]] = {}
_directories: list[Directory] = []
_account_directories: dict[str, AccountDirectory] = {}
_finders: list[Finder] = []


def register_resolver(kind: str, resolver: Resolver) -> None:
    """For things of a kind (`Entry.object_kind`); those of several rooms add up. Called from `AppConfig.ready`."""
    known = _resolvers.setdefault(kind, [])
    if resolver not in known:
        known.append(resolver)


def register_directory(directory: Directory, finder: Finder) -> None:
    """Called from `AppConfig.ready`."""
    if directory not in _directories:
        _directories.append(directory)
        _finders.append(finder)


def register_accounts(space: Space, directory: AccountDirectory) -> None:
    """Of the accounts of a space that are of no insured person. Called once per space, from `AppConfig.ready`."""
    _account_directories[space] = directory


def numbers_of(shown: Collection[Shown]) -> set[int]:
    """The numbers of things that have one."""
    return {int(one.object_id) for one in shown if one.object_id.isdecimal()}


def has_resolver(kind: str) -> bool:
    return kind in _resolvers


def shown_by(kind: str, things: Collection[Shown]) -> dict[Shown, Whom]:
    """Whom each thing of a kind showed, by all rooms that know of it."""
    found: dict[Shown, Whom] = {}
    for resolver in _resolvers.get(kind, ()):
        for thing, whom in resolver(things).items():
            found[thing] = found.get(thing, NOBODY) | whom
    return found


def contacts_of(person_ids: Collection[int]) -> dict[int, Contact]:
    """Whoever is known; a person that no space knows any more has no contact."""
    found: dict[int, Contact] = {}
    for directory in _directories:
        found |= directory(person_ids)
    return found


def account_contacts_of(account_ids: Collection[int]) -> dict[int, Contact]:
    """By number of account; one whose row is gone has no contact. One query, and those of each space."""
    of_space: dict[str, list[Account]] = defaultdict(list)
    for account in Account.objects.filter(pk__in=account_ids).order_by("pk"):
        of_space[account.space].append(account)
    found: dict[int, Contact] = {}
    for space, accounts in of_space.items():
        found |= _account_directories[space](accounts)
    return found


def find(number: str) -> set[int]:
    return {person for finder in _finders for person in finder(number)}
