"""The page « Mes données »: each room of privacy adds its panel, in one of the two columns.

    register(Panel("choices", column=1, order=20, template="privacy/consents/panel.html", context=choices_panel))

A panel's context is read in the row context of the request; a panel whose context is None is not shown. Panels of rows that
most people do not have say which (`Kept`): one query reads those of all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from portals.accounts.models import Account

type PanelContext = Callable[[HttpRequest, Account], Mapping[str, Any] | None]
type KeptContext = Callable[[HttpRequest, Account, list[Any]], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Kept:
    """Rows of a panel, in their order, at most `most`; None instead of rows: the panel is not for this account.

    `fields`: what is read of them. `context` is given these rows; without any, the panel shows `without`.
    """

    rows: Callable[[HttpRequest, Account], "QuerySet[Any] | None"]
    fields: tuple[str, ...]
    context: KeptContext
    most: int = 1
    without: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Panel:
    """`order` counts within its column, 1 or 2. The template draws a whole `<section class="section">`."""

    name: str
    column: int
    order: int
    template: str
    context: PanelContext | Kept


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


def drawn(request: HttpRequest, account: Account) -> dict[int, list[Drawn]]:
    """The panels of each column, in order."""
    panels = sorted(_panels.values(), key=lambda one: one.order)
    kept = {one.name: one.context for one in panels if isinstance(one.context, Kept)}
    asked = {name: (one, rows) for name, one in kept.items() if (rows := one.rows(request, account)) is not None}
    found = _found(asked)
    columns: dict[int, list[Drawn]] = {1: [], 2: []}
    for panel in panels:
        context: Mapping[str, Any] | None
        if not isinstance(panel.context, Kept):
            context = panel.context(request, account)
        elif panel.name in found:
            context = panel.context.context(request, account, found[panel.name])
        else:
            context = panel.context.without if panel.name in asked else None
        if context is not None:
            columns[panel.column].append(Drawn(panel.template, context))
    return columns


def _found(asked: "Mapping[str, tuple[Kept, QuerySet[Any]]]") -> dict[str, list[Any]]:
    """The rows of each panel that has some. One query, whatever their number."""
    parts = [
        rows.annotate(panel=Value(name), told=JSONObject(**{field: field for field in kept.fields})).values_list(
            "panel", "told"
        )[: kept.most]
        for name, (kept, rows) in asked.items()
    ]
    found: dict[str, list[Any]] = {}
    for name, told in parts[0].union(*parts[1:], all=True) if parts else ():
        model = asked[name][1].model
        row = model(**{field: model._meta.get_field(field).to_python(value) for field, value in told.items()})
        found.setdefault(name, []).append(row)
    return found
