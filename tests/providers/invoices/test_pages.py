"""The list of invoices, its filters and its export, and the page of one invoice."""

import csv
import datetime
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portals.access import isolation
from portals.presentation.formats import NARROW, NBSP
from privacy.models import Entry
from providers.invoices.models import Invoice, RejectReason
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.providers.invoices.objects import feed, invoice, line, transfer

TODAY = datetime.datetime(2026, 10, 14, 9, tzinfo=datetime.UTC)
LIST = "/professionnel/factures/"
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def us(cast: Cast, client: Client) -> Client:
    builders.sign_in(client, cast.professional_account)
    return client


@pytest.fixture
def four(tmp_path: Path, cast: Cast) -> None:
    """A paid one, a rejected one, one in control, one on paper; and a colleague's."""
    mine, theirs = cast.professional, cast.colleague
    feed(tmp_path, "transfers", transfer("V1", mine))
    rows = [
        invoice("F1", mine, status="paid", transfer_ref="V1"),
        invoice(
            "F2",
            mine,
            status="rejected",
            reject_code="R01",
            batch="102",
            care_date="2026-10-02",
            received_on="2026-10-05",
        ),
        invoice("F3", mine, status="checking", care_date="2026-10-08", received_on="2026-10-09", rank="2"),
        invoice("F4", mine, mode="PAPER", care_date="2026-08-20", received_on="2026-09-01", member_number="99"),
        invoice("F9", theirs),
    ]
    feed(tmp_path, "invoices", *rows)


def numbers_of(markup: str) -> list[str]:
    return [words.split()[0] for words in words_of(markup).split(f"N°{NBSP}F")[1:]]


def ask(client: Client, **typed: str) -> str:
    """What the page says after the form is sent."""
    response = client.post(LIST, typed, follow=True)
    assert response.status_code == 200
    return response.text


def rows_of(markup: str) -> list[str]:
    body = markup.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0] if "<tbody>" in markup else ""
    return [f"F{number}" for number in numbers_of(body)]


@pytest.mark.commitment("CGU-3.21")
@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, ["F3", "F2", "F1", "F4"]),
        ({"state": "rejected"}, ["F2"]),
        ({"state": "resubmitted"}, []),
        ({"received_from": "05/10/2026"}, ["F3", "F2"]),
        ({"received_to": "30/09/2026"}, ["F4"]),
        ({"care_from": "01/08/2026", "care_to": "31/08/2026"}, ["F4"]),
        ({"care_from": "01/10/2026", "received_to": "05/10/2026"}, ["F2", "F1"]),
        ({"batch": "102"}, ["F2"]),
        ({"number": "F1"}, ["F1"]),
        ({"member": "482 177 36"}, ["F3", "F2", "F1"]),
        ({"member": "48217736", "state": "paid"}, ["F1"]),
    ],
)
def test_each_filter_keeps_what_it_says_and_the_sums_follow(
    typed: dict[str, str], expected: list[str], us: Client
) -> None:
    markup = ask(us, **typed)
    assert rows_of(markup) == expected
    if expected:
        assert f"{15 * len(expected)},00{NARROW}€ pour la mutuelle" in words_of(markup)
    else:
        assert "Aucune facture ne correspond" in markup


@pytest.mark.usefixtures("four")
def test_the_number_of_a_patient_never_stands_in_an_address(us: Client) -> None:
    response = us.post(LIST, {"member": "48217736", "state": "paid"})
    address = response["Location"]
    assert "48217736" not in address and "state=paid" in address
    page = us.get(address).text
    assert 'value="48217736"' in page and "48217736" not in page.split('class="go"')[1].split(">")[0]
    assert rows_of(us.get(f"{LIST}?member=99").text) == ["F3", "F2", "F1", "F4"]
    assert rows_of(us.get(f"{LIST}?patient=unknown").text) == ["F3", "F2", "F1", "F4"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"received_from": "31/11/2026"}, "novembre n’a que 30"),
        ({"care_from": "02/10/2026", "care_to": "01/10/2026"}, "La fin vient avant le début"),
        ({"state": "perdue"}, "Choisissez dans la liste"),
        ({"batch": "x" * 21}, "trop long"),
    ],
)
def test_a_filter_that_cannot_be_read_is_explained_and_nothing_typed_is_lost(
    typed: dict[str, str], words: str, us: Client
) -> None:
    markup = ask(us, **{"number": "F1", **typed})
    assert words in markup and 'role="alert"' in markup and 'value="F1"' in markup


@pytest.mark.usefixtures("four")
def test_the_export_holds_what_is_filtered(us: Client, cast: Cast) -> None:
    response = us.get("/professionnel/factures.csv?state=paid")
    text = b"".join(response).decode("utf-8-sig")
    head, row, *_rest = csv.reader(io.StringIO(text), delimiter=";")
    told = dict(zip(head, row, strict=True))
    assert (told["N° de facture"], told["État"], told["Versement"], told["Payée le"]) == (
        "F1", "Payée", "V1", "07/10/2026",
    )  # fmt: skip
    assert "F2" not in text and response["Content-Disposition"] == 'attachment; filename="factures.csv"'
    noted = Entry.objects.filter(action="invoices.exported").get()
    assert noted.details["invoices"] == 1


