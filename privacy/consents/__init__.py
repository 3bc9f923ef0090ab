"""What people accept and refuse: purposes, the ledger of their choices, and `may_use`, the only door to a use."""

from privacy.consents.holders import Holder
from privacy.consents.queries import may_use, usable
from privacy.consents.rules import Channel

__all__ = ["Channel", "Holder", "may_use", "usable"]
