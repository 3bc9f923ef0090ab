"""The feed files of a fabricated portfolio."""

import csv
import datetime
import gc
import tracemalloc
from pathlib import Path

import pytest

from members.populate import files

TODAY = datetime.date(2026, 11, 21)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    folder = tmp_path_factory.mktemp("portfolio")
    paths = files.write_portfolio(folder, members=125, seed=3, today=TODAY, with_cast=True)
    assert tuple(paths) == files.KINDS
    return {kind: rows(path) for kind, path in paths.items()}


def test_every_reference_points_to_a_row_of_another_file(written: dict[str, list[dict[str, str]]]) -> None:
    persons = {row["person_ref"] for row in written["persons"]}
    policies = {row["policy_number"] for row in written["policies"]}
    plans = {row["plan_code"] for row in written["plans"]}
    contracts = {row["contract_number"] for row in written["group_contracts"]}
    assert {row["plan_code"] for row in written["guarantees"]} == plans
    assert {row["plan_code"] for row in written["policies"]} <= plans
    assert {row["group_contract"] for row in written["policies"]} - {""} <= contracts
    assert {row["siret"] for row in written["group_contracts"]} == {row["siret"] for row in written["companies"]}
    assert {row["person_ref"] for row in written["covers"]} == persons
    assert {row["policy_number"] for row in written["covers"]} == policies
    assert {row["person_ref"] for row in written["benefits"]} <= persons
    assert {row["policy_number"] for row in written["benefits"]} <= policies
    assert {row["person_ref"] for row in written["affiliations"]} <= persons
    assert {row["contract_number"] for row in written["affiliations"]} <= contracts
    professionals = {row["professional_ref"] for row in written["professionals"]}
    assert {row["professional_ref"] for row in written["agreements"]} <= professionals


def test_companies_and_professionals_come_in_proportion(written: dict[str, list[dict[str, str]]]) -> None:
    assert len(written["companies"]) == 2  # never fewer: a company has a rival, an agent two clients
    assert len(written["professionals"]) == 20


def test_settlements_name_professionals_of_the_directory(written: dict[str, list[dict[str, str]]]) -> None:
    directory = {
        row["practice_name"] or f"{row['given_name']} {row['family_name']}" for row in written["professionals"]
    }
    named = {
        row["professional_name"].removeprefix("Dr ") for row in written["benefits"] if row["act_code"] in {"G", "B"}
    }
    assert named <= directory


def test_guarantees_cover_every_family_of_every_plan_at_any_date(written: dict[str, list[dict[str, str]]]) -> None:
    families = {row["act_family"] for row in written["guarantees"]}
    assert len(families) == 14
    for plan in {row["plan_code"] for row in written["plans"]}:
        assert {row["act_family"] for row in written["guarantees"] if row["plan_code"] == plan} == families


def test_memory_does_not_grow_with_the_portfolio(tmp_path: Path) -> None:
    def peak(members: int) -> int:
        gc.collect()
        tracemalloc.start()
        files.write_portfolio(tmp_path, members=members, seed=1, today=TODAY)
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(30)  # fills the caches of dates and amounts
    # 90 households more are 17 000 lines more: some 30 MB if they were kept.
    assert peak(120) < peak(30) + 8_000_000
