"""How each space keeps the accounts of those whom it pays. Spaces register themselves; this room knows none of them."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portals.accounts.models import Account, Space


class NoPayee(LookupError):
    """Nobody has said how accounts are kept in this space."""


@dataclass(frozen=True)
class Approver:
    """Somebody who may approve a change that another person asked, from a day on: newcomers wait."""

    account: Account
    from_day: datetime.date


def nobody_else(_subject_id: int, _asked_by: Account) -> Sequence[Approver]:
    """Where one person decides alone."""
    return ()


@dataclass(frozen=True)
class Payee:
    """What a space answers about a person, company or professional, by its id. Called in the holder's row context.

    `subject` is whose key seals; `current` the IBAN in force, empty without one; `write` puts another one in force;
    `address` the e-mail address on file, empty without one; `page` the URL name of the page that shows changes;
    `approvers` who else must agree with what somebody asks: one of them does (`approval.py`), nobody when it is empty.
    """

    subject: Callable[[int], str]
    current: Callable[[int], str]
    write: Callable[[int, str], None]
    address: Callable[[int], str]
    page: str
    approvers: Callable[[int, Account], Sequence[Approver]] = nobody_else


_payees: dict[str, Payee] = {}


def register(space: Space, payee: Payee) -> None:
    _payees[space] = payee


def payee_of(space: str) -> Payee:
    """Raises NoPayee."""
    try:
        return _payees[space]
    except KeyError:
        raise NoPayee(space) from None
