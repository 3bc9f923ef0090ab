"""Which version of a text held for whom, and when. Pure: no database, no clock. Days include both ends."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Version(Protocol):
    """A dated version (`LegalDocument`)."""

    plan_id: int | None
    group_contract: str
    valid_from: datetime.date
    valid_to: datetime.date | None


@dataclass(frozen=True)
class Stretch:
    """Somebody was covered under a plan, and a group contract or none (""), from a day to another (None: still is)."""

    plan_id: int
    group_contract: str
    start: datetime.date
    end: datetime.date | None

    def holds_on(self, day: datetime.date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


def concerns(document: Version, stretch: Stretch) -> bool:
    """Whether the text is one of this contract, whatever the dates."""
    return (document.plan_id is None or document.plan_id == stretch.plan_id) and (
        not document.group_contract or document.group_contract == stretch.group_contract
    )


def in_force(document: Version, day: datetime.date) -> bool:
    return document.valid_from <= day and (document.valid_to is None or day <= document.valid_to)


def applied(document: Version, stretches: Iterable[Stretch], day: datetime.date) -> bool:
    """Whether the version held for the person on a day."""
    return in_force(document, day) and any(
        concerns(document, stretch) for stretch in stretches if stretch.holds_on(day)
    )


def is_readable(document: Version, stretches: Iterable[Stretch]) -> bool:
    """Whether the person may read the version: it held at some time of a cover of theirs, or it is of one still running.

    The coming version of a running contract is readable ahead, as the law asks for changes to be told before.
    """
    return any(concerns(document, stretch) and _meet(document, stretch) for stretch in stretches)


def _meet(document: Version, stretch: Stretch) -> bool:
    begins_in_time = stretch.end is None or document.valid_from <= stretch.end
    return begins_in_time and (document.valid_to is None or document.valid_to >= stretch.start)
