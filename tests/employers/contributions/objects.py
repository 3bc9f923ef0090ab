"""Slips of a company as feed files, and one made without a file."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from employers.companies.models import Company, GroupContract
from employers.contributions.models import ContributionLine, ContributionSlip, Status, Structure
from portals.access import isolation
from portals.feeds import load
from portals.feeds.counts import FeedCounts
from tests import builders
from tests.builders import feed_files, number

Row = dict[str, str]


def slip(name: str, contract: str, **fields: str) -> Row:
    """The slip of September 2026, due on 31 October, not paid."""
    return {
        "slip_number": name, "contract_number": contract, "period_start": "2026-09-01", "period_end": "2026-09-30",
        "due_date": "2026-10-31", "status": "issued", "previous_balance": "", "paid_amount": "", "payment_mode": "SEPA",
        **fields,
    }  # fmt: skip


def line(name: str, nth: int = 1, **fields: str) -> Row:
    """Ten persons alone: 1 % of 4 005 € each, 400,50 €, of which the employer bears 60 %."""
    return {
        "slip_number": name, "line": str(nth), "population": "Cadres", "structure": "isolated", "headcount": "10",
        "base": "4005.00", "rate": "0.01", "amount": "400.50", "employer_share": "0.6", "adjusts_period": "", **fields,
    }  # fmt: skip


def feed(folder: Path, kind: str, *rows: Row) -> FeedCounts:
    """Load the rows and say what became of them."""
    return load(kind, feed_files.write(folder / f"{kind}.csv", list(rows)))


def contract_of(company: Company) -> GroupContract:
    """The contract of a company, made when it has none."""
    with isolation.system():
        found = GroupContract.objects.filter(company=company).order_by("pk").first()
    return found or builders.group_contract(company)


def slip_of(company: Company, **fields: Any) -> ContributionSlip:
    """A slip of 400,50 € with one line, without a file."""
    contract = contract_of(company)
    with isolation.system():
        made = ContributionSlip.objects.create(
            **{
                "slip_number": f"B{number():06d}",
                "contract": contract,
                "company": company,
                "period_start": datetime.date(2026, 9, 1),
                "period_end": datetime.date(2026, 9, 30),
                "due_date": datetime.date(2026, 10, 31),
                "status": Status.ISSUED,
                **fields,
            }
        )
        line_of(made)
    return made


def line_of(slip: ContributionSlip, nth: int = 1, **fields: Any) -> ContributionLine:
    """One more line of the slip, in the context that is open."""
    return ContributionLine.objects.create(
        **{
            "slip": slip,
            "company_id": slip.company_id,
            "line": nth,
            "population": "Cadres",
            "structure": Structure.ISOLATED,
            "headcount": 10,
            "base": Decimal("4005.00"),
            "rate": Decimal("0.01"),
            "amount": Decimal("400.50"),
            "employer_share": Decimal("0.6"),
            **fields,
        }
    )
