"""When a job is tried again, and what becomes of one whose worker died. Pure: no clock, no database."""

import datetime

from portals.jobs.models import JobState

FIRST_PAUSE = datetime.timedelta(seconds=10)
LONGEST_PAUSE = datetime.timedelta(hours=1)

LEASE = datetime.timedelta(seconds=10)
"""How long a claimed job may stay without a live transaction before another worker may have it."""


def pause_after(attempts: int) -> datetime.timedelta:
    """How long to wait after this many failed attempts: 10 s, 20 s, 40 s… at most an hour."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


def state_after_loss(state: JobState, *, attempts: int, max_attempts: int, resend: bool) -> JobState:
    """What a job becomes when its worker vanished in `state` (running or sending).

    A lost run left nothing behind, so it is due again. A lost sending may have left: it is sent again only if the
    kind says that it may be.
    """
    if state == JobState.SENDING and not resend:
        return JobState.UNKNOWN
    return JobState.FAILED if attempts >= max_attempts else JobState.DUE
