"""The list of transfers, one transfer with its invoices, its reconciliation and its PDF."""

import csv
import io
from pathlib import Path

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portals.documents.verification import Verdict
from portals.documents.verification.checking import check_file
from portals.presentation.formats import NARROW
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.providers.invoices.objects import feed, invoice, transfer

LIST = "/professionnel/versements/"


@pytest.fixture
def us(cast: Cast, client: Client) -> Client:
    builders.sign_in(client, cast.professional_account)
    return client


@pytest.fixture
def paid(tmp_path: Path, cast: Cast) -> None:
    """V1 adds up; V2 is worth 2 € more than its invoice; V3 has none; V4 is announced; the colleague has V9."""
    mine = cast.professional
    feed(
        tmp_path,
        "transfers",
        transfer("V1", mine, amount="30.00"),
        transfer("V2", mine, amount="17.00", paid_on="2026-10-13"),
        transfer("V3", mine, paid_on="2026-10-16"),
        transfer("V9", cast.colleague),
    )
    feed(
        tmp_path,
        "invoices",
        *[invoice(f"F{n}", mine, status="paid", transfer_ref=ref) for n, ref in enumerate(["V1", "V1", "V2", "V4"])],
    )


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.commitment("CGU-3.22")
@pytest.mark.usefixtures("paid")
def test_each_transfer_stands_beside_the_sum_of_its_invoices(us: Client) -> None:
    page = words_of(us.get(LIST).text)
    order = [page.index(words) for words in ("V3", "Aucune facture connue", "V2", "Factures manquantes", "V1")]
    assert "Au centime près" in page and f"2,00{NARROW}€" in page
    assert order == sorted(order)
    assert "V9" not in page
    assert "V4" in page and "pas encore enregistré" in page


@pytest.mark.usefixtures("paid")
@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("V1", "Les 2 factures de ce versement en donnent le montant, au centime près."),
        ("V2", f"Il manque 2,00{NARROW}€ de factures"),
        ("V3", "Aucune facture connue ne porte cette référence"),
    ],
)
def test_a_transfer_says_whether_it_adds_up(ref: str, words: str, us: Client) -> None:
    assert words in words_of(us.get(f"{LIST}{ref}/").text)


@pytest.mark.usefixtures("paid")
@pytest.mark.parametrize("ref", ["V9", "V4", "V404"])
@pytest.mark.parametrize("end", ["/", ".csv", ".pdf"])
def test_a_transfer_of_a_colleague_is_as_unknown_as_one_that_never_was(ref: str, end: str, us: Client) -> None:
    assert us.get(f"{LIST}{ref}{end}").status_code == 404


@pytest.mark.commitment("CGU-3.22")
@pytest.mark.usefixtures("paid")
def test_the_reconciliation_adds_up_to_the_cent(us: Client) -> None:
    content = b"".join(us.get(f"{LIST}V2.csv"))
    head, row, _empty, *ends = cells(content)
    told = dict(zip(head, row, strict=True))
    assert (told["Versement"], told["N° de facture"], told["Part de la mutuelle (€)"]) == ("V2", "F2", "15,00")
    assert [(end[0], end[-1]) for end in ends[:3]] == [
        ("Somme des factures", "15,00"),
        ("Montant du versement", "17,00"),
        ("Écart", "2,00"),
    ]
    every = cells(b"".join(us.get("/professionnel/versements.csv")))
    assert [(line[0], line[2], line[5], line[6]) for line in every[1:4]] == [
        ("V3", "15,00", "15,00", "Aucune facture connue"),
        ("V2", "17,00", "2,00", "Factures manquantes"),
        ("V1", "30,00", "0,00", "Au centime près"),
    ]


@pytest.mark.usefixtures("paid")
def test_the_pdf_can_be_checked_and_carries_its_reconciliation(us: Client) -> None:
    content = us.get(f"{LIST}V1.pdf").content
    finding = check_file(content, by=None)
    assert finding.verdict == Verdict.UNCHANGED and finding.issued is not None
    assert finding.issued.kind.label == "Avis de versement à un professionnel"
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.Lang == "fr" and document.Root.MarkInfo.Marked
        attached = document.attachments["rapprochement.csv"].get_file().read_bytes()
    assert [row[1] for row in cells(attached)[1:3]] == ["F1", "F0"]


@pytest.mark.usefixtures("paid")
def test_each_consultation_is_journalled(us: Client) -> None:
    for address in (LIST, f"{LIST}V1/", f"{LIST}V1.csv", "/professionnel/versements.csv"):
        b"".join(us.get(address))
    noted = Entry.objects.filter(action__startswith="transfer").order_by("pk").values_list("action", flat=True)
    expected = ["transfers.listed", "transfer.consulted", "transfer.exported", "transfers.exported"]
    assert list(noted) == expected


def test_pages_cost_the_same_with_one_and_with_many(tmp_path: Path, us: Client, cast: Cast) -> None:
    mine = cast.professional
    feed(tmp_path, "transfers", *[transfer(f"V{n}", mine) for n in range(30)])
    feed(tmp_path, "invoices", invoice("F0", mine, status="paid", transfer_ref="V0"))
    alone = queries_of(us, f"{LIST}V0/")
    rows = [invoice(f"F{n}", mine, status="paid", transfer_ref="V0") for n in range(40)]
    feed(tmp_path, "invoices", *rows)
    assert queries_of(us, f"{LIST}V0/") == alone <= 12
    assert queries_of(us, LIST) <= 12


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])
