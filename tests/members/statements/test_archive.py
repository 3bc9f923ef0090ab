"""The archive: searching it, the summary of a year, online or on paper."""

import datetime
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from members.households.queries import viewpoint
from members.statements.actions import issue_month
from members.statements.delivery import is_online
from members.statements.models import StatementDelivery
from members.statements.yearly import summary_of
from portals.access import isolation
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

NARROW, NBSP = "\u202f", "\u00a0"
pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(cast: Cast, november: None) -> Cast:
    """Alice's statements of March 2025, September and October 2026."""
    builders.benefit(
        cast.alice, act_label="Lunettes", professional_name="Optique du Port", payment_date=datetime.date(2025, 3, 9),
        care_date=datetime.date(2025, 3, 1), expense="1234.50", scheme_amount="100", mutual_amount="400",
    )  # fmt: skip
    builders.benefit(cast.home.ines, act_label="Vaccin d’Inès", payment_date=datetime.date(2026, 9, 9))
    for month in (datetime.date(2025, 3, 1), datetime.date(2026, 9, 1), datetime.date(2026, 10, 1)):
        issue_month(month=month, by=None)
    return cast


@pytest.fixture
def alice(archive: Cast, client: Client) -> Client:
    return builders.sign_in(client, archive.alice_account)


def found(client: Client, **asked: str) -> list[str]:
    """The months that are listed, newest first."""
    page = words_of(client.get("/adherent/releves/", asked).content.decode())
    months = {name: page.find(f"{name}") for name in ("Octobre\u00a02026", "Septembre\u00a02026", "Mars\u00a02025")}
    return sorted((name for name, place in months.items() if place >= 0), key=lambda name: months[name])


@pytest.mark.commitment("CGU-3.7")
@pytest.mark.parametrize(
    ("asked", "months"),
    [
        ({}, ["Octobre\u00a02026", "Septembre\u00a02026", "Mars\u00a02025"]),
        ({"year": "2025"}, ["Mars\u00a02025"]),
        ({"text": "lunettes"}, ["Mars\u00a02025"]),
        ({"text": "OPTIQUE port"}, ["Mars\u00a02025"]),
        ({"text": "1 234,50 €"}, ["Mars\u00a02025"]),
        ({"text": "1234,5"}, ["Mars\u00a02025"]),
        ({"text": "septembre 2026"}, ["Septembre\u00a02026"]),
        ({"text": "Inès"}, ["Octobre\u00a02026", "Septembre\u00a02026"]),
        ({"text": "ines vaccin"}, ["Septembre\u00a02026"]),
        ({"text": "Ostéopathie"}, []),
        ({"text": "lunettes", "year": "2026"}, []),
    ],
)
def test_statements_are_found_by_year_words_and_amounts(
    alice: Client, asked: dict[str, str], months: list[str]
) -> None:
    assert found(alice, **asked) == months


def test_statements_are_found_by_person(archive: Cast, alice: Client) -> None:
    assert found(alice, person=str(archive.home.ines.pk)) == ["Octobre\u00a02026", "Septembre\u00a02026"]
    page = words_of(alice.get("/adherent/releves/", {"person": str(archive.home.samir.pk)}).content.decode())
    assert "Choisissez l’une des personnes de la liste." in page


def test_a_search_costs_as_many_queries_whatever_the_archive(
    archive: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    alice.get("/adherent/releves/")
    with django_assert_max_num_queries(12) as one:
        alice.get("/adherent/releves/", {"text": "vaccin", "year": "2026"})
    for month in range(1, 9):
        builders.benefits(archive.alice, 30, payment_date=datetime.date(2026, month, 5))
        issue_month(month=datetime.date(2026, month, 1), by=None)
    with django_assert_max_num_queries(len(one)):
        alice.get("/adherent/releves/", {"text": "vaccin", "year": "2026"})


def text_of(client: Client, year: int) -> str:
    response = client.get(reverse("members:statement_year", args=[year]))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    text = " ".join(page.extract_text() for page in pages)
    return " ".join(text.replace(NARROW, " ").replace(NBSP, " ").split())


@pytest.mark.commitment("CGU-3.2", "CGU-3.7")
def test_the_summary_of_a_year_adds_up(archive: Cast, alice: Client) -> None:
    text = text_of(alice, 2026)
    assert "En 2026, la mutuelle a pris en charge 27,00 € sur 90,00 € de soins." in text
    assert "du 1er janvier au 2 novembre 2026" in text
    assert "Total Inès 2 60,00 € 38,00 € 18,00 €" in text
    assert "9,00 € sont arrivés sur votre compte pour d’autres personnes" in text
    assert "Ostéopathie" not in text
    assert "Samir" not in text
    assert "Il est donné à titre indicatif" in text
    assert Entry.objects.filter(action="statements.year_downloaded", details={"year": 2026}).count() == 1
    assert "En 2025, la mutuelle a pris en charge 400,00 €" in text_of(alice, 2025)


def test_persons_make_the_total_and_families_make_the_persons(archive: Cast) -> None:
    builders.reversal(archive.home.alice_line, payment_ref="VIR9", payment_date=datetime.date(2026, 10, 20))
    with isolation.system():
        view = viewpoint(
            household_id=archive.alice.household_id, person_id=archive.alice.pk, day=datetime.date(2026, 11, 2),
            is_represented=False,
        )  # fmt: skip
        summary = summary_of(view, 2026)
    assert summary is not None
    for name in ("count", "expense", "scheme", "mutual", "other", "own"):
        persons = sum(getattr(one.total, name) for one in summary.persons)
        families = sum(getattr(row, name) for one in summary.persons for row in one.families)
        assert getattr(summary.total, name) == persons == families
    total = summary.total
    assert total.expense == total.scheme + total.mutual + total.other + total.own == Decimal("60.00")


def test_a_summary_can_be_checked_and_is_nobody_elses(archive: Cast, alice: Client, client: Client) -> None:
    content = alice.get(reverse("members:statement_year", args=[2026])).content
    from portals.documents.verification.checking import check_file

    finding = check_file(content, by=None)
    assert finding.issued is not None
    assert (finding.verdict, finding.issued.kind.code) == ("unchanged", "statement.year")
    assert finding.issued.period == f"Année 2026, jusqu’au 2{NBSP}novembre{NBSP}2026"
    for year in (2024, 2027, 1200):
        assert alice.get(reverse("members:statement_year", args=[year])).status_code == 404
    samir = builders.sign_in(Client(), archive.home.samir_account)
    assert "Alice" not in text_of(samir, 2026)


@pytest.mark.commitment("CGU-3.8")
def test_paper_is_a_choice_that_is_undone(archive: Cast, alice: Client) -> None:
    address = reverse("members:statement_delivery")
    assert "en ligne et par courrier" in words_of(alice.get(address).content.decode())
    for word, online in (("online", True), ("online", True), ("paper", False)):
        response = alice.post(address, {"delivery": word})
        assert (response.status_code, response["Location"]) == (302, address)
        with isolation.system():
            assert is_online(archive.alice.pk) == online
    with isolation.system():
        assert list(StatementDelivery.objects.order_by("pk").values_list("online", flat=True)) == [True, False]
    changes = Entry.objects.filter(action="statements.delivery_changed").order_by("id")
    assert [entry.details for entry in changes] == [{"to": "online"}, {"to": "paper"}]
    assert alice.post(address, {}).status_code == 200
