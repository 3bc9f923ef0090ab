"""How often an account and its practice may verify: counted in Valkey before anything is read, and closed without it."""

import datetime

from portals.accounts.limits import Limit, LimitReached, count_each
from portals.accounts.models import Account
from providers.rights.rules import A_DAY, A_MINUTE, PARIS, seconds_to_midnight

ACCOUNT_MINUTE = Limit("rights account minute", A_MINUTE, 60)
PRACTICE_MINUTE = Limit("rights practice minute", A_MINUTE, 60)
ACCOUNT_DAY = Limit("rights account day", A_DAY, 24 * 3600)
PRACTICE_DAY = Limit("rights practice day", A_DAY, 24 * 3600)


class QuotaReached(Exception):
    """`seconds` to wait. `is_daily`: the day's quota, which begins again at 0 h in Paris."""

    def __init__(self, seconds: int, *, is_daily: bool) -> None:
        super().__init__("too many lookups")
        self.seconds = seconds
        self.is_daily = is_daily


def take(account: Account, professional_id: int, now: datetime.datetime) -> None:
    """Count one question. Raises QuotaReached."""
    today = now.astimezone(PARIS).date().isoformat()
    of_account, of_practice = str(account.pk), str(professional_id)
    try:
        reached = count_each(
            (ACCOUNT_MINUTE, (of_account,)), (PRACTICE_MINUTE, (of_practice,)), (ACCOUNT_DAY, (of_account, today)),
            (PRACTICE_DAY, (of_practice, today)),
        )  # fmt: skip
    except LimitReached as unknown:
        raise QuotaReached(unknown.seconds, is_daily=False) from unknown
    if reached in (ACCOUNT_DAY, PRACTICE_DAY):
        raise QuotaReached(seconds_to_midnight(now), is_daily=True)
    if reached is not None:
        raise QuotaReached(reached.seconds, is_daily=False)
