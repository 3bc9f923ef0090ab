"""What the form of a file's page says: which cells, which texts, which button. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from employers.imports.columns import RANK

CELL = re.compile(r"l([0-9]{1,5})-([a-z_]{2,20})")
ACT, ONE_ASIDE = "act", "laisser"


@dataclass(frozen=True)
class Asked:
    """Lines to leave aside (none named: all that are wrong), or to take back; otherwise cells are corrected."""

    aside: frozenset[int] | None = None
    takes_back: bool = False


def answers_of(posted: QueryDict) -> Mapping[tuple[int, str], str]:
    """The text of each cell that was sent, by its line and its column."""
    found = ((CELL.fullmatch(name), text) for name, text in posted.items())
    return {
        (int(match[1]), match[2]): text
        for match, text in found
        if match is not None and match[2] in RANK and isinstance(text, str)
    }


def asked_of(posted: QueryDict) -> Asked:
    """Which button was pressed."""
    one = posted.get(ONE_ASIDE, "")
    if one.isdecimal() and len(one) <= 5:
        return Asked(aside=frozenset({int(one)}))
    act = posted.get(ACT, "")
    return Asked(aside=frozenset() if act == "aside" else None, takes_back=act == "back")
