"""Who looked this month, on « Mes données »: the sentence at the head of the page, and the last three looks."""

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from portals.access.entry import entry_of
from portals.accounts.models import Account
from privacy.looks.reading import Told, told_of
from privacy.looks.registry import source_of
from privacy.rights import panels

SHOWN = 3

_told_to: WeakKeyDictionary[HttpRequest, Told] = WeakKeyDictionary()
"""The sentence and the list of one page are read once, and forgotten with its request."""


def headline(request: HttpRequest, account: Account) -> str:
    """How many times others looked this month; empty when nobody did."""
    told = _told(request, account)
    return render_to_string("privacy/looks/headline.html", {"count": told.count}) if told.count else ""


def panel(request: HttpRequest, account: Account) -> Mapping[str, Any] | None:
    """The last looks of the month by others."""
    told = _told(request, account)
    return {"looks": told.looks[:SHOWN], "more": max(0, len(told.looks) - SHOWN)}


def _told(request: HttpRequest, account: Account) -> Told:
    if request not in _told_to:
        grant = entry_of(request).grant
        source = source_of(account.space) if grant else None
        persons = list(source.persons(grant)) if source and grant else []
        person = persons[0] if persons else None
        _told_to[request] = told_of(account, person, timezone.localdate().replace(day=1), source, grant)
    return _told_to[request]


panels.register(panels.Panel("looks", column=1, order=10, template="privacy/looks/panel.html", context=panel))
panels.register_headline(headline)
