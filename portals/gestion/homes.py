"""The home of a role: a room may give its own people another first page than the list of all that they may open."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from portals.accounts.models import Account

type Home = Callable[[HttpRequest, dict[str, Any]], TemplateResponse]

_homes: dict[str, Home] = {}


def register(permission: str, home: Home) -> None:
    """`home` is the first page of whoever holds `permission`. Called when the app is ready."""
    _homes[permission] = home


def home_of(account: Account) -> Home | None:
    """The first page of this account; None for the ordinary one."""
    return next((home for permission, home in _homes.items() if account.has_perm(permission)), None)
