"""How the shared core tells what happens, without knowing who listens (`privacy.audit` does)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.dispatch import Signal

if TYPE_CHECKING:
    from portals.accounts.models import Account

type Details = Mapping[str, str | int]


@dataclass(frozen=True)
class Concerned:
    """Whose record an operation shows or touches, beside whom the account acts for: insured persons, accounts."""

    persons: frozenset[int] = frozenset()
    accounts: frozenset[int] = frozenset()

    def __or__(self, other: "Concerned") -> "Concerned":
        return Concerned(self.persons | other.persons, self.accounts | other.accounts)


NOBODY = Concerned()

# Sent inside the transaction of the operation, so that what listens is committed with it or not at all.
operation = Signal()


def announce(
    action: str,
    *,
    by: "Account | None",
    object_kind: str = "",
    object_id: int | str = "",
    result: str = "done",
    details: Details | None = None,
    concerned: Concerned = NOBODY,
) -> None:
    """Announce an operation. Names and numbers of things only: no personal value in any argument."""
    operation.send(
        sender=None,
        action=action,
        by=by,
        object_kind=object_kind,
        object_id=object_id,
        result=result,
        details=details or {},
        concerned=concerned,
    )
