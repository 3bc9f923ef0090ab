"""The feeds of companies and group contracts."""

from pathlib import Path

import pytest

from employers.models import Company, GroupContract
from portals.access import isolation
from portals.feeds import load
from tests.builders import feed_files

pytestmark = pytest.mark.django_db

COMPANY = {"siret": "73282932000074", "name": "Chantiers de l’Odet", "city": "Quimper", "email": "rh@example.org"}
CONTRACT = {
    "contract_number": "GC1", "siret": "73282932000074", "plan_code": "ESS", "population": "Ensemble du personnel",
    "start_date": "2024-01-01", "employer_share": "0.6",
}  # fmt: skip


def test_companies_and_their_contracts_load_twice(tmp_path: Path) -> None:
    feed_files.load_portfolio(tmp_path)
    companies = feed_files.write(tmp_path / "companies.csv", [COMPANY])
    contracts = feed_files.write(tmp_path / "contracts.csv", [CONTRACT])
    assert (load("companies", companies).created, load("group_contracts", contracts).created) == (1, 1)
    assert (load("companies", companies).unchanged, load("group_contracts", contracts).unchanged) == (1, 1)
    with isolation.system():
        assert GroupContract.objects.get().company == Company.objects.get(siret="73282932000074")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"siret": "73282932000075"}, ("siret", "bad_siret")),
        ({"siret": "35600000000048"}, ("siret", "unknown_reference")),
        ({"employer_share": "1.2"}, ("employer_share", "bad_number")),
        ({"end_date": "2023-12-31"}, ("end_date", "bad_interval")),
    ],
)
def test_a_wrong_contract_is_rejected(tmp_path: Path, fields: dict[str, str], code: tuple[str, str]) -> None:
    feed_files.load_portfolio(tmp_path)
    load("companies", feed_files.write(tmp_path / "companies.csv", [COMPANY]))
    counts = load("group_contracts", feed_files.write(tmp_path / "contracts.csv", [{**CONTRACT, **fields}]))
    assert [reject[:3] for reject in counts.first_rejects] == [(2, *code)]
