"""Each night: reminders 60 and 15 days before, the end the day after, and nothing left to do once the employee joined."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from employers.companies.tasks import tasks_of
from employers.waivers import actions
from employers.waivers.answering import accept
from employers.waivers.models import Waiver, WaiverStep
from employers.waivers.planned import follow
from employers.waivers.words import Channel, End, State
from employers.workforce.models import Affiliation
from portals.access import isolation
from portals.access.models import Grant
from tests import builders
from tests.cast import Cast
from tests.employers.contributions.objects import contract_of
from tests.employers.waivers.objects import ATTESTATION, accepted, asked, now, plea, waiting
from tests.newcomer import mails

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.18")]

LAST = datetime.date(2027, 9, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC), tick=False) as traveller:
        yield traveller


def night(clock: time_machine.Traveller, day: datetime.date) -> tuple[int, int]:
    clock.move_to(datetime.datetime.combine(day, datetime.time(3, 0), datetime.UTC))
    with isolation.system():
        return follow(today=day)


def subjects() -> list[str]:
    return sorted(str(letter.subject) for letter in mails())


def test_the_company_is_reminded_twice_then_the_employee_is_to_be_covered(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    made = accepted(cast.company, cast.company_account)
    mails()
    assert night(clock, LAST - 61 * DAY) == (0, 0)
    assert night(clock, LAST - 60 * DAY) == (1, 0)
    assert night(clock, LAST - 59 * DAY) == (0, 0)
    assert subjects() == ["Une dispense se termine dans deux mois"]
    assert night(clock, LAST - 15 * DAY) == (1, 0)
    assert night(clock, LAST) == (0, 0)
    assert subjects() == ["Une dispense se termine dans quinze jours"]
    assert night(clock, LAST + DAY) == (0, 1)
    assert subjects() == ["Un salarié est à affilier"]
    ended = now(made)
    assert (ended.state, ended.ended_for, ended.ended_on) == (State.ENDED, End.EXPIRED, LAST)
    assert night(clock, LAST + DAY) == (0, 0)


def test_nights_that_were_missed_are_caught_up_with_the_latest_reminder_alone(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    accepted(cast.company, cast.company_account)
    mails()
    assert night(clock, LAST - 10 * DAY) == (1, 0)
    assert subjects() == ["Une dispense se termine dans quinze jours"]


def test_a_renewal_that_waits_holds_reminders_and_the_end_back(cast: Cast, clock: time_machine.Traveller) -> None:
    made = accepted(cast.company, cast.company_account)
    with isolation.system():
        actions.renew(by=None, waiver=made, plea=plea(), files=[ATTESTATION], channel=Channel.LINK)
    assert night(clock, LAST - 15 * DAY) == (0, 0)
    assert night(clock, LAST + DAY) == (0, 0)
    assert now(made).state == State.ACCEPTED


def test_what_has_no_end_is_never_reminded(cast: Cast, clock: time_machine.Traveller) -> None:
    made = asked(cast.company, case="before", hired_on=datetime.date(2010, 1, 1), files=())
    with isolation.system():
        accept(by=cast.company_account, request=waiting(made))
    assert night(clock, LAST + 4000 * DAY) == (0, 0)


def test_it_is_a_task_on_the_home_page_until_the_employee_is_affiliated(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    made = accepted(cast.company, cast.company_account)
    night(clock, LAST + DAY)

    def titles() -> list[str]:
        with isolation.tenant("employeur", cast.company.pk):
            grant = Grant.objects.get(account=cast.company_account)
            return [task.title for task in tasks_of(grant, cast.company_account, LAST + DAY)]

    assert "Affilier 1\u00a0salarié dont la dispense est échue" in titles()
    person = builders.person(builders.household(), family_name="Kerbrat", given_names="Yann")
    with isolation.system():
        Affiliation.objects.create(
            company=cast.company, contract=contract_of(cast.company), person=person, family_name="Kerbrat",
            given_names="Yann", birth_date=datetime.date(1988, 4, 12), search_name="kerbrat yann",
            search_given="yann kerbrat", population="Ensemble du personnel", start_date=LAST + DAY,
        )  # fmt: skip
    night(clock, LAST + 2 * DAY)
    assert now(made).settled_at is not None
    assert not [title for title in titles() if "dispense" in title]
    with isolation.system():
        assert WaiverStep.objects.filter(what="settled", by=None).count() == 1


def test_two_nights_at_once_end_it_once(cast: Cast, clock: time_machine.Traveller) -> None:
    accepted(cast.company, cast.company_account)
    assert night(clock, LAST + DAY)[1] + night(clock, LAST + DAY)[1] == 1
    with isolation.system():
        assert Waiver.objects.filter(state=State.ENDED).count() == 1
