"""Whose directives they are, and who may write them. A space that has persons registers its own answers when it is ready.

    holders.register(Space.MEMBER, People(writers_of, name_of, born_on, emails_of))

In a space without any, an account writes its own.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from portals.access.entry import account_of, entry_of
from portals.accounts.models import Account, Space
from privacy.consents.holders import Holder
from privacy.directives.rules import Capacity


@dataclass(frozen=True)
class Writer:
    """A holder whose directives the request may write, by which right, and how the page names them."""

    holder: Holder
    name: str
    capacity: Capacity


@dataclass(frozen=True)
class People:
    """What a space knows of its persons. All but `writers_of` run in the system's context, or in that of staff.

    `writers_of`: oneself first; nobody while acting for somebody else. `emails_of`: the addresses that are this person's
    alone.
    """

    writers_of: Callable[[HttpRequest], list[Writer]]
    name_of: Callable[[int], str]
    born_on: Callable[[int], datetime.date | None]
    emails_of: Callable[[int], list[str]]


def _own(request: HttpRequest) -> list[Writer]:
    account = account_of(request)
    grant = entry_of(request).grant
    if account.space == Space.STAFF or (grant is not None and grant.represents and account.space == Space.MEMBER):
        return []
    return [Writer(Holder(account.space, account.pk), account.display_name, Capacity.SELF)]


def _account_name(number: int) -> str:
    return Account.objects.filter(pk=number).values_list("display_name", flat=True).first() or ""


def _account_emails(number: int) -> list[str]:
    return [email for email in Account.objects.filter(pk=number).values_list("email", flat=True) if email]


ACCOUNTS = People(_own, _account_name, lambda _number: None, _account_emails)
_people: dict[str, People] = {}


def register(space: Space, people: People) -> None:
    """Called from `AppConfig.ready`."""
    _people[space] = people


def people_of(space: str) -> People:
    return _people.get(space, ACCOUNTS)


def writers_of(request: HttpRequest) -> list[Writer]:
    """Whose directives the request may write."""
    return people_of(account_of(request).space).writers_of(request)
