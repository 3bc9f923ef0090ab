"""How a signed-in request comes in: the statement written by hand says what the ORM says, and opens one tenant."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from members.models import Household
from portals.access import isolation
from portals.access.entry import enter
from portals.access.models import Grant, Restriction, Withdrawal
from portals.accounts.models import Space
from portals.editorial.switches.models import ServiceSwitch
from tests import builders

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 10, 14)
NOW = datetime.datetime(2026, 10, 14, 0, 30, tzinfo=ZoneInfo("Europe/Paris"))  # still the 13th in UTC
YESTERDAY, TOMORROW = datetime.date(2026, 10, 13), datetime.date(2026, 10, 15)

HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize(
    "dates",
    [
        {"since": TODAY},
        {"since": TOMORROW},
        {"since": YESTERDAY, "closes_on": TODAY},
        {"since": YESTERDAY, "closes_on": YESTERDAY},
        {"since": YESTERDAY, "closes_on": TOMORROW},
        {"since": YESTERDAY, "revoked_at": timezone.now()},
    ],
)
def test_a_grant_is_open_on_the_days_that_the_orm_says(dates: dict[str, Any]) -> None:
    account = builders.account(builders.person(builders.household()), **dates)
    assert enter(account, NOW).grant == Grant.objects.filter(account=account).open_on(TODAY).first()


def test_it_enters_with_the_grant_that_lasts_longest_whole() -> None:
    person = builders.person(builders.household())
    account = builders.account(person, since=YESTERDAY, closes_on=TOMORROW)
    lasting = Grant.objects.create(
        account=account, space=Space.MEMBER, basis="cover", tenant_id=builders.household().pk,
        subject_id=person.pk + 1, since=YESTERDAY,
    )  # fmt: skip
    entered = enter(account, NOW).grant
    assert entered is not None
    assert {field.attname: getattr(entered, field.attname) for field in Grant._meta.concrete_fields} == {
        field.attname: getattr(lasting, field.attname) for field in Grant._meta.concrete_fields
    }


def test_it_shows_the_rows_of_the_grant_and_no_others() -> None:
    person, _stranger = builders.person(builders.household()), builders.person(builders.household())
    account = builders.account(person, since=YESTERDAY)
    enter(account, NOW)
    assert list(Household.objects.all()) == [person.household]


def test_without_an_open_grant_it_closes_what_was_open_before() -> None:
    person = builders.person(builders.household())
    account = builders.account(person, since=TOMORROW)
    isolation.apply({"app.scope": "system"})
    assert Household.objects.exists()
    assert enter(account, NOW).grant is None
    assert not Household.objects.exists()


def test_it_says_which_terms_were_accepted_and_which_are_in_force() -> None:
    account = builders.account(builders.person(builders.household()))
    terms = builders.current_terms()
    entry = enter(account, NOW)
    assert (entry.accepted_number, entry.terms_in_force_id) == (terms.number, terms.pk)


def test_it_tells_the_restrictions_that_the_orm_tells_and_the_announced_end_of_the_space() -> None:
    account, staff = builders.account(builders.person(builders.household())), builders.staff()
    standing = Restriction.objects.create(
        account=account, kind="suspension", services=["member.benefits"], motive="breach", reason="Essai.", by=staff,
        begins_at=NOW - datetime.timedelta(days=1),
    )  # fmt: skip
    for dates in ({"ends_at": NOW}, {"lifted_at": NOW, "lifted_by": staff}, {"begins_at": NOW + HOUR}):
        fields = {"begins_at": NOW - datetime.timedelta(days=2), **dates}
        Restriction.objects.create(
            account=account, kind="suspension", motive="breach", reason="Passée ou à venir.", by=staff, **fields
        )
    Withdrawal.objects.create(
        space=Space.MEMBER, message="Fin.", announced_at=NOW - HOUR, closes_at=NOW, export_until=NOW + HOUR, by=staff
    )
    entry = enter(account, NOW)
    assert [restriction.id for restriction in entry.restrictions] == [standing.pk]
    assert list(Restriction.objects.filter(account=account).in_force(NOW)) == [standing]
    assert entry.restrictions[0].stops("member.benefits")
    assert not entry.restrictions[0].stops("member.statements")
    assert entry.closing is not None
    assert entry.closing.stops(NOW, may_remain=False)
    assert not entry.closing.stops(NOW, may_remain=True)


@pytest.mark.commitment("CGU-3.1")
def test_it_tells_the_switches_of_the_space_that_hold_now() -> None:
    account, staff = builders.account(builders.person(builders.household())), builders.staff()
    holding = {"begins_at": NOW - HOUR, "ends_at": NOW + HOUR}
    for dates in (
        {},
        {"ends_at": NOW},
        {"begins_at": NOW + datetime.timedelta(minutes=1)},
        {"cancelled_at": NOW, "cancelled_by": staff},
        {"space": Space.EMPLOYER},
    ):
        fields: dict[str, Any] = {"space": Space.MEMBER, **holding, **dates}
        ServiceSwitch.objects.create(service="member.card", position="off", words="Essai.", by=staff, **fields)
    [switch] = enter(account, NOW).switches
    assert (switch.service, switch.words, switch.ends_at) == ("member.card", "Essai.", NOW + HOUR)


def test_the_grant_chosen_for_the_session_comes_first_then_the_account_s_own() -> None:
    person = builders.person(builders.household())
    account = builders.account(person, since=YESTERDAY, closes_on=TOMORROW)
    other = Grant.objects.create(
        account=account, space=Space.MEMBER, basis="representation", tenant_id=builders.household().pk,
        subject_id=person.pk + 1, since=YESTERDAY,
    )  # fmt: skip
    own = Grant.objects.get(account=account, basis="cover")
    assert enter(account, NOW).grant == own
    assert enter(account, NOW, chosen_grant_id=other.pk).grant == other


@pytest.mark.django_db(transaction=True)
def test_it_asks_for_a_transaction() -> None:
    account = builders.account(builders.person(builders.household()))
    with pytest.raises(isolation.OutsideTransaction):
        enter(account, NOW)
