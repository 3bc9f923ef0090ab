"""Whom a campaign may be for. Each space registers its own audience, made of facts of the contract alone (PDP-5.1)."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from portals.accounts.models import Space
from privacy.consents.holders import Holder

type Criteria = Mapping[str, Any]


@dataclass(frozen=True)
class Recipient:
    """An account, and the person whose choices count."""

    holder: Holder
    account_id: int


@dataclass(frozen=True)
class Audience:
    """`form` has the fields of the criteria, `wrong` tells which do not go together, `kept` makes JSON of the answers.

    `words` tells them in French.

    `recipients` reads as the role `campaigns`, which refuses anything else than the contract.
    """

    label: str
    form: type[forms.Form]
    wrong: Callable[[Mapping[str, Any]], dict[str, str]]
    kept: Callable[[Mapping[str, Any]], dict[str, Any]]
    words: Callable[[Criteria], str]
    recipients: Callable[[Criteria, datetime.date], list[Recipient]]


class NoAudience(LookupError):
    """The space has nobody to write to."""


_audiences: dict[str, Audience] = {}


def register(space: Space, audience: Audience) -> None:
    """Called from `AppConfig.ready`."""
    _audiences[space] = audience


def audience_of(space: str) -> Audience:
    """Raises NoAudience."""
    try:
        return _audiences[space]
    except KeyError:
        raise NoAudience(space) from None
