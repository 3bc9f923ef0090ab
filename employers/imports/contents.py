"""What a file says, between two visits: its columns and its lines, sealed under the file's own key."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from employers.imports.columns import Header
from employers.imports.models import EmployeeFile
from employers.imports.reading import Cells, Line, Reading
from portals import secrets as personal
from portals.secrets.keys import data_keys, known_data_key
from portals.secrets.models import SubjectKey
from portals.secrets.sealing import unseal_bytes_with, unseal_with

CONTENT_PLACE = "employers_employeefile.content_sealed"
NAME_PLACE = "employers_employeefile.name_sealed"
WAITING, ASIDE = "", "aside"


@dataclass(frozen=True)
class Kept:
    """A line and its mark: it waits, was left aside, or the id of the operation that affiliated it."""

    line: Line
    mark: str = WAITING

    @property
    def operation_id(self) -> int | None:
        return int(self.mark) if self.mark.isdecimal() else None


@dataclass(frozen=True)
class Contents:
    """Everything that was read of a file. `refusal`: why it was not."""

    header: Header = field(default_factory=lambda: Header({}, ()))
    kept: tuple[Kept, ...] = ()
    refusal: str = ""

    @property
    def waiting(self) -> list[Line]:
        return [kept.line for kept in self.kept if kept.mark == WAITING]

    @property
    def aside(self) -> list[Line]:
        return [kept.line for kept in self.kept if kept.mark == ASIDE]

    @property
    def affiliated(self) -> list[Line]:
        return [kept.line for kept in self.kept if kept.operation_id is not None]

    def corrected(self, cells: dict[int, Cells]) -> "Contents":
        """The same with other texts on some lines, by their numbers."""
        return self._changed(
            lambda kept: (
                replace(kept, line=Line(kept.line.number, cells[kept.line.number]))
                if kept.line.number in cells and kept.mark == WAITING
                else kept
            )
        )

    def marked(self, numbers: set[int], mark: str, *, only: str = WAITING) -> "Contents":
        """The same with this mark on these lines, if they have the mark `only` now."""
        return self._changed(
            lambda kept: replace(kept, mark=mark) if kept.line.number in numbers and kept.mark == only else kept
        )

    def released(self, operation_ids: set[int]) -> "Contents":
        """The lines of undone operations wait again."""
        return self._changed(lambda kept: replace(kept, mark=WAITING) if kept.operation_id in operation_ids else kept)

    def without_affiliated(self) -> "Contents":
        return replace(self, kept=tuple(kept for kept in self.kept if kept.operation_id is None))

    def _changed(self, change: Callable[[Kept], Kept]) -> "Contents":
        return replace(self, kept=tuple(change(kept) for kept in self.kept))


def contents_of_reading(reading: Reading) -> Contents:
    return Contents(reading.header, tuple(Kept(line) for line in reading.lines))


def seal(file: EmployeeFile, contents: Contents) -> bytes:
    """The lines as they are stored."""
    told = {
        "places": contents.header.places,
        "unread": contents.header.unread,
        "lines": [[kept.line.number, kept.line.cells, kept.mark] for kept in contents.kept],
        "refusal": contents.refusal,
    }
    return seal_raw(file, json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def unseal(file: EmployeeFile) -> tuple[str, Contents]:
    """The name of the file and its lines. One query."""
    key, subject = known_data_key(subject_of(file)), subject_of(file)
    told = json.loads(unseal_bytes_with(key, subject, CONTENT_PLACE, bytes(file.content_sealed)))
    kept = tuple(Kept(Line(number, tuple(cells)), mark) for number, cells, mark in told["lines"])
    contents = Contents(Header(told["places"], tuple(told["unread"])), kept, told["refusal"])
    return unseal_with(key, subject, NAME_PLACE, bytes(file.name_sealed)), contents


def seal_raw(file: EmployeeFile, content: bytes) -> bytes:
    """The file itself, while it waits to be read."""
    return personal.seal_bytes(subject_of(file), CONTENT_PLACE, content)


def unseal_raw(file: EmployeeFile) -> bytes:
    return personal.unseal_bytes(subject_of(file), CONTENT_PLACE, bytes(file.content_sealed))


def seal_name(file: EmployeeFile, name: str) -> bytes:
    return personal.seal(subject_of(file), NAME_PLACE, name)


def name_of(file: EmployeeFile) -> str:
    return personal.unseal(subject_of(file), NAME_PLACE, bytes(file.name_sealed))


def names_of(files: Sequence[EmployeeFile]) -> list[str]:
    """The names of files, in their order. One query."""
    keys = data_keys(subject_of(file) for file in files)
    return [
        unseal_with(keys[subject], subject, NAME_PLACE, bytes(file.name_sealed))
        for file, subject in ((file, subject_of(file)) for file in files)
    ]


def subject_of(file: EmployeeFile) -> str:
    """Each file has a key of its own: without it, its copies in backups are unreadable."""
    return f"employee_file:{file.reference}"


def erase(files: list[EmployeeFile]) -> None:
    """The files go, with their keys."""
    SubjectKey.objects.filter(subject__in=[subject_of(file) for file in files]).delete()
    EmployeeFile.objects.filter(pk__in=[file.pk for file in files]).delete()
