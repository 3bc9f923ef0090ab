"""From when, until when, and who may ask: by dates alone."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from members.beneficiaries.rules import (
    Rule,
    Unfit,
    check_birth,
    check_event,
    first_day,
    last_day,
    limit_day,
    may_ask,
    may_leave,
    nir_contradicts,
    notice_last_day,
    reasons_for,
    rule_for,
)
from members.beneficiaries.words import Case, Reason, Until

D = datetime.date
TODAY = D(2026, 10, 9)
DAYS = some.dates(D(1940, 1, 1), D(2030, 12, 31))
RULE = Rule(
    plan_id=None, case=Case.CHILD, is_open=True, employee_may_ask=True, age_limit=18, until=Until.EVE,
    declare_within_days=60, late="month", wording="", documents=(), valid_from=D(2018, 1, 1), valid_to=None,
)  # fmt: skip


def test_the_plans_own_rule_comes_before_everybodys_and_the_newest_before_the_old() -> None:
    own = replace(RULE, plan_id=7, age_limit=20, valid_from=D(2019, 1, 1))
    newer = replace(own, age_limit=21, valid_from=D(2026, 1, 1))
    rules = [RULE, own, newer, replace(RULE, plan_id=8)]
    assert rule_for(rules, plan_id=7, case="child", day=TODAY) == newer
    assert rule_for(rules, plan_id=7, case="child", day=D(2025, 12, 31)) == own
    assert rule_for(rules, plan_id=9, case="child", day=TODAY) == RULE
    assert rule_for(rules, plan_id=7, case="child", day=D(2017, 12, 31)) is None
    assert rule_for([replace(RULE, valid_to=D(2020, 1, 1))], plan_id=7, case="child", day=TODAY) is None


@pytest.mark.parametrize(
    ("until", "born", "limit"),
    [
        (Until.EVE, D(2008, 5, 20), D(2026, 5, 19)),
        (Until.EVE, D(2008, 2, 29), D(2026, 2, 28)),
        (Until.MONTH, D(2008, 5, 20), D(2026, 5, 31)),
        (Until.YEAR, D(2008, 5, 20), D(2026, 12, 31)),
    ],
)
def test_the_limit_of_age_leaves_a_last_day(until: Until, born: datetime.date, limit: datetime.date) -> None:
    assert limit_day(born, replace(RULE, until=until)) == limit


def test_a_disability_has_no_limit() -> None:
    assert limit_day(D(1980, 1, 1), replace(RULE, case=Case.DISABLED, age_limit=None)) is None


@pytest.mark.commitment("CGU-3.9")
@pytest.mark.parametrize(
    ("event", "asked_on", "first"),
    [
        (D(2026, 9, 20), D(2026, 9, 20), D(2026, 9, 20)),
        (D(2026, 9, 20), D(2026, 11, 19), D(2026, 9, 20)),  # the sixtieth day
        (D(2026, 9, 20), D(2026, 11, 20), D(2026, 12, 1)),
        (None, D(2026, 12, 31), D(2027, 1, 1)),
    ],
)
def test_a_newborn_is_covered_from_birth_when_it_is_told_in_time(
    event: datetime.date | None, asked_on: datetime.date, first: datetime.date
) -> None:
    assert first_day(RULE, event=event, asked_on=asked_on) == first


def test_a_rule_may_begin_on_the_day_of_the_request() -> None:
    assert first_day(replace(RULE, late="day"), event=None, asked_on=TODAY) == TODAY


@pytest.mark.commitment("CGU-3.10")
@pytest.mark.parametrize(
    ("reason", "event", "last"),
    [
        (Reason.DEATH, D(2026, 3, 4), D(2026, 3, 4)),
        (Reason.DIVORCE, D(2026, 9, 3), D(2026, 9, 30)),
        (Reason.DIVORCE, D(2026, 3, 3), D(2026, 10, 31)),
        (Reason.PACS_END, D(2026, 10, 1), D(2026, 10, 31)),
        (Reason.OWN_COVER, D(2027, 1, 1), D(2026, 12, 31)),
        (Reason.OWN_COVER, D(2026, 9, 1), D(2026, 10, 31)),
        (Reason.OTHER, None, D(2026, 10, 31)),
    ],
)
def test_a_removal_has_its_last_day(reason: str, event: datetime.date | None, last: datetime.date) -> None:
    assert last_day(reason, event=event, asked_on=TODAY) == last


@given(limit=DAYS, announced_on=DAYS)
def test_no_cover_ends_before_the_limit_nor_within_ninety_days_of_its_announcement(
    limit: datetime.date, announced_on: datetime.date
) -> None:
    last = notice_last_day(limit, announced_on=announced_on)
    assert last >= limit
    assert (last - announced_on).days >= 90


@given(event=DAYS, asked_on=DAYS)
def test_no_cover_begins_before_its_event_nor_ends_before_it(event: datetime.date, asked_on: datetime.date) -> None:
    if event <= asked_on:
        assert event <= first_day(RULE, event=event, asked_on=asked_on)
        for reason in Reason:
            assert last_day(reason, event=event, asked_on=asked_on) >= event


def test_a_group_contract_may_leave_it_to_the_employer() -> None:
    kept = replace(RULE, employee_may_ask=False)
    assert may_ask(kept, is_group=False)
    assert not may_ask(kept, is_group=True)
    assert not may_ask(replace(RULE, is_open=False), is_group=False)


def test_an_adult_beneficiary_may_leave_and_the_member_and_minors_may_not() -> None:
    assert may_leave(role="spouse", birth_date=D(1980, 1, 1), day=TODAY)
    assert may_leave(role="child", birth_date=D(2008, 10, 9), day=TODAY)
    assert not may_leave(role="child", birth_date=D(2008, 10, 10), day=TODAY)
    assert not may_leave(role="member", birth_date=D(1980, 1, 1), day=TODAY)


def test_only_a_couple_divorces() -> None:
    assert Reason.DIVORCE in reasons_for("spouse")
    assert Reason.DIVORCE not in reasons_for("child")


@pytest.mark.parametrize(
    ("case", "born"),
    [
        (Case.SPOUSE, D(2010, 1, 1)),
        (Case.NEWBORN, D(2025, 10, 1)),
        (Case.CHILD, D(2008, 10, 1)),
        (Case.ASCENDANT, D(1990, 1, 1)),
        (Case.CHILD, D(2026, 10, 10)),
        (Case.OTHER, D(1890, 1, 1)),
    ],
)
def test_a_birth_date_that_does_not_suit_the_case_is_said(case: str, born: datetime.date) -> None:
    rule = replace(RULE, case=case, age_limit=18 if case in {Case.CHILD, Case.NEWBORN} else None)
    with pytest.raises(Unfit) as refused:
        check_birth(rule, born, holder_born=D(1980, 3, 14), today=TODAY)
    assert refused.value.field == "birth_date"


def test_an_event_to_come_waits_unless_it_is_another_cover() -> None:
    tomorrow = TODAY + datetime.timedelta(days=1)
    check_event("cette date", tomorrow, today=TODAY, may_come=True)
    for event, may_come in ((tomorrow, False), (D(2027, 6, 1), True), (D(1890, 1, 1), False)):
        with pytest.raises(Unfit):
            check_event("le mariage", event, today=TODAY, may_come=may_come)


@pytest.mark.parametrize(
    ("nir", "contradicts"),
    [
        ("284037512345678", True),  # a woman, of March 1984
        ("185037512345678", True),
        ("184047512345678", True),
        ("184037512345678", False),
        ("184207512345678", False),  # a month that the registry does not know
        ("", False),
    ],
)
def test_a_nir_that_says_something_else_is_seen(nir: str, contradicts: bool) -> None:
    assert nir_contradicts(nir, sex="1", birth_date=D(1984, 3, 9)) is contradicts
