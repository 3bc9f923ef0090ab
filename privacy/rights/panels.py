"""The page « Mes données »: each room of privacy adds its panel, in one of the two columns.

    register(Panel("choices", column=1, order=20, template="privacy/consents/panel.html", context=choices_panel))

A panel's context is read in the row context of the request; a panel whose context is None is not shown. Panels that show
rows which most people do not have tell which ones (`rows`): one query asks for all of them whether there is any.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.http import HttpRequest

from portals.accounts.models import Account

type PanelContext = Callable[[HttpRequest, Account], Mapping[str, Any] | None]
type PanelRows = Callable[[HttpRequest, Account], "QuerySet[Any] | None"]


@dataclass(frozen=True)
class Panel:
    """`order` counts within its column, 1 or 2. The template draws a whole `<section class="section">`.

    `rows`: what the panel is about; the context is asked for when there is at least one, `without` is shown otherwise.
    None instead of rows: the panel is not for this account.
    """

    name: str
    column: int
    order: int
    template: str
    context: PanelContext
    rows: PanelRows | None = None
    without: Mapping[str, Any] | None = None


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
    sources = {panel.name: panel.rows(request, account) for panel in panels if panel.rows}
    present = _present({name: rows for name, rows in sources.items() if rows is not None})
    columns: dict[int, list[Drawn]] = {1: [], 2: []}
    for panel in panels:
        if panel.name in sources and panel.name not in present:
            context = panel.without if sources[panel.name] is not None else None
        else:
            context = panel.context(request, account)
        if context is not None:
            columns[panel.column].append(Drawn(panel.template, context))
    return columns


def _present(sources: "Mapping[str, QuerySet[Any]]") -> set[str]:
    """Those that have a row. One query, whatever their number."""
    parts = [
        rows.order_by().annotate(panel=Value(name)).values_list("panel", flat=True)[:1]
        for name, rows in sources.items()
    ]
    return set(parts[0].union(*parts[1:], all=True)) if parts else set()
