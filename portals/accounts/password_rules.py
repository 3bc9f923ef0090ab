"""What makes a long password easy to guess all the same. Pure: no list, no database, no clock.

Length is most of a password's strength, unless its signs come from somewhere an attacker looks first: the person's
own words, a walk over the keyboard, one sign or one group repeated. Those parts are taken away; what remains must
still be long enough to be a secret.
"""

import re
from itertools import pairwise

from portals.names import unaccented

LEAST_LENGTH = 15
GREATEST_LENGTH = 128
LEAST_REMAINDER = 8
"""Signs that must remain once the guessable parts are taken away."""
WALK = 4
"""From this many neighbouring keys in a row it is a walk."""

AZERTY = ("1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn")
QWERTY = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
ALPHABET = ("abcdefghijklmnopqrstuvwxyz",)


def words_in(texts: list[str]) -> set[str]:
    """The words of three signs or more in names, addresses and numbers, folded; a date gives its usual spellings."""
    found: set[str] = set()
    for text in texts:
        date = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
        if date:
            year, month, day = date.groups()
            found |= {year, day + month + year, year + month + day, day + month + year[2:], day + month, month + day}
            continue
        found |= {word for word in re.split(r"[^a-z0-9]+", unaccented(text)) if len(word) >= 3}
        found |= {re.sub(r"[^a-z0-9]", "", unaccented(text))} - {""}
    return {word for word in found if len(word) >= 3}


def without_words(password: str, words: set[str]) -> str:
    """The folded password without these words, longest first, written forwards or backwards."""
    rest = unaccented(password)
    for word in sorted(words | {word[::-1] for word in words}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest


def without_walks(password: str) -> str:
    """The folded password without walks over the keyboard (AZERTY, QWERTY, alphabet) and without repeated signs."""
    signs = unaccented(password)
    neighbours = _neighbours()
    kept, run = "", signs[:1]
    for before, sign in pairwise(signs):
        if (before, sign) in neighbours or before == sign:
            run += sign
            continue
        kept += run if len(run) < WALK else ""
        run = sign
    return kept + (run if len(run) < WALK else "")


def unit_of(password: str) -> str:
    """The group of signs that the password repeats, or the password itself when it repeats nothing."""
    signs = unaccented(password)
    for size in range(1, len(signs) // 2 + 1):
        unit = signs[:size]
        if signs == (unit * (len(signs) // size + 1))[: len(signs)]:
            return unit
    return signs


def stem_of(password: str) -> str:
    """The folded password without the figures and punctuation that people add at both ends of a word."""
    return re.sub(r"^[^a-z]+|[^a-z]+$", "", unaccented(password))


def is_long_enough(rest: str) -> bool:
    """Whether what remains of a password is still a secret."""
    return len(rest) >= LEAST_REMAINDER


def _neighbours() -> set[tuple[str, str]]:
    """Pairs of keys that touch: along a row in both directions, and from a row to the next one."""
    pairs: set[tuple[str, str]] = set()
    for layout in (AZERTY, QWERTY, ALPHABET):
        for row in layout:
            pairs |= set(pairwise(row))
        for upper, lower in pairwise(layout):
            pairs |= set(zip(upper, lower, strict=False))
    return pairs | {(after, before) for before, after in pairs}
