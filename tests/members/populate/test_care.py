"""The benefit lines of a fabricated portfolio."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

import pytest

from members.benefits import reference
from members.populate import people, plans
from members.populate.care import COLUMNS, benefit_lines
from members.populate.people import Household

TODAY = datetime.date(2026, 11, 21)
SINCE = datetime.date(2023, 11, 1)
YESTERDAY = datetime.date(2026, 11, 20)
Line = dict[str, str]


def lines_of(home: Household, since: datetime.date = SINCE, until: datetime.date = YESTERDAY) -> Iterator[Line]:
    for row in benefit_lines(home, 1, since, until):
        yield dict(zip(COLUMNS, row, strict=True))


def amount(line: Line, column: str) -> Decimal:
    return Decimal(line[column])


@pytest.fixture(scope="module")
def portfolio() -> list[tuple[Household, list[Line]]]:
    return [(home, list(lines_of(home))) for home in people.households(150, 1, TODAY)]


@pytest.fixture(scope="module")
def every_line(portfolio: list[tuple[Household, list[Line]]]) -> list[Line]:
    return [line for _, lines in portfolio for line in lines]


def test_a_person_has_thirty_lines_a_year(portfolio: list[tuple[Household, list[Line]]]) -> None:
    persons = sum(len(home.persons) for home, _ in portfolio)
    assert 27 < sum(len(lines) for _, lines in portfolio) / persons / 3 < 33


def test_references_are_unique(every_line: list[Line]) -> None:
    assert max(Counter(line["benefit_ref"] for line in every_line).values()) == 1


def test_another_day_only_adds_lines() -> None:
    home = people.household(7, 1, TODAY)
    eve = list(lines_of(home, until=datetime.date(2026, 11, 10)))
    today = list(lines_of(home))
    assert [line for line in today if line["care_date"] <= "2026-11-10"] == eve


def test_care_stays_within_the_cover_and_before_today(portfolio: list[tuple[Household, list[Line]]]) -> None:
    for home, lines in portfolio:
        covers = {person.ref: (person.cover_start, person.cover_end or YESTERDAY) for person in home.persons}
        for line in lines:
            start, end = covers[line["person_ref"]]
            assert start <= datetime.date.fromisoformat(line["care_date"]) <= min(end, YESTERDAY)
            assert line["payment_date"] > line["care_date"]


def test_no_line_pays_more_than_the_expense(every_line: list[Line]) -> None:
    for line in every_line:
        paid = amount(line, "scheme_amount") + amount(line, "mutual_amount") + amount(line, "other_amount")
        left = amount(line, "expense") - paid
        if amount(line, "expense") > 0:
            assert left >= amount(line, "deduction") >= 0
            assert min(amount(line, "scheme_amount"), amount(line, "mutual_amount")) >= 0


def test_the_scheme_pays_its_rate_of_the_base_less_the_deduction(every_line: list[Line]) -> None:
    for line in every_line:
        sign = -1 if amount(line, "expense") < 0 else 1
        computed = amount(line, "base") * amount(line, "scheme_rate") - amount(line, "deduction")
        assert abs(sign * amount(line, "scheme_amount") - computed) <= Decimal("0.01")


def test_the_mutual_pays_what_the_plan_says(portfolio: list[tuple[Household, list[Line]]]) -> None:
    for home, lines in portfolio:
        for line in lines:
            day = datetime.date.fromisoformat(line["care_date"])
            rule = plans.guarantee_at(home.plan, reference.codes()[line["act_code"]].family, day)
            if amount(line, "expense") < 0 or rule.basis != "BR":
                continue
            gross = amount(line, "scheme_amount") + amount(line, "deduction")
            due = min(amount(line, "base") * rule.percent / 100, amount(line, "expense")) - gross
            assert abs(amount(line, "mutual_amount") - max(due, Decimal(0))) <= Decimal("0.01")


def test_100_percent_sante_lines_leave_nothing_to_pay(every_line: list[Line]) -> None:
    baskets = [line for line in every_line if reference.codes()[line["act_code"]].zero_out_of_pocket]
    assert baskets
    for line in baskets:
        assert amount(line, "scheme_amount") + amount(line, "mutual_amount") == amount(line, "expense")


def test_bases_follow_the_tariff_of_the_day(every_line: list[Line]) -> None:
    bases = defaultdict(set)
    for line in every_line:
        if line["act_code"] == "G":
            bases[line["care_date"] >= "2024-12-22"].add(line["base"])
    assert bases == {False: {"26.50"}, True: {"30.00"}}


def test_nothing_is_withheld_from_minors_and_never_more_than_the_yearly_cap(
    portfolio: list[tuple[Household, list[Line]]],
) -> None:
    for home, lines in portfolio:
        births = {person.ref: person.birth_date for person in home.persons}
        withheld: Counter[tuple[str, str, bool]] = Counter()
        for line in lines:
            day = datetime.date.fromisoformat(line["care_date"])
            birth = births[line["person_ref"]]
            if day < birth.replace(year=birth.year + 18):
                assert amount(line, "deduction") == 0
            franchise = reference.codes()[line["act_code"]].family in {"PHAR", "AUXM", "TRAN"}
            withheld[line["person_ref"], line["care_date"][:4], franchise] += int(amount(line, "deduction") * 100)
        assert max(withheld.values(), default=0) <= 5_000


def test_soft_medicine_stops_at_its_yearly_ceiling(portfolio: list[tuple[Household, list[Line]]]) -> None:
    for home, lines in portfolio:
        ceiling = plans.guarantee_at(home.plan, "DOUX", TODAY).annual_cap
        paid: Counter[tuple[str, str]] = Counter()
        for line in lines:
            if line["act_code"] == "OSTE":
                paid[line["person_ref"], line["care_date"][:4]] += int(amount(line, "mutual_amount") * 100)
        assert max(paid.values(), default=0) <= ceiling


def test_a_reversal_follows_the_line_that_it_cancels(every_line: list[Line]) -> None:
    reversals = [index for index, line in enumerate(every_line) if amount(line, "expense") < 0]
    assert reversals
    for index in reversals:
        original, reversal = every_line[index - 1], every_line[index]
        for column in ("expense", "scheme_amount", "mutual_amount", "other_amount"):
            assert amount(reversal, column) == -amount(original, column)
        for column in ("person_ref", "care_date", "act_code", "base", "payment_ref"):
            assert reversal[column] == original[column]


def test_a_payment_groups_lines_of_one_household_day_and_payee(every_line: list[Line]) -> None:
    payments = defaultdict(set)
    sizes: Counter[str] = Counter()
    for line in every_line:
        payments[line["payment_ref"]].add((line["policy_number"], line["payment_date"], line["paid_to"]))
        sizes[line["payment_ref"]] += 1
    assert all(len(one) == 1 for one in payments.values())
    assert sizes.most_common(1)[0][1] > 2


def test_every_way_of_paying_occurs(every_line: list[Line]) -> None:
    assert {line["source"] for line in every_line} == {"NOEMIE", "DRE", "PAPER", "QUOTE"}
    assert {line["paid_to"] for line in every_line} == {"insured", "professional"}
    assert any(amount(line, "other_amount") > 0 for line in every_line)
