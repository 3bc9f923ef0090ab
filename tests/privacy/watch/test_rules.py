"""The figures of the watch: what is usual is left alone, what is not is found (PDP-7.6)."""

import datetime

import pytest

from privacy.breaches.models import Kind
from privacy.watch import rules
from privacy.watch.rules import Activity

pytestmark = pytest.mark.commitment("PDP-7.6")


def kinds(found: list[rules.Finding]) -> list[Kind]:
    return [finding.kind for finding in found]


@pytest.mark.parametrize(("count", "is_found"), [(19, False), (20, True), (500, True)])
def test_a_burst_on_one_account(count: int, is_found: bool) -> None:
    assert bool(rules.refused_on_accounts({7: count})) == is_found


@pytest.mark.parametrize(("count", "is_found"), [(59, False), (60, True)])
def test_a_burst_from_one_network_names_no_account(count: int, is_found: bool) -> None:
    found = rules.refused_from_networks({"ab12": count})
    assert bool(found) == is_found
    assert all(finding.account_id is None for finding in found)


@pytest.mark.parametrize(
    ("looks", "usual", "is_found"),
    [(119, 0, False), (120, 0, True), (120, 30, True), (120, 31, False), (1000, 250, True), (999, 250, False)],
)
def test_looks_are_measured_against_the_habit_of_who_looks(looks: int, usual: int, is_found: bool) -> None:
    found = rules.out_of_habit([Activity(7, looks, 0, usual_looks=usual)])
    assert kinds(found) == ([Kind.MASS_LOOKS] if is_found else [])


@pytest.mark.parametrize(
    ("exports", "usual", "is_found"), [(9, 0, False), (10, 0, True), (12, 4, False), (16, 4, True)]
)
def test_so_are_exports(exports: int, usual: int, is_found: bool) -> None:
    found = rules.out_of_habit([Activity(7, 0, exports, usual_exports=usual)])
    assert kinds(found) == ([Kind.MASS_EXPORTS] if is_found else [])


@pytest.mark.parametrize(("hour", "is_night"), [(21, False), (22, True), (0, True), (5, True), (6, False), (12, False)])
def test_night_is_that_of_paris(hour: int, is_night: bool) -> None:
    for month in (1, 7):
        assert rules.is_night(datetime.datetime(2026, month, 10, hour, 30, tzinfo=rules.PARIS)) == is_night


def test_three_exports_by_night_are_found_and_two_are_not() -> None:
    night = datetime.datetime(2026, 11, 22, 3, tzinfo=rules.PARIS)
    assert kinds(rules.exports_by_night({7: [night] * 3, 8: [night] * 2})) == [Kind.NIGHT_EXPORTS]


def test_a_finding_is_told_once_a_day() -> None:
    (finding,) = rules.bank_after_email({7})
    day = datetime.date(2026, 11, 22)
    assert finding.key(day) == "bank_after_email a7 2026-11-22"
    assert finding.key(day) != finding.key(day + datetime.timedelta(days=1))
