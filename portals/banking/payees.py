"""How each space keeps the accounts of those whom it pays. Spaces register themselves; this room knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from portals.accounts.models import Space


class NoPayee(LookupError):
    """Nobody has said how accounts are kept in this space."""


@dataclass(frozen=True)
class Payee:
    """What a space answers about a person, company or professional, by its id. Called in the holder's row context.

    `subject` is whose key seals; `current` the IBAN in force, empty without one; `write` puts another one in force;
    `address` the e-mail address on file, empty without one; `page` the URL name of the page that shows changes.
    """

    subject: Callable[[int], str]
    current: Callable[[int], str]
    write: Callable[[int, str], None]
    address: Callable[[int], str]
    page: str


_payees: dict[str, Payee] = {}


def register(space: Space, payee: Payee) -> None:
    _payees[space] = payee


def payee_of(space: str) -> Payee:
    """Raises NoPayee."""
    try:
        return _payees[space]
    except KeyError:
        raise NoPayee(space) from None
