"""What speaks of health goes to the medical adviser by a sealed way, which the room that keeps it registers here.

Without one, or while it is closed, it goes by post (`templates/portals/correspondence/post.html`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from portals.accounts.models import Account, Space

TOPIC = "medical"
"""The topic that is never written about here."""


@dataclass(frozen=True)
class SealedWay:
    """`view`: the name of the page, which takes `text` and asks for what it needs. `is_open`: whether it runs now."""

    view: str
    is_open: Callable[[], bool]


_ways: dict[str, SealedWay] = {}


def register(space: Space, way: SealedWay) -> None:
    """Called from `AppConfig.ready`."""
    _ways[space] = way


def sealed_way(account: Account) -> str | None:
    """The address of the sealed page for this account; None without one that is open."""
    way = _ways.get(account.space)
    return reverse(way.view) if way is not None and way.is_open() else None


def speaks_of_health(posted: Mapping[str, object]) -> bool:
    """Whether whoever wrote says so: nothing of it is kept here, not even as a draft."""
    return posted.get("medical") == "yes" or posted.get("topic") == TOPIC
