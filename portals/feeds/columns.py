"""What a column of a feed may hold: one pattern that accepts at once, one function that explains a refusal.

Patterns are applied to UTF-8 bytes. A value that the pattern does not accept goes through `read`, which returns the
text to store or raises `Unfit`; it also accepts what only a calendar or a count of characters can judge.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from portals.feeds.errors import Unfit

# Stands for "any byte but a control character, a quote or the file's delimiter" until the delimiter is known
# (`portals.feeds.rows`). Control characters of U+0080 to U+009F take two bytes: blocks that hold any go to `read`.
PLAIN = b"<plain>"
FIRST_YEAR, LAST_YEAR = 1880, 2100


@dataclass(frozen=True)
class ColumnType:
    """`sql` is the type in staging. `proves`: the pattern alone is proof, without `read`.

    `whole`: no shorter text is accepted too, so that a value at the cut end of a file shows that it is cut.
    """

    sql: str
    pattern: bytes
    read: Callable[[str], str]
    proves: bool = True
    whole: bool = False


@dataclass(frozen=True)
class Derived:
    """A staging column computed from a value as read; `of` returns text that COPY understands."""

    name: str
    sql: str
    of: Callable[[str], str]


@dataclass(frozen=True)
class Column:
    """A column of the file. `target` is the column of the table that takes it as it is (absent: as `default`).

    `target=None` for what only serves as a reference or is sealed. Empty text is stored as '' unless `default` says
    otherwise; empty dates and numbers as NULL. `staged_as` is its name in staging, where `line` is taken.
    """

    name: str
    type: ColumnType
    required: bool = False
    target: str | None = ""
    default: str = ""
    derived: tuple[Derived, ...] = field(default=())
    staged_as: str = ""

    @property
    def in_staging(self) -> str:
        return self.staged_as or self.name

    @property
    def staged(self) -> list[tuple[str, str]]:
        """Name and SQL type of its columns in staging: the value, then what is derived from it."""
        return [(self.in_staging, self.type.sql), *((derived.name, derived.sql) for derived in self.derived)]

    @property
    def written_to(self) -> str | None:
        return self.name if self.target == "" else self.target


def text(longest: int) -> ColumnType:
    """Text of at most `longest` characters, without control characters; spaces around it are dropped."""

    def read(value: str) -> str:
        value = value.strip(" ")
        if any(unicodedata.category(letter) == "Cc" for letter in value):
            raise Unfit("control_character", "contient un caractère de contrôle")
        if len(value) > longest:
            raise Unfit("too_long", f"dépasse {longest} caractères")
        return value

    return ColumnType(sql="text", pattern=rb"(?! )%b{1,%d}+(?<! )" % (PLAIN, longest), read=read)


def date(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> ColumnType:
    """A real day, `YYYY-MM-DD`. 29 February is left to `read`, which knows leap years."""

    def read(value: str) -> str:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise Unfit("bad_date", "n’est pas une date AAAA-MM-JJ")
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            raise Unfit("bad_date", "n’est pas un jour du calendrier") from None
        if not first_year <= day.year <= last_year:
            raise Unfit("bad_date", f"n’est pas entre {first_year} et {last_year}")
        return value

    years = b"|".join(b"%d" % year for year in range(first_year, last_year + 1))
    days = rb"(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
    return ColumnType(sql="date", pattern=rb"(?:%b)-(?:%b)" % (_compact_years(years), days), read=read, whole=True)


def _compact_years(years: bytes) -> bytes:
    """The same years, grouped by century: the matcher tries three words instead of two hundred."""
    centuries: dict[bytes, list[int]] = {}
    for year in years.split(b"|"):
        centuries.setdefault(year[:2], []).append(int(year[2:]))
    groups = []
    for century, ends in centuries.items():
        full = ends == list(range(100))
        rest = b"[0-9]{2}" if full else b"(?:%b)" % b"|".join(b"%02d" % end for end in ends)
        groups.append(century + rest)
    return b"|".join(groups)


def decimal(digits: int, places: int, *, signed: bool = False, highest: Decimal | None = None) -> ColumnType:
    """A number with a point, as `numeric(digits, places)` holds it without rounding. No exponent, no thousands."""
    whole_digits = digits - places
    sign = "-?" if signed else ""
    shape = f"{sign}[0-9]{{1,{whole_digits}}}+" + (rf"(?:\.[0-9]{{1,{places}}}+)?+" if places else "")

    def read(value: str) -> str:
        if not re.fullmatch(shape, value):
            kind = "un nombre" if signed else "un nombre positif"
            parts = f"{whole_digits} chiffres avant le point, {places} après au plus"
            raise Unfit("bad_number", f"n’est pas {kind} écrit avec un point ({parts})")
        if highest is not None and abs(Decimal(value)) > highest:
            raise Unfit("bad_number", f"dépasse {highest}")
        return value

    return ColumnType(sql=f"numeric({digits},{places})", pattern=shape.encode(), read=read, proves=highest is None)


def integer(highest: int) -> ColumnType:
    """A whole number from 0 to `highest`."""
    digits = len(str(highest))
    all_nines = highest == 10**digits - 1

    def read(value: str) -> str:
        if not re.fullmatch(f"[0-9]{{1,{digits}}}", value) or int(value) > highest:
            raise Unfit("bad_number", f"n’est pas un nombre entier de 0 à {highest}")
        return value

    return ColumnType(sql="integer", pattern=b"[0-9]{1,%d}" % digits, read=read, proves=all_nines)


def choice(*words: str) -> ColumnType:
    """One of a few words."""

    def read(value: str) -> str:
        if value not in words:
            raise Unfit("bad_choice", f"n’est pas l’une des valeurs {', '.join(words)}")
        return value

    whole = not any(a != b and b.startswith(a) for a in words for b in words)
    pattern = b"(?:%b)" % b"|".join(re.escape(word).encode() for word in words)
    return ColumnType(sql="text", pattern=pattern, read=read, whole=whole)


def flag() -> ColumnType:
    """`0` or `1`."""

    def read(value: str) -> str:
        if value not in {"0", "1"}:
            raise Unfit("bad_choice", "n’est ni 0 ni 1")
        return value

    return ColumnType(sql="boolean", pattern=b"[01]", read=read, whole=True)
