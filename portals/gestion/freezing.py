"""Records whose use is frozen (GDPR, art. 18): their pages say so, and those that would use them take nothing.

The core knows no restriction. Whoever does registers, for each model, what finds one in a row:

    register("members.Representation", lambda row: Notice("…", refuses=True))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse

SAFE = {"GET", "HEAD", "OPTIONS"}


class Frozen(PermissionDenied):
    """Something new would be made of data whose use is frozen."""


@dataclass(frozen=True)
class Notice:
    """What staff read. `refuses`: nothing is changed from this page; otherwise the law lets it go on (what is owed)."""

    words: str
    refuses: bool


type Finder = Callable[[Any], Notice | None]
_finders: dict[str, Finder] = {}


def register(label: str, finder: Finder) -> None:
    _finders[label] = finder


def notice_of(row: models.Model | None) -> Notice | None:
    """What is to be read on the page of this row, if its use is frozen."""
    finder = _finders.get(row._meta.label) if row is not None else None
    return finder(row) if finder and row is not None else None


def notice_at(model: type[models.Model], key: object) -> Notice | None:
    """The same, for the page at this key; nothing when no row of this model is ever frozen."""
    if model._meta.label not in _finders or not str(key).isdecimal():
        return None
    return notice_of(model._default_manager.filter(pk=key).first())


def refusal(request: HttpRequest, notice: Notice) -> TemplateResponse:
    """The answer to a change of what is frozen: nothing was done."""
    context = {"title": "Usage limité", "frozen": notice}
    return TemplateResponse(request, "admin/frozen.html", context, status=409)
