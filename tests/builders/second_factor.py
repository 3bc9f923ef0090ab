"""Devices of accounts, and the codes that they show."""

import time

from portals.accounts.models import Account
from portals.accounts.second_factor import rules
from portals.accounts.second_factor.actions import enrol_totp
from portals.accounts.second_factor.models import TotpDevice


def totp(account: Account, *, name: str = "Téléphone") -> tuple[TotpDevice, bytes]:
    """An application of codes that is confirmed, and its key."""
    key = rules.draw_key()
    return enrol_totp(by=None, account=account, key=key, name=name), key


def code_of(key: bytes, *, steps: int = 0) -> str:
    """What the application shows now, or that many half-minutes later."""
    return rules.code_of_step(key, int(time.time()) // rules.STEP_SECONDS + steps)
