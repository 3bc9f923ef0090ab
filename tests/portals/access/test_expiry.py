"""Two years after the end, in the three spaces: dates follow covers, contracts and agreements, and the clock of Paris."""

import datetime
import tracemalloc
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.coverage.models import Cover
from members.households.models import Person
from portals import jobs
from portals.access import expiry, isolation
from portals.access.models import Grant
from portals.accounts.models import Account, AccountState, Space
from portals.feeds import load
from portals.jobs import Job
from portals.jobs.calendar import PARIS
from tests import builders
from tests.builders import feed_files
from tests.portals.access.holders import SPACES, follow_portfolio, story

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-7.3", "CGU-7.4")]

END = datetime.date(2025, 3, 31)
CLOSING = datetime.date(2027, 3, 31)


def paris(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=PARIS)  # type: ignore[arg-type, misc]  # year to minute, as given


@pytest.mark.parametrize("space", SPACES)
def test_the_space_is_read_until_the_last_minute_and_closed_at_midnight(space: str, client: Client) -> None:
    told = story(space, end_date=END)
    follow_portfolio(datetime.date(2026, 1, 1))
    assert (told.grant.ended_on, told.grant.closes_on) == (END, CLOSING)
    for instant, status in (
        (paris(2027, 3, 30, 23, 59), 200),
        (paris(2027, 3, 31, 0, 0), 403),
        (paris(2027, 4, 1, 12, 0), 403),
    ):
        with time_machine.travel(instant, tick=False):
            builders.sign_in(client, told.account)
            assert client.get(told.home).status_code == status, instant


@pytest.mark.parametrize("space", SPACES)
def test_the_latest_end_wins(space: str) -> None:
    told = story(space, end_date=datetime.date(2024, 6, 30))
    told.start(end_date=END)
    told.start(end_date=datetime.date(2023, 1, 1))
    follow_portfolio(datetime.date(2025, 6, 1))
    assert told.grant.ended_on == END


@pytest.mark.parametrize("space", SPACES)
def test_a_new_cover_opens_again_what_was_closed_for_years(space: str, client: Client) -> None:
    told = story(space, end_date=END)
    follow_portfolio(datetime.date(2029, 1, 1))
    told.start(start_date=datetime.date(2029, 6, 1))
    with time_machine.travel(paris(2029, 5, 31, 23, 59), tick=False):
        follow_portfolio(timezone.localdate())
        assert told.grant.closes_on == CLOSING
    with time_machine.travel(paris(2029, 6, 1, 0, 30), tick=False):
        follow_portfolio(timezone.localdate())
        assert (told.grant.ended_on, told.grant.closes_on) == (None, None)
        builders.sign_in(client, told.account)
        assert client.get(told.home).status_code == 200


@pytest.mark.parametrize("space", SPACES)
def test_revoked_grants_and_deleted_accounts_are_left_alone(space: str) -> None:
    revoked, gone = story(space, end_date=END), story(space, end_date=END)
    Grant.objects.filter(account=revoked.account).update(revoked_at=timezone.now())
    Account.objects.filter(pk=gone.account.pk).update(state=AccountState.CLOSED)
    follow_portfolio(datetime.date(2026, 1, 1))
    assert (revoked.grant.closes_on, gone.grant.closes_on) == (None, None)


def test_of_whom_nothing_is_known_nothing_changes() -> None:
    account = builders.account(builders.person(), closes_on=CLOSING, ended_on=END)
    with isolation.system():
        done = expiry.recompute(today=datetime.date(2026, 1, 1))
    assert (done.read, done.changed, done.unknown) == (1, 0, 1)
    assert Grant.objects.get(account=account).closes_on == CLOSING


def test_a_policy_that_stops_takes_its_covers_with_it() -> None:
    person = builders.person()
    builders.cover(builders.policy(person.household, end_date=END), person, end_date=None)
    account = builders.account(person)
    follow_portfolio(datetime.date(2026, 1, 1))
    assert Grant.objects.get(account=account).ended_on == END


def test_an_end_that_is_corrected_far_into_the_past_closes_at_once() -> None:
    told = story("adherent", end_date=datetime.date(2022, 2, 1))
    Grant.objects.filter(account=told.account).update(since=datetime.date(2026, 1, 1))
    follow_portfolio(datetime.date(2026, 6, 1))
    assert told.grant.closes_on == datetime.date(2026, 1, 1)
    assert not Grant.objects.open_on(datetime.date(2026, 6, 1)).filter(account=told.account).exists()


