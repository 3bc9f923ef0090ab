"""The bytes of a DSN file as lines, and lines as rubrics. Pure.

A line is `'S21.G00.30.001','value'`; the first pair of quotes may be absent, as the norm itself writes it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from employers.dsn.anomalies import Anomaly, Code

RUBRIC = re.compile(r"'?(S[0-9]{2}\.G[0-9]{2}\.[0-9]{2})\.([0-9]{3})'?,'(.*)'")
OURS = "S21.G00."
FIRST, LAST = "S10.", "S90."
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LONGEST_LINE = 1000
BAD_LINES_TOLD = 50
"""A file of another kind has one anomaly on every line: so many are told, and how many more there are."""

BAD_LINE = "Cette ligne n’a pas la forme 'S21.G00.30.001','valeur'\u00a0: elle n’est pas lue."
LATIN1 = "Le fichier est en latin-1 (ISO 8859-1), comme la norme le permet\u00a0: les accents sont lus ainsi."
MIXED = "Cette ligne est en UTF-8 dans un fichier en latin-1\u00a0: elle est lue en UTF-8, vérifiez ses accents."
TRUNCATED = "Le fichier commence par S10 et ne finit pas par S90\u00a0: il est peut-être coupé."


class NotADsn(ValueError):
    """No line of the file is a rubric: it is something else. The message is for the person who sent it."""


@dataclass(frozen=True)
class Text:
    """The lines of a file, decoded, and what there is to say of the encoding."""

    lines: tuple[str, ...]
    encoding: str
    anomalies: tuple[Anomaly, ...]


@dataclass(frozen=True)
class Rubric:
    """One value. `block` is `S21.G00.30`, `number` its rank in the block, `line` counts from 1."""

    line: int
    block: str
    number: int
    value: str


def decode(content: bytes) -> Text:
    """UTF-8 or latin-1, CRLF or LF. A line in UTF-8 among others in latin-1 is read as it is, and told."""
    raw = content.removeprefix(BYTE_ORDER_MARK).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    while raw and not raw[-1].strip():
        raw.pop()
    lines: list[str] = []
    latin1: list[int] = []
    utf8: list[int] = []
    for number, line in enumerate(raw, 1):
        try:
            lines.append(line.decode("utf-8"))
            if not line.isascii():
                utf8.append(number)
        except UnicodeDecodeError:
            # Windows writes the 27 signs of its own between latin-1's; what neither knows is kept as it came.
            lines.append(line.decode("cp1252", errors="replace"))
            latin1.append(number)
    anomalies: list[Anomaly] = []
    if latin1:
        anomalies.append(Anomaly(latin1[0], Code.LATIN1, LATIN1))
        anomalies += [Anomaly(number, Code.MIXED_ENCODING, MIXED) for number in utf8]
    return Text(tuple(lines), "latin-1" if latin1 else "utf-8", tuple(anomalies))


def rubrics_of(text: Text, anomalies: list[Anomaly]) -> Iterator[Rubric]:
    """Every rubric of the file, in its order; what is not one is added to `anomalies`. Raises NotADsn."""
    found = bad = 0
    first = last = ""
    for number, line in enumerate(text.lines, 1):
        if not line.strip():
            continue
        read = RUBRIC.fullmatch(line.strip()) if len(line) <= LONGEST_LINE else None
        if read is None:
            bad += 1
            if bad <= BAD_LINES_TOLD:
                anomalies.append(Anomaly(number, Code.BAD_LINE, BAD_LINE))
            continue
        found += 1
        first, last = first or read[1], read[1]
        yield Rubric(number, read[1], int(read[2]), read[3].strip())
    if not found:
        raise NotADsn("Ce fichier n’est pas une DSN\u00a0: aucune ligne n’a la forme 'S21.G00.30.001','valeur'.")
    if bad > BAD_LINES_TOLD:
        words = f"{bad - BAD_LINES_TOLD}\u00a0autres lignes du fichier n’ont pas la forme d’une rubrique."
        anomalies.append(Anomaly(len(text.lines), Code.BAD_LINE, words))
    if first.startswith(FIRST) and not last.startswith(LAST):
        anomalies.append(Anomaly(len(text.lines), Code.TRUNCATED, TRUNCATED))
