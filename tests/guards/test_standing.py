"""What stands for several tests is to each of them as if it had been made for it alone."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import time_machine
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from members.coverage.models import Plan
from portals.access import isolation
from tests import builders
from tests.harness.standing import Standing, WroteBefore

NOON = datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC)
Run = Callable[[], AbstractContextManager[Standing[Plan]]]


@pytest.fixture
def plan_of_tests() -> None:
    """The name under which the tests below ask for their plan."""


@pytest.fixture
def test(
    request: pytest.FixtureRequest, fresh_database: None, plan_of_tests: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Run]:
    """`with test() as standing`: what one test does between its beginning and its end."""
    standing = Standing("plan_of_tests", builders.plan)

    @contextmanager
    def run() -> Iterator[Standing[Plan]]:
        standing.prepare(request.node)
        with transaction.atomic():
            yield standing
            transaction.set_rollback(True)

    with django_db_blocker.unblock():
        yield run
        standing.leave()
        assert not connection.in_atomic_block


def names() -> list[str]:
    with isolation.system():
        return sorted(Plan.objects.values_list("name", flat=True))


def test_it_is_made_once_and_each_test_changes_a_copy_of_its_own(test: Run) -> None:
    with test() as standing:
        first = standing.take()
        first.name = "Autre"
        with isolation.system():
            first.save()
        builders.plan(name="De plus")
        assert names() == ["Autre", "De plus"]
    with test() as standing:
        second = standing.take()
        assert (second.pk, second.name) == (first.pk, "Équilibre")
        assert names() == ["Équilibre"]


def test_a_test_that_wrote_before_has_it_made_after(test: Run) -> None:
    with test() as standing:
        earlier = builders.plan(name="Avant")
        assert standing.take().pk > earlier.pk
        assert names() == ["Avant", "Équilibre"]
    with test() as standing:
        assert names() == []
        earlier = builders.plan(name="Avant")
        assert standing.take().pk > earlier.pk


def test_a_test_that_writes_before_where_others_do_not_is_told_so(test: Run) -> None:
    with test() as standing:
        standing.take()
    with test() as standing:
        builders.plan()
        with pytest.raises(WroteBefore):
            standing.take()


def test_another_clock_or_other_settings_have_it_made_anew(test: Run, settings: Settings) -> None:
    made = []
    for moment in (NOON, NOON, NOON + datetime.timedelta(seconds=61), NOON):
        with time_machine.travel(moment, tick=False), test() as standing:
            made.append(standing.take().pk)
            assert names() == ["Équilibre"]
    settings.PASSWORD_RESET_TIMEOUT = 1
    with time_machine.travel(NOON, tick=False), test() as standing:
        made.append(standing.take().pk)
    assert made[0] == made[1]
    assert len(set(made)) == 4


def test_a_test_that_closed_the_connection_takes_it_along(test: Run) -> None:
    with test() as standing:
        first = standing.take()
        connection.close()
    with test() as standing:
        assert standing.take().pk != first.pk
        assert names() == ["Équilibre"]
