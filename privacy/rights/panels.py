"""The page « Mes données »: each room of privacy adds its panel, in one of the two columns.

    register(Panel("choices", column=1, order=20, template="privacy/consents/panel.html", context=choices_panel))

A panel's context is read in the row context of the request; a panel whose context is None is not shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from portals.accounts.models import Account

type PanelContext = Callable[[HttpRequest, Account], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """`order` counts within its column, 1 or 2. The template draws a whole `<section class="section">`."""

    name: str
    column: int
    order: int
    template: str
    context: PanelContext


@dataclass(frozen=True)
class Drawn:
    template: str
    context: Mapping[str, Any]


_panels: dict[str, Panel] = {}
_headlines: list[Callable[[HttpRequest, Account], str]] = []


def register(panel: Panel) -> None:
    _panels[panel.name] = panel


def register_headline(headline: Callable[[HttpRequest, Account], str]) -> None:
    """The sentence at the head of the page, as safe HTML; empty to leave the one of the room of rights."""
    _headlines.append(headline)


def headline_of(request: HttpRequest, account: Account) -> str:
    return next((words for headline in _headlines if (words := headline(request, account))), "")


def drawn(request: HttpRequest, account: Account, column: int) -> list[Drawn]:
    """The panels of a column, in order."""
    panels = sorted((one for one in _panels.values() if one.column == column), key=lambda one: one.order)
    contexts = [(panel, panel.context(request, account)) for panel in panels]
    return [Drawn(panel.template, context) for panel, context in contexts if context is not None]
