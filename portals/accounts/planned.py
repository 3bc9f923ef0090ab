"""The nightly care of accounts."""

import datetime

from portals.accounts.known_networks import forget_unused
from portals.accounts.security.sessions import forget_history
from portals.jobs.schedules import daily


def forget_networks(planned_for: datetime.datetime) -> None:
    forget_unused(now=planned_for)


def forget_sessions(planned_for: datetime.datetime) -> None:
    forget_history(now=planned_for)


daily("accounts.sessions", at=datetime.time(4, 20), run=forget_sessions)
daily("accounts.known_networks", at=datetime.time(4, 15), run=forget_networks)
