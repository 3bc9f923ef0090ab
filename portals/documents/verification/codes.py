"""Verification codes: `7KQM-2XHD-94TB`, sixty random bits that somebody can read out on the telephone. Pure."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs that nobody mistakes for one another."""

SIGNS, GROUP = 12, 4
CODE = re.compile(rf"[{ALPHABET}]{{{GROUP}}}(?:-[{ALPHABET}]{{{GROUP}}}){{{SIGNS // GROUP - 1}}}")
NO_CODE = "-"
"""Looked for when nothing was claimed, so that every answer costs the same. No code is ever this one."""


def new_code() -> str:
    """A code that nobody can guess."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(SIGNS)))


def as_typed(text: str) -> str | None:
    """The code that somebody typed, with or without hyphens and spaces, in any case; None when it cannot be one.

    Cards have numbers of the same form with a few other signs: any letter and digit is let through.
    """
    signs = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())
    return _grouped(signs) if len(signs) == SIGNS else None


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))
