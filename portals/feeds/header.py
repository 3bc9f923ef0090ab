"""The header line: which delimiter, which columns, in which order."""

from dataclasses import dataclass

from portals.feeds.columns import Column
from portals.feeds.errors import FeedDamaged
from portals.feeds.kinds import FeedKind


@dataclass(frozen=True)
class Layout:
    """The columns of one file, in its order."""

    delimiter: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def layout_of(kind: FeedKind, line: bytes) -> Layout:
    """Raises `FeedDamaged` for an unknown, missing or repeated column."""
    text = line.decode()
    delimiter = ";" if text.count(";") > text.count(",") else ","
    names = [_unquoted(name.strip()) for name in text.split(delimiter)]
    unknown = sum(kind.column(name) is None for name in names)
    if unknown:
        known = ", ".join(column.name for column in kind.columns)
        places = ", ".join(str(place) for place, name in enumerate(names, 1) if kind.column(name) is None)
        raise FeedDamaged(f"en-tête : colonne inconnue (rang {places}). Colonnes du flux {kind.name} : {known}.")
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise FeedDamaged(f"en-tête : colonne en double : {', '.join(sorted(repeated))}.")
    missing = [column.name for column in kind.columns if column.required and column.name not in names]
    if missing:
        raise FeedDamaged(f"en-tête : colonne obligatoire absente : {', '.join(missing)}.")
    return Layout(delimiter, tuple(column for name in names if (column := kind.column(name))))


def _unquoted(name: str) -> str:
    return name[1:-1] if len(name) > 1 and name[0] == name[-1] == '"' else name
