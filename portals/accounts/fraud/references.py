"""Numbers of fraud reports: drawn at random, with a key, easy to say on the telephone. Pure but for the draw."""

import re
import secrets

from portals.accounts.identifiers import check_digit

DIGITS = 9
WRITTEN = re.compile(r"FR-([0-9]{4})-([0-9]{10})")


def draw(year: int) -> str:
    """`FR-2026-4821773650`: nine random digits and the Luhn key of the year and these digits, among a billion a year."""
    drawn = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    return f"FR-{year}-{drawn}{check_digit(f'{year}{drawn}')}"


def is_well_formed(reference: str) -> bool:
    """Whether this can be a number at all: a mistyped digit shows."""
    found = WRITTEN.fullmatch(reference)
    return found is not None and check_digit(found[1] + found[2][:-1]) == found[2][-1]
