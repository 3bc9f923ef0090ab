"""Invoices of a professional as feed files, and ways to load them."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from portals.access import isolation
from portals.feeds import load
from portals.feeds.counts import FeedCounts
from providers.agreements.models import Professional
from providers.invoices.models import Invoice
from providers.transfers.models import Transfer
from tests.builders import feed_files, number

Row = dict[str, str]


def invoice(number: str, of: Professional, **fields: str) -> Row:
    """A teletransmitted invoice of 50 €, half of it the mutual's, received the day after the care."""
    return {
        "invoice_number": number, "professional_ref": of.professional_ref, "batch": "101", "care_date": "2026-10-01",
        "member_number": "48217736", "rank": "1", "total": "50.00", "scheme_part": "35.00", "mutual_part": "15.00",
        "mode": "DRE", "received_on": "2026-10-02", "status": "received", "reject_code": "", "transfer_ref": "", **fields,
    }  # fmt: skip


def line(number: str, of: Professional, nth: int = 1, **fields: str) -> Row:
    """The one line of the invoice above."""
    return {
        "invoice_number": number, "professional_ref": of.professional_ref, "line": str(nth), "act_code": "SDE",
        "quantity": "1", "expense": "50.00", "base": "50.00", "scheme_rate": "0.7000", "scheme_amount": "35.00",
        "mutual_amount": "15.00", **fields,
    }  # fmt: skip


def transfer(ref: str, of: Professional, **fields: str) -> Row:
    """A transfer that pays the invoice above."""
    return {
        "transfer_ref": ref, "professional_ref": of.professional_ref, "paid_on": "2026-10-07", "amount": "15.00",
        **fields,
    }  # fmt: skip


def feed(folder: Path, kind: str, *rows: Row) -> FeedCounts:
    """Load the rows and say what became of them."""
    return load(kind, feed_files.write(folder / f"{kind}.csv", list(rows)))


def invoice_of(of: Professional, **fields: Any) -> Invoice:
    """An invoice of the professional, without a file."""
    chosen = {
        "invoice_number": f"F{number():06d}", "professional": of, "batch": "101", "member_number": "48217736", "rank": 1,
        "care_date": datetime.date(2026, 10, 1), "received_on": datetime.date(2026, 10, 2), "total": Decimal(50),
        "scheme_part": Decimal(35), "mutual_part": Decimal(15), "mode": "DRE", "status": "received", **fields,
    }  # fmt: skip
    with isolation.system():
        return Invoice.objects.create(**chosen)


def transfer_of(of: Professional) -> Transfer:
    """A transfer to the professional, with the invoice that it pays."""
    ref = f"V{number():06d}"
    with isolation.system():
        made = Transfer.objects.create(
            transfer_ref=ref, professional=of, paid_on=datetime.date(2026, 10, 7), amount=Decimal(15)
        )
    invoice_of(of, status="paid", transfer_ref=ref)
    return made
