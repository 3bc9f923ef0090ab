"""The feeds of contribution slips and of their lines."""

from decimal import Decimal
from pathlib import Path

import pytest

from employers.contributions.models import ContributionLine, ContributionSlip, LineDispute
from portals.access import isolation
from tests.cast import Cast
from tests.employers.contributions.objects import contract_of, feed, line, slip

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(cast: Cast) -> str:
    return contract_of(cast.company).contract_number


def test_slips_and_their_lines_load_twice_and_belong_to_the_company(tmp_path: Path, cast: Cast, contract: str) -> None:
    slips = [slip("B1", contract, previous_balance="-12.50", paid_amount="100.00", status="partial")]
    lines = [line("B1"), line("B1", 2, amount="-40.05", adjusts_period="2026-06", employer_share="")]
    assert (
        feed(tmp_path, "contribution_slips", *slips).created,
        feed(tmp_path, "contribution_lines", *lines).created,
    ) == (1, 2)
    assert feed(tmp_path, "contribution_slips", *slips).unchanged == 1
    assert feed(tmp_path, "contribution_lines", *lines).unchanged == 2
    with isolation.system():
        kept = ContributionSlip.objects.get()
        second = ContributionLine.objects.get(line=2)
    assert (kept.company_id, kept.previous_balance, kept.paid_amount) == (cast.company.pk, Decimal("-12.50"), 100)
    assert (second.company_id, second.employer_share) == (cast.company.pk, None)
    assert second.adjusts_period is not None and second.adjusts_period.isoformat() == "2026-06-01"


def test_what_a_slip_does_not_say_is_nothing_owed_and_a_payment_not_told(tmp_path: Path, contract: str) -> None:
    feed(tmp_path, "contribution_slips", slip("B1", contract))
    with isolation.system():
        kept = ContributionSlip.objects.get()
    assert (kept.previous_balance, kept.paid_amount) == (0, None)


@pytest.mark.parametrize(
    ("fields", "reject"),
    [
        ({"contract_number": "GC-404"}, ("contract_number", "unknown_reference")),
        ({"period_end": "2026-08-31"}, ("period_end", "bad_interval")),
        ({"due_date": "2026-13-01"}, ("due_date", "bad_date")),
        ({"status": "unpaid"}, ("status", "bad_choice")),
        ({"paid_amount": "-1.00"}, ("paid_amount", "bad_number")),
        ({"previous_balance": "1,50"}, ("previous_balance", "bad_number")),
    ],
)
def test_a_wrong_slip_is_rejected_alone(
    tmp_path: Path, contract: str, fields: dict[str, str], reject: tuple[str, str]
) -> None:
    counts = feed(tmp_path, "contribution_slips", slip("B1", contract), slip("B2", contract) | fields)
    assert counts.created == 1
    assert [found[:3] for found in counts.first_rejects] == [(3, *reject)]


@pytest.mark.parametrize(
    ("fields", "reject"),
    [
        ({"slip_number": "B404"}, ("slip_number", "unknown_reference")),
        ({"structure": "couple"}, ("structure", "bad_choice")),
        ({"headcount": "-3"}, ("headcount", "bad_number")),
        ({"employer_share": "1.2"}, ("employer_share", "bad_number")),
        ({"amount": "-400.50"}, ("amount", "bad_amounts")),
        ({"adjusts_period": "2026-09-01"}, ("adjusts_period", "bad_interval")),
        ({"adjusts_period": "2026-13"}, ("adjusts_period", "bad_date")),
    ],
)
def test_a_wrong_line_is_rejected_alone(
    tmp_path: Path, contract: str, fields: dict[str, str], reject: tuple[str, str]
) -> None:
    feed(tmp_path, "contribution_slips", slip("B1", contract))
    counts = feed(tmp_path, "contribution_lines", line("B1"), line("B1", 2) | fields)
    assert counts.created == 1
    assert [found[:3] for found in counts.first_rejects] == [(3, *reject)]


def test_sums_that_do_not_agree_are_loaded(tmp_path: Path, contract: str) -> None:
    feed(tmp_path, "contribution_slips", slip("B1", contract, status="paid", paid_amount="1.00"))
    assert feed(tmp_path, "contribution_lines", line("B1", amount="999.00")).created == 1


def test_a_contract_that_passes_to_another_company_takes_the_slips_told_since_with_it(
    tmp_path: Path, cast: Cast, contract: str
) -> None:
    feed(tmp_path, "contribution_slips", slip("B1", contract), slip("B2", contract))
    feed(tmp_path, "contribution_lines", line("B1"), line("B2"))
    with isolation.system():
        disputed = ContributionLine.objects.get(slip__slip_number="B1")
        LineDispute.objects.create(
            line=disputed, company=cast.company, opened_by=cast.company_account, thread_number="RC-2026-000001"
        )
        passing = contract_of(cast.company)
        passing.company = cast.rival
        passing.save()
    feed(tmp_path, "contribution_slips", slip("B1", contract, status="late"))
    with isolation.tenant(space="employeur", tenant_id=cast.rival.pk):
        assert [told.slip_number for told in ContributionSlip.objects.all()] == ["B1"]
        assert ContributionLine.objects.count() == LineDispute.objects.count() == 1
    with isolation.tenant(space="employeur", tenant_id=cast.company.pk):
        assert [told.slip_number for told in ContributionSlip.objects.all()] == ["B2"]
        assert not LineDispute.objects.exists()


def test_the_history_of_a_slip_is_kept(tmp_path: Path, contract: str) -> None:
    feed(tmp_path, "contribution_slips", slip("B1", contract))
    feed(tmp_path, "contribution_slips", slip("B1", contract, status="paid", paid_amount="400.50"))
    with isolation.system():
        kept = ContributionSlip.objects.get()
        assert [event.status for event in kept.events.order_by("pgh_id")] == ["issued"]  # type: ignore[attr-defined]  # pghistory's
