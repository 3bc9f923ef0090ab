"""What a deletion does to an account, and when. Pure: no database, no clock."""

import datetime
from typing import Any

from portals.accounts.models import Space

COOLING_OFF = datetime.timedelta(days=7)
"""Between the request and the deletion; until then it can be cancelled, and nothing changes."""

DELETED_NAME = "Compte supprimé"
DELETED_ORGANISATION = "compte supprimé"

KEPT = {
    "identifier": "an identifier is never given twice (CGU-2.2)",
    "space": "tells what the grants and the journal speak of",
    "state": "closed",
    "accepted_terms": "the proof of the contract",
    "created_at": "the life of the contract",
    "closed_at": "the life of the contract",
}
"""The fields of an account that its deletion leaves, and why. `personal_data.py` calls for the others to go."""


def emptied(space: str) -> dict[str, Any]:
    """What is written over the others. Accounts of organisations must name one."""
    return {
        "display_name": DELETED_NAME,
        "organisation_name": "" if space == Space.MEMBER else DELETED_ORGANISATION,
        "email": "",
        "temporary_password_until": None,
        "must_choose_password": False,
        "last_login": None,
        "password_changed_at": None,
        "second_factor_asked": False,
        "locked_at": None,
    }
