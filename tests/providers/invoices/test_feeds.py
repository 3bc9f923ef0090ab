"""The feeds of invoices, of their lines and of transfers."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from portals.access import isolation
from providers.models import Invoice, InvoiceLine, InvoiceTotal, Transfer, TransferTotal
from tests.cast import Cast
from tests.providers.invoices.objects import feed, invoice, line, transfer

pytestmark = pytest.mark.django_db

HISTORY = apps.get_model("providers", "InvoiceEvent")


def months_of(standing: str, *, axis: str = "received") -> dict[datetime.date, tuple[int, Decimal]]:
    found = InvoiceTotal.objects.filter(axis=axis, grain="month", standing=standing).exclude(count=0)
    return {row.period: (row.count, row.mutual_part) for row in found}


def test_invoices_lines_and_transfers_load_and_the_same_file_twice_changes_nothing(tmp_path: Path, cast: Cast) -> None:
    us = cast.professional
    files = {
        "invoices": invoice("F1", us, status="paid", transfer_ref="V1"),
        "invoice_lines": line("F1", us),
        "transfers": transfer("V1", us),
    }
    for kind, row in files.items():
        assert feed(tmp_path, kind, row).created == 1
    for kind, row in files.items():
        counts = feed(tmp_path, kind, row)
        assert (counts.unchanged, counts.updated, counts.rejected) == (1, 0, 0)
    with isolation.system():
        found = Invoice.objects.get()
        assert found.paid_on == datetime.date(2026, 10, 7) and found.standing == "paid"
        assert InvoiceLine.objects.get().care_date == found.care_date
        assert Transfer.objects.get().amount == Decimal("15.00")
        assert TransferTotal.objects.get().mutual_part == Decimal("15.00")


def test_a_changed_invoice_leaves_its_history_and_moves_the_totals(tmp_path: Path, cast: Cast) -> None:
    us = cast.professional
    feed(tmp_path, "invoices", invoice("F1", us), invoice("F2", us, received_on="2026-11-03"))
    counts = feed(tmp_path, "invoices", invoice("F1", us, status="checking", mutual_part="14.00"))
    assert counts.updated == 1
    october, november = datetime.date(2026, 10, 1), datetime.date(2026, 11, 1)
    with isolation.system():
        assert months_of("received") == {november: (1, Decimal("15.00"))}
        assert months_of("checking") == {october: (1, Decimal("14.00"))}
        assert months_of("checking", axis="care") == {october: (1, Decimal("14.00"))}
        assert list(HISTORY.objects.values_list("status", flat=True)) == ["received"]
        Invoice.objects.all().delete()
        assert months_of("received") == months_of("checking") == {}


def test_lines_follow_the_day_of_care_of_their_invoice_into_another_month(tmp_path: Path, cast: Cast) -> None:
    us = cast.professional
    feed(tmp_path, "invoices", invoice("F1", us))
    feed(tmp_path, "invoice_lines", line("F1", us))
    feed(tmp_path, "invoices", invoice("F1", us, care_date="2026-08-15"))
    with isolation.system(), connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM providers_invoiceline")
        assert cursor.fetchall() == [("providers_invoiceline_2026_08",)]
    assert feed(tmp_path, "invoice_lines", line("F1", us)).unchanged == 1


@pytest.mark.parametrize(
    ("fields", "reject"),
    [
        ({"professional_ref": "PS-NOBODY"}, ("professional_ref", "unknown_reference")),
        ({"received_on": "2026-09-30"}, ("received_on", "bad_interval")),
        ({"care_date": "2026-02-29"}, ("care_date", "bad_date")),
        ({"mutual_part": "15.01"}, ("total", "bad_amounts")),
        ({"mutual_part": "-15.00"}, ("mutual_part", "bad_number")),
        ({"status": "lost"}, ("status", "bad_choice")),
        ({"mode": "FAX"}, ("mode", "bad_choice")),
        ({"member_number": ""}, ("member_number", "required")),
        ({"transfer_ref": "V-COLLEAGUE"}, ("transfer_ref", "other_professional")),
    ],
)
def test_a_wrong_invoice_is_rejected_alone(
    tmp_path: Path, cast: Cast, fields: dict[str, str], reject: tuple[str, str]
) -> None:
    us = cast.professional
    feed(tmp_path, "transfers", transfer("V-COLLEAGUE", cast.colleague))
    counts = feed(tmp_path, "invoices", invoice("F1", us) | fields, invoice("F2", us))
    assert (counts.created, [found[:3] for found in counts.first_rejects]) == (1, [(2, *reject)])


@pytest.mark.parametrize(
    ("fields", "reject"),
    [
        ({"professional_ref": "PS-NOBODY"}, ("professional_ref", "unknown_reference")),
        ({"invoice_number": "F9"}, ("invoice_number", "unknown_reference")),
        ({"line": "un"}, ("line", "bad_number")),
        ({"scheme_rate": "70"}, ("scheme_rate", "bad_number")),
        ({"line": "2"}, ("invoice_number", "duplicate_key")),
    ],
)
def test_a_wrong_line_is_rejected_alone(
    tmp_path: Path, cast: Cast, fields: dict[str, str], reject: tuple[str, str]
) -> None:
    us = cast.professional
    feed(tmp_path, "invoices", invoice("F1", us))
    counts = feed(tmp_path, "invoice_lines", line("F1", us, nth=2), line("F1", us) | fields)
    assert (counts.created, [found[:3] for found in counts.first_rejects]) == (1, [(3, *reject)])


def test_an_invoice_of_a_colleague_with_the_same_number_is_another_invoice(tmp_path: Path, cast: Cast) -> None:
    feed(tmp_path, "invoices", invoice("F1", cast.professional), invoice("F1", cast.colleague))
    counts = feed(tmp_path, "invoice_lines", line("F1", cast.professional), line("F1", cast.colleague))
    assert counts.created == 2
    with isolation.system():
        found = InvoiceLine.objects.values_list("professional_id", "invoice__professional_id")
        assert {owner for owner, _ in found} == {cast.professional.pk, cast.colleague.pk}
        assert all(owner == of for owner, of in found)


def test_a_transfer_never_changes_hands(tmp_path: Path, cast: Cast) -> None:
    feed(tmp_path, "transfers", transfer("V1", cast.professional))
    counts = feed(tmp_path, "transfers", transfer("V1", cast.colleague))
    assert [found[1:3] for found in counts.first_rejects] == [("professional_ref", "other_professional")]


def test_a_transfer_that_comes_after_its_invoices_dates_them(tmp_path: Path, cast: Cast) -> None:
    us = cast.professional
    feed(tmp_path, "invoices", invoice("F1", us, status="paid", transfer_ref="V1"))
    with isolation.system():
        assert Invoice.objects.get().paid_on is None
    feed(tmp_path, "transfers", transfer("V1", us))
    with isolation.system():
        assert Invoice.objects.get().paid_on == datetime.date(2026, 10, 7)
        # Received on a Friday, paid on the Wednesday after: three opening days.
        assert InvoiceTotal.objects.get(axis="paid").days == 3


def test_the_same_care_under_another_number_takes_the_rejected_invoice_out_of_what_waits(
    tmp_path: Path, cast: Cast
) -> None:
    us = cast.professional
    rejected = invoice("F1", us, status="rejected", reject_code="R01")
    feed(tmp_path, "invoices", rejected, invoice("F2", us, rank="2", received_on="2026-10-09"))
    with isolation.system():
        assert Invoice.objects.get(invoice_number="F1").standing == "rejected"
    feed(tmp_path, "invoices", invoice("F3", us, received_on="2026-10-09"))
    with isolation.system():
        found = Invoice.objects.get(invoice_number="F1")
        assert (found.standing, found.resubmitted_as) == ("resubmitted", "F3")
    feed(tmp_path, "invoices", invoice("F3", us, received_on="2026-10-09", status="cancelled"))
    with isolation.system():
        assert Invoice.objects.get(invoice_number="F1").standing == "rejected"


@pytest.mark.parametrize(("code", "standing"), [("R08", "resubmitted"), ("R01", "rejected"), ("?", "rejected")])
def test_another_total_is_the_same_care_only_when_the_reason_calls_for_it(
    tmp_path: Path, cast: Cast, code: str, standing: str
) -> None:
    us = cast.professional
    feed(
        tmp_path,
        "invoices",
        invoice("F1", us, status="rejected", reject_code=code),
        invoice("F2", us, total="48.00", mutual_part="13.00", received_on="2026-10-09"),
    )
    with isolation.system():
        assert Invoice.objects.get(invoice_number="F1").standing == standing


def test_one_professional_sees_nothing_of_another(tmp_path: Path, cast: Cast) -> None:
    us, them = cast.professional, cast.colleague
    for of in (us, them):
        feed(tmp_path, "invoices", invoice("F1", of, status="paid", transfer_ref=f"V{of.pk}"))
        feed(tmp_path, "invoice_lines", line("F1", of))
        feed(tmp_path, "transfers", transfer(f"V{of.pk}", of))
        feed(tmp_path, "invoices", invoice("F1", of, status="cancelled"))
    with isolation.tenant(space="professionnel", tenant_id=us.pk):
        for model in (Invoice, InvoiceLine, InvoiceTotal, Transfer, TransferTotal, HISTORY):
            owners = set(model.objects.values_list("professional_id", flat=True))
            assert owners == {us.pk}, model
