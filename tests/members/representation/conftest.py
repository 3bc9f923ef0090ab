"""A guardian, a curator, a proxy: accounts that act for somebody, made as staff make them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine

from members.households.models import Person
from members.representation import deciding
from members.representation.models import Quality, Representation, Scope
from portals.access.models import Grant
from portals.accounts.models import Account
from tests import builders

TODAY = datetime.date(2026, 10, 9)


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    """The tests of this folder stand on 9 October 2026."""
    with time_machine.travel(datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def staff(db: None) -> Account:
    return builders.staff()


@dataclass(frozen=True)
class Acting:
    """An account, and by what it acts for somebody."""

    account: Account
    representation: Representation

    @property
    def grant(self) -> Grant:
        return Grant.objects.get(account=self.account, subject_id=self.representation.person_id or 0)


@pytest.fixture
def guardian(staff: Account) -> Account:
    """A professional guardian, who is not insured: no grant of any kind yet."""
    return bare_account("Judith Kerbrat")


def bare_account(display_name: str) -> Account:
    """A validated account of the member space, without any grant."""
    account = builders.account(builders.person(builders.household()), display_name=display_name)
    Grant.objects.filter(account=account).delete()
    return account


def represent(
    account: Account,
    person: Person,
    staff: Account,
    *,
    quality: Quality = Quality.GUARDIAN,
    end: datetime.date | None = datetime.date(2030, 6, 30),
    scope: Scope = Scope.ACT,
) -> Acting:
    """The account acts for the person since 1 September 2026."""
    made = deciding.add_person(
        by=staff, account=account, person=person, quality=quality, start_date=datetime.date(2026, 9, 1), end_date=end,
        scope=scope,
    )  # fmt: skip
    return Acting(account, made)
