"""How often an archive may be asked for, how long it and its links are kept. Pure: no database, no clock."""

import datetime

PAUSE = datetime.timedelta(days=1)
KEPT = datetime.timedelta(days=7)
LINK = datetime.timedelta(hours=24)
"""How long a link to an archive may be used, once."""


def percentage(done: int, total: int) -> int:
    """What is done, in whole hundredths; 100 is for an archive that is there."""
    return min(99, 100 * done // total) if total else 0


def next_request(last: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime | None:
    """When the next archive may be asked for; None when it may be now."""
    if last is None or last + PAUSE <= now:
        return None
    return last + PAUSE
