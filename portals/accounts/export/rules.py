"""How often an archive may be asked for and how long it is kept. Pure: no database, no clock."""

import datetime

PAUSE = datetime.timedelta(days=1)
KEPT = datetime.timedelta(days=7)


def next_request(last: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime | None:
    """When the next archive may be asked for; None when it may be now."""
    if last is None or last + PAUSE <= now:
        return None
    return last + PAUSE
