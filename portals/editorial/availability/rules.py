"""How long the site was away. Pure."""

import datetime
from collections.abc import Iterable

ANNOUNCED_FOR = datetime.timedelta(days=7)
"""A planned maintenance is on every page this long before it begins, and until it ends."""
LOG_DAYS = 730
"""What the public log shows; the PDF has the same lines."""


def duration_in_words(begins_at: datetime.datetime, ends_at: datetime.datetime | None) -> str:
    """« 2 h 05 », « 35 min », « 3 j 4 h »; « en cours » without an end."""
    if ends_at is None:
        return "en cours"
    minutes = max(1, int((ends_at - begins_at).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes}\u00a0min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}\u00a0h\u00a0{minutes:02}" if minutes else f"{hours}\u00a0h"
    days, hours = divmod(hours, 24)
    return f"{days}\u00a0j\u00a0{hours}\u00a0h" if hours else f"{days}\u00a0j"


def time_away(
    spans: Iterable[tuple[datetime.datetime, datetime.datetime]], since: datetime.datetime, until: datetime.datetime
) -> datetime.timedelta:
    """How long at least one interruption lasted between two instants; what overlaps counts once."""
    total, reached = datetime.timedelta(), since
    for begins_at, ends_at in sorted(spans):
        begin, end = max(begins_at, reached), min(ends_at, until)
        if end > begin:
            total += end - begin
            reached = end
    return total
