"""What each app puts into the data package. Apps register here when they are ready.

Two kinds of content, which make one package:

- `register(Space.MEMBER, exporter)`: files made for people, written as they are (statements, tables with chosen columns).
  An exporter yields the files of one grant as (path under the grant's folder, content). Streams are closed here.
- `register_rows(Space.MEMBER, Told(Person, "Personnes", rows, …))`: rows, of which the package tells every field that
  `personal_data.py` declares exported. Their history goes with them. A test fails when a declared model has no `Told`.

Both run in the row-level context of the grant's tenant and give what the grant's subject may see, nothing more.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from django.db import models

from portals.access.models import Grant
from portals.accounts.models import Account, Space

type Content = bytes | IO[bytes]
type Exporter = Callable[[Grant], Iterator[tuple[str, Content]]]

ACCOUNT = "compte"
"""The part of a package that tells of the account itself, whatever it opens. Its rows are read by the system."""


@dataclass
class Scope:
    """Of whom a part of a package tells: an account, or one of its grants. `remembered` lives as long as the part."""

    account: Account
    grants: list[Grant]
    remembered: dict[str, Any] = field(default_factory=dict)

    @property
    def grant(self) -> Grant:
        """The grant of a part that is of one space."""
        return self.grants[0]

    def once[T](self, name: str, make: Callable[[], T]) -> T:
        """What several rooms ask about the same grant, made once."""
        if name not in self.remembered:
            self.remembered[name] = make()
        found: T = self.remembered[name]
        return found


@dataclass(frozen=True)
class Told:
    """The rows of a model that speak of somebody.

    `reads`: how a field is read that is not kept in clear, or not as it is to be told. `spares`: the fields that are
    left out of one row, because they reach somebody else. `document`: a file that a row stands for, and its name.
    `elsewhere`: the rows are another tenant's (an employer's, of an employee), so the system reads them: `rows` must
    hold the subject itself.
    """

    model: type[models.Model]
    title: str
    rows: Callable[[Scope], "models.QuerySet[Any]"]
    reads: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    spares: Callable[[Scope, Any], Collection[str]] | None = None
    document: Callable[[Any], tuple[str, bytes] | None] | None = None
    elsewhere: bool = False


@dataclass(frozen=True)
class Notice:
    """Why data is held, who receives it and for how long: what comes with a copy of it (GDPR art. 15(1))."""

    purpose: str
    basis: str
    recipients: str
    kept: str


type Notices = Callable[[str], list[Notice]]
"""By space."""

_exporters: dict[str, list[Exporter]] = {}
_portable: dict[str, list[Exporter]] = {}
_notices: list[Notices] = []
_told: dict[str, list[Told]] = {}


def register(space: Space, exporter: Exporter, *, is_portable: bool = False) -> None:
    """Add files to the packages of a space. Called from `AppConfig.ready`.

    `is_portable`: they also go to whom the person has their data sent to.
    """
    _exporters.setdefault(space, []).append(exporter)
    if is_portable:
        _portable.setdefault(space, []).append(exporter)


def register_notices(notices: Notices) -> None:
    _notices.append(notices)


def register_rows(part: str, *told: Told) -> None:
    """Add rows to a part of the package: `ACCOUNT`, or a space. Called from a module that `import_rooms` imports."""
    _told.setdefault(part, []).extend(told)


def files_of(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The files of a grant, in the order in which the exporters were registered."""
    for exporter in _exporters.get(grant.space, []):
        yield from exporter(grant)


def portable_files_of(grant: Grant) -> Iterator[tuple[str, Content]]:
    for exporter in _portable.get(grant.space, []):
        yield from exporter(grant)


def notices_of(space: str) -> list[Notice]:
    return [notice for notices in _notices for notice in notices(space)]


def told_of(part: str) -> list[Told]:
    """What a part of the package tells of, in the order of registration."""
    return list(_told.get(part, []))


def every_told() -> list[Told]:
    return [told for part in _told.values() for told in part]
