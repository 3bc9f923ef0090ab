"""Nobody copies the directory (CGU-6.4): searches are counted for each account, over ten minutes and over a day."""

from portals.accounts.limits import Limit, count
from portals.accounts.models import Account

SEARCHES_AT_ONCE = Limit("directory searches", 60, 600)
SEARCHES_A_DAY = Limit("directory day", 300, 24 * 3600)
SUGGESTIONS = Limit("directory suggestions", 600, 600)


def count_search(account: Account) -> None:
    """Raises LimitReached."""
    count(SEARCHES_AT_ONCE, str(account.pk))
    count(SEARCHES_A_DAY, str(account.pk))


def count_suggestion(account: Account) -> None:
    """Raises LimitReached."""
    count(SUGGESTIONS, str(account.pk))
