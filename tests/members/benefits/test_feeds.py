"""The feed of benefit lines: amounts, reversals, months, and whose line it is."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from members.models import BenefitLine, Cover, Household
from portals.access import isolation
from portals.feeds import load
from portals.feeds.counts import FeedCounts
from tests.builders import feed_files
from tests.builders.feed_files import benefit, reversal

pytestmark = pytest.mark.django_db

BenefitLineEvent = apps.get_model("members", "BenefitLineEvent")


@pytest.fixture(autouse=True)
def portfolio(tmp_path: Path) -> None:
    feed_files.load_portfolio(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "benefits.csv"


def feed(file: Path, *rows: dict[str, str]) -> FeedCounts:
    return load("benefits", feed_files.write(file, list(rows)))


def codes(counts: FeedCounts) -> list[tuple[int, str, str]]:
    return [reject[:3] for reject in counts.first_rejects]


def test_a_line_is_stored_as_told(file: Path) -> None:
    feed(file, benefit(other_amount="1.00"))
    with isolation.system():
        line = BenefitLine.objects.select_related("household", "policy", "person").get()
        assert (line.benefit_ref, line.policy.policy_number, line.person.person_ref) == ("D1", "SA1", "70000001-1")
        assert line.household.member_number == "70000001"
        assert (line.expense, line.scheme_amount, line.mutual_amount) == (Decimal(30), Decimal(19), Decimal(9))
        assert (line.deduction, line.other_amount, line.scheme_rate) == (Decimal(2), Decimal(1), Decimal("0.7"))
        assert (line.care_date, line.payment_date) == (datetime.date(2025, 3, 10), datetime.date(2025, 3, 14))
        assert line.out_of_pocket == Decimal(1)


def test_absent_values_have_their_defaults(file: Path) -> None:
    absent = dict.fromkeys(("act_label", "quantity", "deduction", "other_amount", "payment_ref", "payment_date"), "")
    feed(file, benefit(**absent))
    with isolation.system():
        line = BenefitLine.objects.get()
    assert (line.act_label, line.quantity, line.deduction, line.other_amount) == ("", 1, 0, 0)
    assert (line.payment_ref, line.payment_date) == ("", None)


def test_optional_columns_may_all_be_missing(file: Path) -> None:
    row = benefit()
    for name in ("act_label", "quantity", "professional_name", "deduction", "other_amount", "payment_ref",
                 "payment_date"):  # fmt: skip
        del row[name]
    assert feed(file, row).created == 1
    assert feed(file, row).unchanged == 1


def test_lines_go_to_the_partition_of_their_month(file: Path) -> None:
    feed(file, benefit("D1"), benefit("D2", care_date="1999-12-31"))
    with isolation.system(), connection.cursor() as cursor:
        cursor.execute("SELECT benefit_ref, tableoid::regclass::text FROM members_benefitline ORDER BY benefit_ref")
        assert cursor.fetchall() == [("D1", "members_benefitline_2025_03"), ("D2", "members_benefitline_1999_12")]


def test_a_line_whose_day_changed_is_the_same_line_and_leaves_its_history(file: Path) -> None:
    feed(file, benefit())
    counts = feed(file, benefit(care_date="2025-04-02"))
    assert (counts.created, counts.updated) == (0, 1)
    with isolation.system():
        assert BenefitLine.objects.get().care_date == datetime.date(2025, 4, 2)
        assert [event.care_date for event in BenefitLineEvent.objects.all()] == [datetime.date(2025, 3, 10)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"policy_number": "SA9"}, ("policy_number", "unknown_reference")),
        ({"person_ref": "70000009-1"}, ("person_ref", "unknown_reference")),
        ({"act_code": "ZZZ"}, ("act_code", "unknown_reference")),
        ({"person_ref": "70000002-1"}, ("person_ref", "not_covered")),
        ({"mutual_amount": "11.01"}, ("expense", "bad_amounts")),
        ({"other_amount": "2.01"}, ("expense", "bad_amounts")),
        ({"mutual_amount": "-9.00"}, ("expense", "bad_amounts")),
        ({"expense": "-30.00"}, ("expense", "bad_amounts")),
        ({"care_date": "1979-12-31"}, ("care_date", "bad_date")),
        ({"source": "FAX"}, ("source", "bad_choice")),
        ({"expense": "30,00"}, ("expense", "bad_number")),
    ],
)
def test_a_wrong_line_is_rejected(file: Path, fields: dict[str, str], code: tuple[str, str]) -> None:
    counts = feed(file, benefit(**fields), benefit("D2"))
    assert codes(counts) == [(2, *code)]
    assert counts.created == 1


def test_shares_may_add_up_to_the_whole_expense_exactly(file: Path) -> None:
    assert feed(file, benefit(expense="0.30", scheme_amount="0.10", mutual_amount="0.20")).created == 1


def test_a_person_of_another_household_is_taken_when_the_policy_covers_them(file: Path, tmp_path: Path) -> None:
    cover = {"policy_number": "SA1", "person_ref": "70000002-1", "start_date": "2024-01-01"}
    load("covers", feed_files.write(tmp_path / "covers.csv", [cover]))
    assert feed(file, benefit(person_ref="70000002-1")).created == 1
    with isolation.system():
        home = Household.objects.get(member_number="70000001")
        assert BenefitLine.objects.get().household_id == home.pk
        assert Cover.objects.get(person__person_ref="70000002-1", policy__policy_number="SA1").household_id == home.pk


def test_a_reversal_finds_its_original_in_the_file_wherever_it_is(file: Path) -> None:
    assert feed(file, reversal("D0"), benefit("D1")).created == 2
    assert feed(file, reversal("D0"), benefit("D1")).unchanged == 2


def test_a_reversal_finds_its_original_among_stored_lines(file: Path) -> None:
    feed(file, benefit("D1"))
    assert feed(file, reversal("D2")).created == 1
    assert feed(file, reversal("D2")).unchanged == 1


@pytest.mark.parametrize(
    "fields",
    [{"mutual_amount": "-8.00"}, {"care_date": "2025-03-11"}, {"act_code": "CS"}, {"person_ref": "70000001-2"}],
)
def test_a_reversal_of_nothing_is_rejected(file: Path, fields: dict[str, str]) -> None:
    counts = feed(file, benefit("D1"), {**reversal("D2"), **fields})
    assert codes(counts) == [(3, "benefit_ref", "no_original")]


def test_a_line_is_taken_back_once(file: Path) -> None:
    counts = feed(file, benefit("D1"), reversal("D2"), reversal("D3"))
    assert codes(counts) == [(4, "benefit_ref", "no_original")]
    assert codes(feed(file, reversal("D4"))) == [(2, "benefit_ref", "no_original")]
    assert feed(file, benefit("D5"), reversal("D4")).created == 2


def test_a_rejected_original_cannot_be_taken_back(file: Path) -> None:
    counts = feed(file, benefit("D1", source="FAX"), reversal("D2"))
    assert codes(counts) == [(2, "source", "bad_choice"), (3, "benefit_ref", "no_original")]


def test_an_original_that_the_file_changes_counts_as_the_file_tells_it(file: Path) -> None:
    feed(file, benefit("D1"))
    counts = feed(file, benefit("D1", mutual_amount="8.00"), reversal("D2"))
    assert codes(counts) == [(3, "benefit_ref", "no_original")]
    assert counts.updated == 1


def test_nobody_sees_the_lines_without_a_context(file: Path) -> None:
    feed(file, benefit())
    assert BenefitLine.objects.count() == 0
