"""The first password: readable on paper, single use, 24 hours, replaced at the first sign-in (CGU-2.3, T1)."""

import datetime
import secrets

# No 0/O, 1/I/L, 5/S, 2/Z, 8/B, U/V: whoever copies it from a telephone reads one thing only.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
GROUPS = 5
GROUP_LENGTH = 4
LIFETIME = datetime.timedelta(hours=24)


def draw() -> str:
    """Five groups of four signs, e.g. `7KQM-4DHA-…`: 23²⁰ possibilities, a little over 90 bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def is_over(until: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Whether a temporary password valid until `until` is no longer good; a password chosen by its owner never is."""
    return until is not None and now >= until