@pytest.mark.commitment("CGU-3.21")
@pytest.mark.usefixtures("four")
def test_a_rejected_invoice_says_why_in_plain_words_and_what_to_do(us: Client) -> None:
    page = words_of(us.get(f"{LIST}F2/").text)
    reason = RejectReason.objects.get(code="R01")
    assert "Cette facture est rejetée" in page and reason.explanation in page and reason.advice in page
    assert "Corriger et renvoyer la facture" in page


@pytest.mark.usefixtures("four")
def test_a_code_that_nobody_explained_yet_is_said_and_leads_to_a_message(
    tmp_path: Path, us: Client, cast: Cast
) -> None:
    feed(tmp_path, "invoices", invoice("F5", cast.professional, status="rejected", reject_code="0460053"))
    page = us.get(f"{LIST}F5/").text
    assert "Le code 0460053 n’est pas encore expliqué" in page and reverse("portals:messages") in page


@pytest.mark.commitment("CGU-3.21")
def test_an_invoice_shows_its_lines_its_states_and_its_age(tmp_path: Path, us: Client, cast: Cast) -> None:
    mine = cast.professional
    feed(tmp_path, "invoices", invoice("F1", mine))
    feed(tmp_path, "invoice_lines", line("F1", mine, expense="30.00", scheme_amount="21.00", mutual_amount="9.00"))
    feed(tmp_path, "invoices", invoice("F1", mine, status="accepted"))
    page = words_of(us.get(f"{LIST}F1/").text)
    # Received on Friday 2 October, promised for Thursday 8, read on Wednesday 14.
    assert f"Nous vous devons 15,00{NARROW}€, avec 4{NBSP}jours ouvrés de retard" in page
    assert "SDE" in page and f"30,00{NARROW}€ en additionnant les lignes, 50,00{NARROW}€ sur la facture" in page
    path = page.split("Son parcours")[1].split("Le délai")[0]
    assert path.index("Reçue") < path.index("Acceptée")


def test_a_resubmitted_invoice_leads_to_the_one_that_replaces_it_and_back(
    tmp_path: Path, us: Client, cast: Cast
) -> None:
    mine = cast.professional
    feed(tmp_path, "invoices", invoice("F1", mine, status="rejected", reject_code="R02"))
    feed(tmp_path, "invoices", invoice("F2", mine, received_on="2026-10-12"))
    assert f'href="{LIST}F2/"' in us.get(f"{LIST}F1/").text
    assert f'href="{LIST}F1/"' in us.get(f"{LIST}F2/").text


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("number", ["F9", "F404"])
def test_an_invoice_of_a_colleague_is_as_unknown_as_one_that_never_was(number: str, us: Client) -> None:
    assert us.get(f"{LIST}{number}/").status_code == 404


@pytest.mark.usefixtures("four")
def test_each_consultation_is_journalled_without_any_value(us: Client) -> None:
    us.get(LIST)
    us.get(f"{LIST}F1/")
    noted = Entry.objects.filter(action__in=["invoices.listed", "invoice.consulted"]).order_by("pk")
    assert [entry.action for entry in noted] == ["invoices.listed", "invoice.consulted"]
    assert "48217736" not in str([entry.details for entry in noted])


def many(cast: Cast, count: int) -> None:
    """So many invoices of the professional, one a day."""
    start = datetime.date(2024, 1, 1)
    with isolation.system():
        Invoice.objects.bulk_create(
            Invoice(
                invoice_number=f"N{n:05d}", professional=cast.professional, batch="1", member_number="48217736", rank=1,
                care_date=start + datetime.timedelta(days=n % 900), received_on=start + datetime.timedelta(days=n % 900),
                total=Decimal(50), scheme_part=Decimal(35), mutual_part=Decimal(15), mode="DRE",
                status="rejected" if n % 10 == 0 else "accepted", reject_code="R01" if n % 10 == 0 else "",
            )
            for n in range(count)
        )  # fmt: skip


def test_pages_of_twenty_five_lead_to_one_another_and_back(us: Client, cast: Cast) -> None:
    many(cast, 60)
    seen: list[str] = []
    address = LIST
    while address:
        page = us.get(address).text
        seen += [f"N{number}" for number in page_numbers(page)]
        address = next_address(page)
    assert len(seen) == len(set(seen)) == 60 and seen == sorted(seen, reverse=True)


def page_numbers(markup: str) -> list[str]:
    return [words.split()[0] for words in words_of(markup).split(f"N°{NBSP}N")[1:]]


def next_address(markup: str) -> str:
    if 'rel="next"' not in markup:
        return ""
    return (
        markup.split('rel="next"', maxsplit=1)[0].rsplit('href="', 1)[1].split('"', maxsplit=1)[0].replace("&amp;", "&")
    )


@pytest.mark.parametrize("address", [LIST, f"{LIST}?state=rejected", f"{LIST}?care_from=01/02/2024", f"{LIST}N00000/"])
def test_pages_cost_as_many_queries_with_few_and_with_many_invoices(address: str, us: Client, cast: Cast) -> None:
    many(cast, 40)
    few = queries_of(us, address)
    with isolation.system():
        Invoice.objects.exclude(invoice_number="N00000").delete()
    more = queries_of(us, address)
    assert few == more or abs(few - more) <= 1
    assert max(few, more) <= MOST_QUERIES


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len([query for query in captured if not is_about_the_transaction(query)])


def is_about_the_transaction(query: dict[str, Any]) -> bool:
    return "SAVEPOINT" in query["sql"]
