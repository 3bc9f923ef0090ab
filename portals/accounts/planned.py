"""The nightly care of accounts."""

import datetime

from portals.accounts.known_networks import forget_unused
from portals.jobs.schedules import daily


def forget_networks(planned_for: datetime.datetime) -> None:
    forget_unused(now=planned_for)


daily("accounts.known_networks", at=datetime.time(4, 15), run=forget_networks)
