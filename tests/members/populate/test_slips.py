"""The slips of a fabricated portfolio: they count its households, and what one leaves the next one asks."""

import csv
import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from members.populate import files, slips

TODAY = datetime.date(2026, 11, 21)

type Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    paths = files.write_portfolio(tmp_path_factory.mktemp("slips"), members=310, seed=3, today=TODAY)
    return {kind: rows_of(paths[kind]) for kind in ("policies", "contribution_slips", "contribution_lines")}


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_contract_has_a_slip_for_each_month_that_is_over(written: dict[str, Rows]) -> None:
    contracts = {row["group_contract"] for row in written["policies"]} - {""}
    by_contract = {
        number: [s for s in written["contribution_slips"] if s["contract_number"] == number] for number in contracts
    }
    assert len(contracts) == 3
    assert {len(found) for found in by_contract.values()} == {slips.MONTHS}
    assert {found[-1]["period_end"] for found in by_contract.values()} == {"2026-10-31"}
    assert {found[-1]["due_date"] for found in by_contract.values()} == {"2026-11-30"}


def test_a_slip_counts_the_households_that_its_contract_covers(written: dict[str, Rows]) -> None:
    for slip in written["contribution_slips"]:
        covered = [
            policy
            for policy in written["policies"]
            if policy["group_contract"] == slip["contract_number"]
            and policy["start_date"] <= slip["period_start"]
            and (not policy["end_date"] or policy["end_date"] >= slip["period_start"])
        ]
        lines = [line for line in written["contribution_lines"] if line["slip_number"] == slip["slip_number"]]
        assert sum(int(line["headcount"]) for line in lines if not line["adjusts_period"]) == len(covered)


def test_what_a_slip_leaves_is_what_the_next_one_asks(written: dict[str, Rows]) -> None:
    left: dict[str, Decimal] = {}
    for slip in written["contribution_slips"]:
        contract = slip["contract_number"]
        assert Decimal(slip["previous_balance"]) == left.get(contract, 0)
        amounts = [
            Decimal(line["amount"])
            for line in written["contribution_lines"]
            if line["slip_number"] == slip["slip_number"]
        ]
        left[contract] = Decimal(slip["previous_balance"]) + sum(amounts) - Decimal(slip["paid_amount"] or 0)
    assert {slip["status"] for slip in written["contribution_slips"]} == {"issued", "paid", "partial"}
    assert any(line["adjusts_period"] for line in written["contribution_lines"])
