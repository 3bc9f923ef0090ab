"""What stands below the text of a legal page in force: the part that is computed, by the floor that knows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portals.editorial.legal.models import Page


@dataclass(frozen=True)
class Annex:
    """`template` is drawn with `facts()` alone. `anchor` is the address of the section in the page; the words are French."""

    page: Page
    anchor: str
    title: str
    lead: str
    template: str
    facts: Callable[[], Mapping[str, Any]]


_annexes: list[Annex] = []


def register_annex(annex: Annex) -> None:
    """Called from `AppConfig.ready`; a second time with the same one changes nothing."""
    if annex not in _annexes:
        _annexes.append(annex)


def annexes_of(page: str) -> list[Annex]:
    return [annex for annex in _annexes if annex.page == page]
