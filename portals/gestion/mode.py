"""Mode gestion: staff rights are switched on, and lapse 30 minutes later whatever was done meanwhile (security.md).

The instant at which it lapses is kept in the session on the server. Without it, a staff account is an account like
any other: it reads the public pages and its own.
"""

import time

from django.http import HttpRequest

from portals.accounts.models import Account
from portals.accounts.sessions import is_verified
from portals.gestion.conditions import asked_of
from portals.signals import announce

LASTS = 30 * 60
UNTIL = "gestion_until"
MOTIVE = "gestion_motive"


class NotStaff(Exception):
    """Mode gestion was asked for by an account that is not staff, or without a second factor."""


class StillAsked(Exception):
    """Something that is asked of all staff, such as the charter, is to be done before the rights switch on."""


def is_staff(request: HttpRequest) -> bool:
    """Whether the request comes from a staff account that may sign in."""
    account = request.user
    return isinstance(account, Account) and account.is_staff and account.is_active


def is_on(request: HttpRequest) -> bool:
    """Whether staff rights are on for this request: staff, second factor given, switched on less than 30 minutes ago."""
    until = request.session.get(UNTIL)
    return is_staff(request) and is_verified(request) and until is not None and time.time() < until


def lapses_at(request: HttpRequest) -> float | None:
    """When the rights lapse (seconds since the epoch); None while they are off."""
    return request.session[UNTIL] if is_on(request) else None


def motive(request: HttpRequest) -> str:
    """Why the rights were switched on: a code of `SwitchMotive`, or nothing."""
    return str(request.session.get(MOTIVE, "")) if is_on(request) else ""


def switch_on(request: HttpRequest, *, by: Account, motive: str) -> None:
    """Open the rights for 30 minutes from now. Raises NotStaff or StillAsked."""
    if not is_staff(request) or not is_verified(request):
        raise NotStaff
    if any(asked.blocks for asked in asked_of(by)):
        raise StillAsked
    request.session[UNTIL] = time.time() + LASTS
    request.session[MOTIVE] = motive
    announce("gestion.switched_on", by=by, object_kind="account", object_id=by.pk, details={"motive": motive})


def switch_off(request: HttpRequest, *, by: Account) -> None:
    """Give the rights back before they lapse."""
    if request.session.pop(UNTIL, None) is not None:
        announce("gestion.switched_off", by=by, object_kind="account", object_id=by.pk)
