"""How often a secret may be tried and a form posted (docs/decisions/limits.md). Credentials fail closed.

reservation = limits.reserve_password_check(identifier, network)   # before the hash; raises LimitReached
if account.check_password(typed):
    reservation.refund()
limits.count(limits.RECOVERY_BY_NETWORK, network)                  # a form that sends mail
"""

from portals.accounts.limits.budgets import (
    CODE,
    PASSWORD,
    Budget,
    Reservation,
    reserve,
    reserve_code_check,
    reserve_password_check,
    welcome_back,
)
from portals.accounts.limits.counters import (
    METER_BY_NETWORK,
    METER_BY_SESSION,
    RECOVERY_BY_CLAIM,
    RECOVERY_BY_NETWORK,
    RESET_LINK_BY_NETWORK,
    SIGN_IN_BY_NETWORK,
    SIGN_UP_BY_CLAIM,
    SIGN_UP_BY_NETWORK,
    Limit,
    LimitReached,
    count,
    count_each,
)
from portals.accounts.limits.pages import in_words, wait_page

__all__ = [
    "CODE",
    "METER_BY_NETWORK",
    "METER_BY_SESSION",
    "PASSWORD",
    "RECOVERY_BY_CLAIM",
    "RECOVERY_BY_NETWORK",
    "RESET_LINK_BY_NETWORK",
    "SIGN_IN_BY_NETWORK",
    "SIGN_UP_BY_CLAIM",
    "SIGN_UP_BY_NETWORK",
    "Budget",
    "Limit",
    "LimitReached",
    "Reservation",
    "count",
    "count_each",
    "in_words",
    "reserve",
    "reserve_code_check",
    "reserve_password_check",
    "wait_page",
    "welcome_back",
]
