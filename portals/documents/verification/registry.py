"""The kinds of documents that we issue, and where each keeps its codes and fingerprints.

Rooms register theirs when the app is ready. Nothing here says whom a document speaks of.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How somebody asked: by a code, with the file, or with a text that bears our signature."""

    CODE = "code"
    FILE = "file"
    TEXT = "text"


class Verdict(StrEnum):
    """What is answered. `KNOWN`: the code is that of a document of ours, whose file was not compared.

    `REVOKED`: it is ours, and no longer true.
    """

    UNCHANGED = "unchanged"
    KNOWN = "known"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Kind:
    """A kind of document: a code for the journal and the registry, and its name in French."""

    code: str
    label: str


@dataclass(frozen=True)
class Issued:
    """All that may be told about a document. Days are those of Paris."""

    kind: Kind
    period: str
    issued_on: datetime.date
    revoked_on: datetime.date | None = None


@dataclass(frozen=True)
class Finding:
    """The answer, and the document that it is about. `note` is one more sentence, without a word on anybody."""

    verdict: Verdict
    way: Way
    issued: Issued | None = None
    note: str = ""


@dataclass(frozen=True)
class Source:
    """A place where documents are kept. Each function asks one query, in the system's row context.

    `by_fingerprint` takes a SHA-256 in hexadecimal; documents that are drawn anew each time have none.
    """

    by_code: Callable[[str], Issued | None]
    by_fingerprint: Callable[[str], Issued | None] = lambda _sha256: None


@dataclass(frozen=True)
class Reader:
    """A text that proves itself by its signature: `read` is asked about those that start with `prefix`.

    Runs in the system's row context.
    """

    prefix: str
    read: Callable[[str], Finding]


_kinds: dict[str, Kind] = {}
_sources: list[Source] = []
_readers: list[Reader] = []


def register(kind: Kind) -> Kind:
    """Make a kind known, and give it back. Raises ValueError when another kind has its code."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"two kinds of documents are named {kind.code}")
    return kind


def kind_of(code: str) -> Kind:
    """The kind of this code; one whose room is gone keeps a name that says little."""
    return _kinds.get(code, Kind(code, "Document"))


def add_source(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def add_reader(reader: Reader) -> None:
    if reader not in _readers:
        _readers.append(reader)


def sources() -> tuple[Source, ...]:
    return tuple(_sources)


def readers() -> tuple[Reader, ...]:
    return tuple(_readers)
