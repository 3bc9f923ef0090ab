"""When an invitation is good, and what its link proves. Pure: no database, no clock."""

import datetime
import hashlib
from enum import StrEnum

INVITATION_LIFETIME = datetime.timedelta(days=7)
TOKEN_BYTES = 32


class DelegationState(StrEnum):
    """Where an invitation stands at an instant."""

    STANDING = "standing"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


def delegation_state(
    *,
    accepted_at: datetime.datetime | None,
    revoked_at: datetime.datetime | None,
    expires_at: datetime.datetime,
    now: datetime.datetime,
) -> DelegationState:
    """The state at `now`; an invitation is over at `expires_at` itself."""
    if accepted_at is not None:
        return DelegationState.ACCEPTED
    if revoked_at is not None:
        return DelegationState.REVOKED
    return DelegationState.EXPIRED if now >= expires_at else DelegationState.STANDING


def hash_of(token: str) -> bytes:
    """What is kept of a link's secret. 256 bits of chance need no slow hash."""
    return hashlib.sha256(token.encode()).digest()
