"""The first page of the professional's space: money, what was rejected, delays, agreement."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portals.presentation.formats import NARROW, NBSP
from providers.home.chart import chart_of
from providers.home.queries import months_until
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.providers.invoices.objects import feed, invoice, transfer

TODAY = datetime.datetime(2026, 10, 14, 9, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def us(cast: Cast, client: Client) -> Client:
    builders.sign_in(client, cast.professional_account)
    return client


def home(client: Client) -> str:
    return words_of(client.get("/professionnel/").text)


def test_it_says_what_is_to_be_paid_what_was_paid_and_what_was_rejected(tmp_path: Path, us: Client, cast: Cast) -> None:
    mine = cast.professional
    feed(tmp_path, "transfers", transfer("V1", mine), transfer("V0", mine, paid_on="2026-09-30", amount="99.00"))
    feed(
        tmp_path,
        "invoices",
        invoice("F1", mine, status="paid", transfer_ref="V1"),
        invoice("F2", mine, status="accepted", care_date="2026-10-12", received_on="2026-10-13"),
        invoice("F3", mine, status="checking", care_date="2026-10-12", received_on="2026-10-13"),
        invoice("F4", mine, status="rejected", reject_code="R06", rank="3"),
        invoice("F5", mine, status="pending", rank="4"),
    )
    page = home(us)
    assert f"Nous avons 30,00{NARROW}€ à vous payer, pour 2 factures." in page
    assert f"Dont 15,00{NARROW}€ déjà acceptés" in page
    assert f"Versé en octobre{NBSP}2026{NBSP}: 15,00{NARROW}€" in page
    assert "Reprendre la facture rejetée" in page and "Acte hors garantie" in page
    # Received on Friday 2, paid on Wednesday 7.
    assert f"3,0{NBSP}jours ouvrés" in page or "3,0 jours ouvrés" in page
    assert "active depuis" in page


def test_a_rejected_invoice_that_came_back_does_not_wait(tmp_path: Path, us: Client, cast: Cast) -> None:
    mine = cast.professional
    feed(tmp_path, "invoices", invoice("F1", mine, status="rejected", reject_code="R01"))
    assert "Reprendre la facture rejetée" in home(us)
    feed(tmp_path, "invoices", invoice("F2", mine, received_on="2026-10-12"))
    assert "Aucune facture rejetée n’attend" in home(us)


def test_without_any_invoice_it_says_what_will_come(us: Client) -> None:
    page = home(us)
    assert "Aucune facture de votre part pour le moment" in page and "Aucune facture payée" in page


def test_it_costs_the_same_with_one_and_with_many_and_stays_under_twelve_queries(
    tmp_path: Path, us: Client, cast: Cast
) -> None:
    mine = cast.professional
    feed(tmp_path, "transfers", transfer("V1", mine))
    first = [invoice("F1", mine, status="paid", transfer_ref="V1"), invoice("F2", mine, status="rejected", rank="9")]
    first[1]["reject_code"] = "R01"
    feed(tmp_path, "invoices", *first)
    few = queries_of(us)
    rows = [invoice(f"G{n}", mine, status="rejected", reject_code="R02", rank=str(10 + n)) for n in range(40)]
    feed(tmp_path, "invoices", *rows)
    assert queries_of(us) == few <= 12


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/professionnel/").status_code == 200
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


def test_the_chart_ends_with_this_month_and_shows_what_goes_beyond_the_promise() -> None:
    months = months_until(datetime.date(2026, 2, 14))
    assert (months[0], months[-1], len(months)) == (datetime.date(2025, 3, 1), datetime.date(2026, 2, 1), 12)
    averages: list[tuple[datetime.date, Decimal | None]] = [(month, None) for month in months[:-2]]
    averages += [(months[-2], Decimal(3)), (months[-1], Decimal(8))]
    chart = chart_of(averages, promise=4)
    assert [column.is_over for column in chart.columns] == [False, True]
    assert [letter.written for letter in chart.letters][:2] == ["M", "A"] and chart.letters[-1].is_current
    assert chart.lines[-1].written == f"8{NARROW}j" and chart.promise_y == "89"


def test_a_year_without_payments_is_drawn_empty() -> None:
    chart = chart_of([(month, None) for month in months_until(datetime.date(2026, 2, 14))], promise=30)
    assert chart.columns == () and chart.lines[-1].written == f"30{NARROW}j"
