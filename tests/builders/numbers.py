"""Numbers that no other row of the run has."""

import datetime
import itertools

COVERED_SINCE = datetime.date(2022, 1, 1)

_sequence = itertools.count(1)


def number() -> int:
    """A number that no other row of the run has."""
    return next(_sequence)
