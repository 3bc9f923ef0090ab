"""Schedules run once per occurrence, catch up, and keep their hour when the clocks change."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from portals import jobs
from portals.jobs import registry, schedules
from portals.jobs.calendar import PARIS, daily_calendar, latest, missed, monthly_calendar, steady_calendar
from portals.jobs.models import Occurrence

HALF_PAST_TWO = datetime.time(2, 30)


def paris(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=PARIS)  # type: ignore[arg-type, misc]  # year to minute, as given


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime.datetime]]:
    """The instants for which a daily schedule at 2.30 ran."""
    monkeypatch.setattr(registry, "_kinds", {schedules.KIND: registry.kind_of(schedules.KIND)})
    monkeypatch.setattr(schedules, "_schedules", {})
    ran: list[datetime.datetime] = []
    schedules.daily("night", at=HALF_PAST_TWO, run=ran.append)
    yield ran


def beat(instant: datetime.datetime) -> None:
    with time_machine.travel(instant, tick=False):
        schedules.make_occurrences()
        jobs.run_due()


@pytest.mark.django_db
def test_a_new_schedule_starts_from_now(runs: list[datetime.datetime]) -> None:
    beat(paris(2026, 10, 9, 12, 0))
    assert runs == []
    beat(paris(2026, 10, 10, 2, 29))
    assert runs == []
    beat(paris(2026, 10, 10, 2, 30))
    assert runs == [paris(2026, 10, 10, 2, 30)]


@pytest.mark.django_db
def test_two_beats_are_harmless(runs: list[datetime.datetime]) -> None:
    for hour in (12, 13):
        beat(paris(2026, 10, 9, hour, 0))
    for minute in (30, 30, 31, 45):
        beat(paris(2026, 10, 10, 2, minute))
    assert runs == [paris(2026, 10, 10, 2, 30)]


@pytest.mark.django_db
def test_missed_nights_are_caught_up_in_order(runs: list[datetime.datetime]) -> None:
    beat(paris(2026, 10, 9, 12, 0))
    beat(paris(2026, 10, 12, 9, 0))
    assert runs == [paris(2026, 10, day, 2, 30) for day in (10, 11, 12)]


@pytest.mark.django_db
def test_a_run_that_fails_is_tried_again_with_its_occurrence(
    monkeypatch: pytest.MonkeyPatch, runs: list[datetime.datetime]
) -> None:
    def fail(planned_for: datetime.datetime) -> None:
        raise RuntimeError

    schedules.daily("night", at=HALF_PAST_TWO, run=fail)
    beat(paris(2026, 10, 9, 12, 0))
    beat(paris(2026, 10, 10, 3, 0))
    assert runs == []
    schedules.daily("night", at=HALF_PAST_TWO, run=runs.append)
    beat(paris(2026, 10, 10, 3, 1))
    assert runs == [paris(2026, 10, 10, 2, 30)]
    assert Occurrence.objects.count() == 2


def test_each_night_of_a_clock_change_counts_once() -> None:
    calendar = daily_calendar(HALF_PAST_TWO)
    autumn = missed(calendar, after=paris(2026, 10, 24, 12), until=paris(2026, 10, 26, 12))
    assert [f"{instant:%d %H:%M}" for instant in autumn] == ["25 00:30", "26 01:30"]
    spring = missed(calendar, after=paris(2026, 3, 28, 12), until=paris(2026, 3, 30, 12))
    assert [f"{instant:%d %H:%M}" for instant in spring] == ["29 01:30", "30 00:30"]


def test_a_monthly_schedule_falls_on_its_day() -> None:
    calendar = monthly_calendar(2, datetime.time(3))
    found = missed(calendar, after=paris(2026, 1, 15), until=paris(2026, 4, 2, 3))
    assert [f"{instant.astimezone(PARIS):%d/%m %H:%M}" for instant in found] == [
        "02/02 03:00",
        "02/03 03:00",
        "02/04 03:00",
    ]
    assert latest(calendar, paris(2026, 4, 2, 2, 59)) == paris(2026, 3, 2, 3)
    with pytest.raises(ValueError, match="31"):
        monthly_calendar(31, datetime.time(3))


def test_every_quarter_of_an_hour_is_there_also_when_clocks_change() -> None:
    calendar = steady_calendar(15)
    hour = missed(calendar, after=paris(2026, 10, 10, 23, 30), until=paris(2026, 10, 11, 0, 15))
    assert [f"{instant.astimezone(PARIS):%H:%M}" for instant in hour] == ["23:45", "00:00", "00:15"]
    nights = {paris(2026, 3, 29).date(): 92, paris(2026, 10, 25).date(): 100, paris(2026, 6, 1).date(): 96}
    assert {day: len(calendar(day)) for day in nights} == nights
    with pytest.raises(ValueError, match="7"):
        steady_calendar(7)
