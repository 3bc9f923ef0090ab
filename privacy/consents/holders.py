"""Whose choices they are, and who may make them. A space that has persons registers its own answers when it is ready.

    holders.register(Space.MEMBER, Registrar(choosers_of, find))

In a space without any, an account chooses for itself.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from portals.access.entry import account_of
from portals.access.models import Grant
from portals.accounts.models import Space
from privacy.consents.rules import Capacity


@dataclass(frozen=True)
class Holder:
    """Of whom a choice speaks: a person of a household, or an account of another space (`tenant_id` None)."""

    space: str
    subject_id: int
    tenant_id: int | None = None


@dataclass(frozen=True)
class Chooser:
    """A holder for whom the request may choose, by which right, and how the page names them (`Vous` when it is one)."""

    holder: Holder
    name: str
    capacity: Capacity


@dataclass(frozen=True)
class Found:
    """A person as staff find them."""

    holder: Holder
    name: str


@dataclass(frozen=True)
class Registrar:
    """What a space knows. `find` takes a number and a birth date; it runs in the staff's scope."""

    choosers_of: Callable[[HttpRequest], list[Chooser]]
    find: Callable[[str, datetime.date], list[Found]]


_registrars: dict[str, Registrar] = {}


def register(space: Space, registrar: Registrar) -> None:
    """Called from `AppConfig.ready`."""
    _registrars[space] = registrar


def choosers_of(request: HttpRequest) -> list[Chooser]:
    """For whom the request may choose, oneself first. Raises PermissionDenied as the space does."""
    account = account_of(request)
    registrar = _registrars.get(account.space)
    if registrar is not None:
        return registrar.choosers_of(request)
    return [Chooser(Holder(account.space, account.pk), account.display_name, Capacity.SELF)]


def find(number: str, birth_date: datetime.date) -> list[Found]:
    """Persons of any space that has some."""
    return [found for registrar in _registrars.values() for found in registrar.find(number, birth_date)]


def holder_of_grant(grant: Grant) -> Holder:
    """The holder that a grant acts for."""
    if grant.space == Space.MEMBER:
        return Holder(grant.space, grant.subject_id, grant.tenant_id)
    return Holder(grant.space, grant.account_id)
