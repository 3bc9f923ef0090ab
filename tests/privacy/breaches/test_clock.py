"""The 72 hours: hours of the clock of the world, shown in Paris (PDP-7.8)."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from privacy.breaches.violations import rules
from privacy.breaches.violations.clock import clock_of
from privacy.breaches.violations.models import Breach, Filing, Phase, Risk

pytestmark = pytest.mark.commitment("PDP-7.8")

PARIS = ZoneInfo("Europe/Paris")


def paris(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=PARIS)  # type: ignore[arg-type,misc]  # year, month, day, hour, minute


@pytest.mark.parametrize(
    ("aware_at", "due_at"),
    [
        (paris(2026, 11, 20, 16, 40), paris(2026, 11, 23, 16, 40)),  # over a week-end
        (paris(2026, 10, 24, 12, 0), paris(2026, 10, 27, 11, 0)),  # the night of 25 hours
        (paris(2026, 3, 28, 12, 0), paris(2026, 3, 31, 13, 0)),  # the night of 23 hours
        (paris(2026, 12, 24, 23, 59), paris(2026, 12, 27, 23, 59)),  # Christmas counts
    ],
)
def test_the_deadline_is_72_hours_later_whatever_the_night(
    aware_at: datetime.datetime, due_at: datetime.datetime
) -> None:
    assert rules.due_at(aware_at) == due_at
    assert (rules.due_at(aware_at) - aware_at.astimezone(datetime.UTC)).total_seconds() == 72 * 3600


def test_the_last_second_is_on_time_and_the_next_one_is_late() -> None:
    aware = paris(2026, 11, 20, 16, 40)
    due = rules.due_at(aware)
    assert not rules.is_late(aware, due)
    assert rules.is_late(aware, due + datetime.timedelta(seconds=1))


@pytest.mark.parametrize(
    ("hours", "state", "words"), [(40.5, "running", "31 h 30 restantes"), (73, "late", "1 h 00 de")]
)
def test_the_clock_says_what_is_left_first(hours: float, state: str, words: str) -> None:
    aware = paris(2026, 11, 20, 16, 40)
    clock = clock_of(Breach(aware_at=aware), [], aware.astimezone(datetime.UTC) + datetime.timedelta(hours=hours))
    assert clock.state == state
    assert clock.words.replace("\u00a0", " ").startswith(words)


def test_the_clock_stops_when_the_first_file_has_its_receipt() -> None:
    aware = paris(2026, 11, 20, 16, 40)
    filing = Filing(filed_at=aware + datetime.timedelta(hours=20))
    clock = clock_of(Breach(aware_at=aware), [filing], aware + datetime.timedelta(hours=90))
    assert (clock.state, clock.gone_words.replace("\u00a0", " ")) == ("stopped", "20 h 00")


def test_an_unlikely_risk_is_not_notified_and_an_unknown_one_is() -> None:
    assert [rules.must_be_notified(risk) for risk in ("", *Risk)] == [True, False, True, True]
    assert [rules.must_be_told(risk) for risk in ("", *Risk)] == [False, False, False, True]


def test_a_file_that_lacks_something_is_the_first_of_several() -> None:
    lacks = rules.missing(Breach(persons_count=0))
    assert {item.code for item in lacks} == {item.code for item in rules.ITEMS}
    assert rules.phase_of(lacks, filed_before=False) == Phase.FIRST
    assert rules.phase_of((), filed_before=False) == Phase.WHOLE
    assert rules.phase_of(lacks, filed_before=True) == Phase.FURTHER
