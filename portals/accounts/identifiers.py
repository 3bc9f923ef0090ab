"""The numeric identifier of an account: drawn at random, with a check digit, meaning nothing (CGU-2.2, T4).

Ten ASCII digits, the first never 0 so that no spreadsheet shortens it; the last one is the Luhn key of the nine
others, so that a single mistyped digit or two neighbours exchanged is never another person's identifier.
"""

import re
import secrets

LENGTH = 10
TEN_DIGITS = re.compile(r"[1-9][0-9]{9}")


def check_digit(payload: str) -> str:
    """The Luhn key of a string of ASCII digits."""
    total = 0
    for rank, digit in enumerate(reversed(payload)):
        value = int(digit) * (2 if rank % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def is_well_formed(identifier: str) -> bool:
    """Whether this can be an identifier at all. Only ASCII digits count: no other script, no space."""
    return bool(TEN_DIGITS.fullmatch(identifier)) and check_digit(identifier[:-1]) == identifier[-1]


def draw() -> str:
    """A new identifier among 900 million, from the system's randomness. It may be taken: the caller retries."""
    payload = str(secrets.randbelow(9 * 10 ** (LENGTH - 2)) + 10 ** (LENGTH - 2))
    return payload + check_digit(payload)


def as_typed(text: str) -> str:
    """What a person typed or pasted, without the spaces and points that they put between digits."""
    return re.sub(r"[\s.\u00a0\u202f-]", "", text)
