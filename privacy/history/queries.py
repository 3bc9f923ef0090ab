"""The entries of one account, a month and a page at a time."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from privacy.audit.kinds import OperationKind, actions_of
from privacy.audit.models import Entry
from privacy.audit.searching import between, month_of

PAGE = 25


@dataclass(frozen=True)
class Cursor:
    """Where a page of the journal begins: after this entry, newest first."""

    at: datetime.datetime
    number: int

    def __str__(self) -> str:
        return f"{self.at.timestamp():.6f}-{self.number}"


def cursor_asked(text: str) -> Cursor | None:
    """The place that an address names; None for anything else."""
    seconds, _, number = text.partition("-")
    try:
        at = datetime.datetime.fromtimestamp(float(seconds), tz=datetime.UTC)
        return Cursor(at, int(number)) if number.isdecimal() and len(number) < 18 else None
    except (ValueError, OverflowError, OSError):
        return None


def page_after(entries: QuerySet[Entry], cursor: Cursor | None, size: int = PAGE) -> tuple[list[Entry], Cursor | None]:
    """The next entries, newest first, and where the page after them begins. One query, whatever the number of pages."""
    if cursor is not None:
        # The first condition bounds the index; the second one says where exactly.
        entries = entries.filter(at__lte=cursor.at).filter(Q(at__lt=cursor.at) | Q(id__lt=cursor.number))
    found = list(entries.order_by("-at", "-id")[: size + 1])
    return found[:size], Cursor(found[size - 1].at, found[size - 1].pk) if len(found) > size else None


def own_entries(account_id: int, month: datetime.date, kind: OperationKind | None = None) -> QuerySet[Entry]:
    """What an account did in a month of Paris, by the index `journal_account` of that month's partition."""
    entries = between(*month_of(month)).filter(account_id=account_id)
    return entries if kind is None else entries.filter(action__in=actions_of(kind))


def own_entry(account_id: int, month: datetime.date, number: int) -> Entry | None:
    """One entry of the account; None for somebody else's, or when there is none of this number in that month."""
    return own_entries(account_id, month).filter(pk=number).first()