@pytest.mark.parametrize(
    ("end", "open_at", "closed_at"),
    [
        # Clocks go forward in the night of 28 March 2027, back in that of 31 October 2027.
        (datetime.date(2025, 3, 28), paris(2027, 3, 27, 23, 59), paris(2027, 3, 28, 0, 30)),
        (datetime.date(2025, 3, 29), paris(2027, 3, 28, 3, 30), paris(2027, 3, 29, 0, 30)),
        (datetime.date(2025, 10, 31), paris(2027, 10, 30, 23, 59), paris(2027, 10, 31, 0, 30)),
        (datetime.date(2025, 11, 1), paris(2027, 10, 31, 2, 30), paris(2027, 11, 1, 0, 30)),
        (datetime.date(2024, 2, 29), paris(2026, 2, 28, 23, 59), paris(2026, 3, 1, 0, 0)),
        (datetime.date(2026, 2, 28), paris(2028, 2, 27, 23, 59), paris(2028, 2, 28, 0, 0)),
    ],
)
def test_the_day_is_that_of_paris_also_when_clocks_change(
    end: datetime.date, open_at: datetime.datetime, closed_at: datetime.datetime, client: Client
) -> None:
    told = story("adherent", end_date=end)
    assert closed_at.astimezone(datetime.UTC).date() < closed_at.date()
    for instant, status in ((open_at, 200), (closed_at, 403)):
        with time_machine.travel(instant, tick=False):
            follow_portfolio(timezone.localdate())
            builders.sign_in(client, told.account)
            assert client.get("/adherent/").status_code == status, instant


def test_feeds_promise_one_run_that_sees_them_all(tmp_path: Path) -> None:
    feed_files.load_portfolio(tmp_path)
    assert Job.objects.filter(kind=expiry.RECOMPUTE).count() == 1
    with isolation.system():
        ange = Person.objects.get(person_ref="70000002-1")
    account = builders.account(ange)
    jobs.run_due([expiry.RECOMPUTE])
    assert Grant.objects.get(account=account).ended_on == datetime.date(2025, 12, 31)
    load("covers", feed_files.write(tmp_path / "again.csv", feed_files.FILES["covers"]))
    assert Job.objects.filter(kind=expiry.RECOMPUTE).count() == 1


GRANTS = 8_000


def test_thousands_of_grants_take_little_memory_and_the_same_queries_for_each_chunk() -> None:
    many_grants(GRANTS)
    with isolation.system(), CaptureQueriesContext(connection) as captured:
        tracemalloc.start()
        done = expiry.recompute(today=datetime.date(2026, 1, 1))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (done.read, done.changed) == (GRANTS, GRANTS)
    chunks = GRANTS // expiry.CHUNK + 1  # the last one finds nothing
    statements = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 9 * chunks
    assert peak < 4_000_000  # the log of queries included
    assert not Grant.objects.exclude(closes_on=CLOSING).exists()


def many_grants(count: int) -> None:
    """So many persons whose covers have ended, with an account each."""
    house = builders.household()
    policy = builders.policy(house, end_date=END)
    born = datetime.date(1980, 1, 1)
    with isolation.system():
        persons = Person.objects.bulk_create(
            Person(household=house, person_ref=f"MANY-{n}", rank=n % 1000, role="other", given_names="Prénom",
                   family_name="Nom", search_name="nom", birth_date=born)
            for n in range(count)
        )  # fmt: skip
        Cover.objects.bulk_create(
            Cover(policy=policy, person=person, household=house, start_date=policy.start_date, end_date=END)
            for person in persons
        )
        accounts = Account.objects.bulk_create(
            Account(identifier=f"{3_000_000_000 + n}", email="a@example.org", space=Space.MEMBER,
                    state=AccountState.VALIDATED, display_name="Nom")
            for n in range(count)
        )  # fmt: skip
        Grant.objects.bulk_create(
            Grant(account=account, space=Space.MEMBER, basis="cover", tenant_id=house.pk, subject_id=person.pk,
                  since=policy.start_date)
            for account, person in zip(accounts, persons, strict=True)
        )  # fmt: skip
