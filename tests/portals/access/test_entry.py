"""How a signed-in request comes in: the statement written by hand says what the ORM says, and opens one tenant."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from members.models import Household
from portals.access import isolation
from portals.access.entry import enter
from portals.access.models import Grant
from portals.accounts.models import Space
from tests import builders

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 10, 14)
YESTERDAY, TOMORROW = datetime.date(2026, 10, 13), datetime.date(2026, 10, 15)


@pytest.mark.parametrize(
    "dates",
    [
        {"since": TODAY},
        {"since": TOMORROW},
        {"since": YESTERDAY, "access_until": TODAY},
        {"since": YESTERDAY, "access_until": YESTERDAY},
        {"since": YESTERDAY, "access_until": TOMORROW},
        {"since": YESTERDAY, "revoked_at": timezone.now()},
    ],
)
def test_a_grant_is_open_on_the_days_that_the_orm_says(dates: dict[str, Any]) -> None:
    account = builders.account(builders.person(builders.household()), **dates)
    assert enter(account, TODAY).grant == Grant.objects.filter(account=account).open_on(TODAY).first()


def test_it_enters_with_the_grant_that_lasts_longest_whole() -> None:
    person = builders.person(builders.household())
    account = builders.account(person, since=YESTERDAY, access_until=TOMORROW)
    lasting = Grant.objects.create(
        account=account, space=Space.MEMBER, basis="cover", tenant_id=builders.household().pk,
        subject_id=person.pk + 1, since=YESTERDAY,
    )  # fmt: skip
    entered = enter(account, TODAY).grant
    assert entered is not None
    assert {field.attname: getattr(entered, field.attname) for field in Grant._meta.concrete_fields} == {
        field.attname: getattr(lasting, field.attname) for field in Grant._meta.concrete_fields
    }


def test_it_shows_the_rows_of_the_grant_and_no_others() -> None:
    person, _stranger = builders.person(builders.household()), builders.person(builders.household())
    account = builders.account(person, since=YESTERDAY)
    enter(account, TODAY)
    assert list(Household.objects.all()) == [person.household]


def test_without_an_open_grant_it_closes_what_was_open_before() -> None:
    person = builders.person(builders.household())
    account = builders.account(person, since=TOMORROW)
    isolation.apply({"app.scope": "system"})
    assert Household.objects.exists()
    assert enter(account, TODAY).grant is None
    assert not Household.objects.exists()


def test_it_says_which_terms_were_accepted_and_which_are_in_force() -> None:
    account = builders.account(builders.person(builders.household()))
    terms = builders.current_terms()
    entry = enter(account, TODAY)
    assert (entry.accepted_number, entry.terms_in_force_id) == (terms.number, terms.pk)


@pytest.mark.django_db(transaction=True)
def test_it_asks_for_a_transaction() -> None:
    account = builders.account(builders.person(builders.household()))
    with pytest.raises(isolation.OutsideTransaction):
        enter(account, TODAY)
