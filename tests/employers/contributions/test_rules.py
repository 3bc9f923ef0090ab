"""What slips say together: periods, balances that are carried, shares, sums that do not agree. Without a database."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.contributions.chart import chart_of, periods_of
from employers.contributions.models import ContributionLine, ContributionSlip, Status
from employers.contributions.rules import (
    Due,
    Sheet,
    ShownLine,
    adjustments_of,
    balance_of,
    differences,
    due_of,
    groups_of,
    period_words,
    rate_words,
)

NBSP, NARROW = "\u00a0", "\u202f"
CENTS = st.integers(0, 10_000_000).map(lambda cents: Decimal(cents) / 100)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def slip(**fields: Any) -> ContributionSlip:
    return ContributionSlip(
        **{
            "pk": 1, "contract_id": 1, "slip_number": "B1", "period_start": day("2026-09-01"),
            "period_end": day("2026-09-30"), "due_date": day("2026-10-31"), "status": "issued",
            "previous_balance": Decimal(0), **fields,
        }
    )  # fmt: skip


def line(**fields: Any) -> ContributionLine:
    return ContributionLine(
        **{
            "pk": 1, "line": 1, "population": "Cadres", "structure": "isolated", "headcount": 10, "base": Decimal(4005),
            "rate": Decimal("0.01"), "amount": Decimal("400.50"), "employer_share": Decimal("0.6"), **fields,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-10-01", "2026-10-31", f"octobre{NBSP}2026"),
        ("2024-02-01", "2024-02-29", f"février{NBSP}2024"),
        ("2026-01-01", "2026-03-31", f"1er{NBSP}trimestre{NBSP}2026"),
        ("2026-10-01", "2026-12-31", f"4e{NBSP}trimestre{NBSP}2026"),
        ("2026-02-01", "2026-04-30", f"du 1er{NBSP}février{NBSP}2026 au 30{NBSP}avril{NBSP}2026"),
        ("2026-10-03", "2026-10-31", f"du 3{NBSP}octobre{NBSP}2026 au 31{NBSP}octobre{NBSP}2026"),
    ],
)
def test_a_period_has_the_words_that_people_use(start: str, end: str, words: str) -> None:
    assert period_words(day(start), day(end)) == words


@pytest.mark.parametrize(("rate", "words"), [("1", "100"), ("0.0125", "1,25"), ("0.012345", "1,2345"), ("0", "0")])
def test_a_rate_has_the_places_that_it_needs(rate: str, words: str) -> None:
    assert rate_words(Decimal(rate)) == f"{words}{NARROW}%"


def test_a_balance_that_the_next_slip_asks_for_counts_once() -> None:
    later = slip(pk=2, slip_number="B2", previous_balance=Decimal(40), period_start=day("2026-10-01"))
    first = Sheet(slip(status=Status.PARTIAL, paid_amount=Decimal(360)), Decimal(400), later)
    second = Sheet(later, Decimal(500))
    assert (first.remaining, first.carried_to, first.balance, first.is_due) == (40, later, 0, False)
    assert balance_of([first, second]) == 540
    assert due_of([first, second]) == [second]


def test_a_balance_that_no_slip_asks_for_stays_due_on_its_own() -> None:
    later = slip(pk=2, slip_number="B2", period_start=day("2026-10-01"))
    first = Sheet(slip(status=Status.LATE), Decimal(400), later)
    assert balance_of([first, Sheet(later, Decimal(500))]) == 900


def test_a_paid_slip_without_an_amount_is_paid_in_full() -> None:
    sheet = Sheet(slip(status=Status.PAID, previous_balance=Decimal(10)), Decimal(400))
    assert (sheet.paid, sheet.remaining, sheet.balance) == (410, 0, 0)


def test_a_disputed_slip_waits_for_an_answer_and_not_for_a_payment() -> None:
    sheet = Sheet(slip(status=Status.DISPUTED), Decimal(400))
    assert not sheet.is_due
    assert balance_of([sheet]) == 400


@given(total=CENTS, previous=CENTS, paid=CENTS)
def test_what_is_asked_is_what_is_paid_and_what_remains(total: Decimal, previous: Decimal, paid: Decimal) -> None:
    sheet = Sheet(slip(previous_balance=previous, paid_amount=paid, status=Status.PARTIAL), total)
    assert sheet.paid + sheet.remaining == sheet.to_pay == previous + total
    assert 0 <= sheet.unpaid <= total


@given(amount=CENTS, share=st.integers(0, 10_000).map(lambda part: Decimal(part) / 10_000))
def test_the_two_parts_of_a_line_make_its_amount(amount: Decimal, share: Decimal) -> None:
    shown = ShownLine(line(amount=amount, employer_share=share))
    assert shown.employer is not None and shown.employee is not None
    assert shown.employer + shown.employee == amount
    assert 0 <= shown.employer <= amount


def test_lines_are_grouped_by_population_and_corrections_stand_apart() -> None:
    lines = [
        line(), line(line=2, structure="family", headcount=4, amount=Decimal("320.00")),
        line(line=3, population="Non-cadres", employer_share=None),
        line(line=4, amount=Decimal("-40.05"), adjusts_period=day("2026-06-01")),
    ]  # fmt: skip
    groups = groups_of(lines)
    assert [(group.population, group.headcount, group.amount) for group in groups] == [
        ("Cadres", 14, Decimal("720.50")),
        ("Non-cadres", 10, Decimal("400.50")),
    ]
    assert (groups[0].employer, groups[1].employer) == (Decimal("432.30"), None)
    assert [shown.line.line for shown in adjustments_of(lines)] == [4]


@pytest.mark.parametrize(
    ("fields", "agrees"),
    [
        ({}, True),
        ({"base": Decimal(40050)}, True),  # the base of all of them together
        ({"amount": Decimal("400.55")}, True),  # a cent a head
        ({"amount": Decimal("410.50")}, False),
        ({"amount": Decimal("-400.50"), "adjusts_period": day("2026-06-01")}, True),
    ],
)
def test_an_amount_is_the_rate_of_the_base_of_one_or_of_all(fields: dict[str, Any], agrees: bool) -> None:
    assert ShownLine(line(**fields)).agrees is agrees


def test_what_does_not_agree_is_said() -> None:
    paid = Sheet(slip(status=Status.PAID, paid_amount=Decimal(300)), Decimal(400))
    assert differences(paid, [line(amount=Decimal(400))]) == [
        "Ce bordereau est dit payé, et ses lignes font plus que ce qui a été réglé.",
        "Le montant de la ligne 1 n’est pas celui que donnent l’effectif, l’assiette et le taux.",
    ]
    over = Sheet(slip(paid_amount=Decimal(500)), Decimal(400))
    assert len(differences(over, [line()])) == 1
    assert differences(Sheet(slip(), Decimal("400.50")), [line()]) == []


@pytest.mark.parametrize(
    ("today", "left", "gone", "is_late"),
    [("2026-09-01", 60, 0, False), ("2026-10-31", 0, 60, False), ("2026-11-02", -2, 60, True)],
)
def test_the_ruler_goes_from_the_first_day_of_the_period_to_the_due_date(
    today: str, left: int, gone: int, is_late: bool
) -> None:
    due = Due(Sheet(slip(), Decimal(400)), day(today))
    assert (due.days_left, due.days_gone, due.days, due.is_late) == (left, gone, 60, is_late)
    assert [tick.x for tick in due.ticks] == ["0%", "48.33%", "100%"]


def test_a_slip_due_before_its_period_has_no_ruler() -> None:
    due = Due(Sheet(slip(due_date=day("2026-08-15")), Decimal(400)), day("2026-08-01"))
    assert (due.days, due.ticks, due.gone) == (0, [], "0%")


def test_the_drawing_sums_the_contracts_of_a_period_and_hatches_what_is_not_paid() -> None:
    sheets = [
        Sheet(slip(status=Status.PAID), Decimal(400)),
        Sheet(slip(pk=2, contract_id=2), Decimal(100)),
        Sheet(
            slip(pk=3, period_start=day("2026-08-01"), period_end=day("2026-08-31"), status=Status.PAID), Decimal(50)
        ),
    ]
    periods = periods_of(sheets)
    assert [(period.letter, period.total, period.paid, period.unpaid) for period in periods] == [
        ("A", 50, 50, 0),
        ("S", 500, 400, 100),
    ]
    chart = chart_of(periods)
    assert [block.is_unpaid for block in chart.blocks] == [False, False, True]
    assert [letter.written for letter in chart.letters] == ["A", "S"]
    assert len(chart.lines) <= 6


def test_nothing_to_draw_is_drawn_without_columns() -> None:
    assert chart_of([]).blocks == ()
