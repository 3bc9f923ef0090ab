"""The guarantees by need, on a day, and their description as PDF."""

import datetime
import io
from decimal import Decimal

import pikepdf
import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.coverage.models import Cover
from portals.access import isolation
from portals.documents.verification.models import IssuedDocument
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.members.guarantees.objects import line, usual_table
from tests.members.library.objects import plan_of
from tests.pages import words_of

NARROW, NBSP = "\u202f", "\u00a0"
PAGE, PDF = "/adherent/garanties/", "/adherent/garanties.pdf"

pytestmark = pytest.mark.usefixtures("october")


@pytest.fixture
def covered(cast: Cast) -> Cast:
    usual_table(plan_of(cast.alice))
    return cast


def page(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words_of(response.content.decode())


@pytest.mark.commitment("CGU-3.4")
def test_needs_are_told_in_words_and_in_euros(covered: Cast, alice: Client) -> None:
    words = page(alice)
    assert "Vous avez la formule Équilibre." in words
    assert "Je vais chez l’opticien" in words
    assert f"La mutuelle verse jusqu’à 200,00{NARROW}€ par équipement, en plus du régime." in words
    assert f"Des lunettes de classe B, verres simples : 390,00{NARROW}€" in words.replace(NBSP + ":", " :")
    assert "OPTI au contrat" in words
    assert "à titre indicatif" in words


def test_a_need_can_be_unfolded_by_its_address(covered: Cast, alice: Client) -> None:
    html = alice.get(f"{PAGE}?need=OPTI").content.decode()
    assert '<details class="need" id="besoin-OPTI" open>' in html
    assert '<details class="need" id="besoin-MED">' in html


@pytest.mark.commitment("CGU-3.4")
def test_the_table_is_that_of_the_day(covered: Cast, alice: Client) -> None:
    with isolation.system():
        doctor = plan_of(covered.alice).guarantees.get(act_family="MED")
        doctor.valid_to = datetime.date(2024, 12, 31)
        doctor.save(update_fields=["valid_to"])
    line(plan_of(covered.alice), "MED", valid_from=datetime.date(2025, 1, 1), rate=Decimal("1.75"))
    assert f"175{NARROW}% du tarif de base" in page(alice)
    before = page(alice, f"{PAGE}?date=31/12/2024")
    assert f"Le 31{NBSP}décembre{NBSP}2024, vous aviez la formule" in before
    assert f"150{NARROW}% du tarif de base" in before
    assert f"175{NARROW}%" not in before


def test_a_day_without_cover_says_so(covered: Cast, alice: Client) -> None:
    words = page(alice, f"{PAGE}?date=05/05/2020")
    assert f"Aucune garantie à montrer au 5{NBSP}mai{NBSP}2020." in words
    assert page(alice, f"{PDF}?date=05/05/2020") == words


def test_a_date_that_cannot_be_read_is_explained(covered: Cast, alice: Client) -> None:
    words = page(alice, f"{PAGE}?date=31/11/2026")
    assert "Cette date n’existe pas" in words
    assert "Vous avez la formule Équilibre." in words


def test_after_the_end_of_the_cover_its_last_day_is_shown(covered: Cast, alice: Client) -> None:
    with isolation.system():
        Cover.objects.filter(household=covered.alice.household).update(end_date=datetime.date(2026, 3, 31))
    assert f"Le 31{NBSP}mars{NBSP}2026, vous aviez la formule" in page(alice)


def test_the_contract_of_another_household_is_out_of_reach(covered: Cast, alice: Client) -> None:
    with isolation.system():
        theirs = Cover.objects.get(person=covered.bob).policy_id
    assert "Vous avez la formule Équilibre." in page(alice, f"{PAGE}?contract={theirs}")


@pytest.mark.commitment("CGU-3.4")
@pytest.mark.commitment("CGU-3.2")
def test_the_description_is_an_accessible_pdf_that_can_be_verified(covered: Cast, alice: Client) -> None:
    response = alice.get(PDF)
    content = response.content
    assert response["Content-Disposition"] == (
        'attachment; filename="Garanties Equilibre au 2026-10-09.pdf"; '
        "filename*=UTF-8''Garanties%20%C3%89quilibre%20au%202026-10-09.pdf"
    )
    assert "no-store" in response["Cache-Control"]
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    issued = IssuedDocument.objects.get()
    assert (issued.kind, issued.period) == (
        "guarantees.description", f"Formule Équilibre, au 9{NBSP}octobre{NBSP}2026"
    )  # fmt: skip
    assert "Le Goff" not in issued.period


def test_looking_and_downloading_are_written_in_the_journal(covered: Cast, alice: Client) -> None:
    page(alice)
    alice.get(PDF)
    actions = Entry.objects.filter(account_id=covered.alice_account.pk).order_by("id").values_list("action", flat=True)
    assert [one for one in actions if one.startswith("guarantees")] == ["guarantees.shown", "guarantees.downloaded"]


def test_an_adult_of_the_household_has_their_own(covered: Cast, client: Client) -> None:
    samir = builders.sign_in(client, covered.home.samir_account)
    assert "Pour Samir" in page(samir)


def test_the_page_costs_few_queries_however_many_lines_there_are(
    covered: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries,
    october: time_machine.Traveller,
) -> None:  # fmt: skip
    page(alice)
    with django_assert_max_num_queries(100) as few:
        page(alice)
    for year in range(1990, 2020):
        line(plan_of(covered.alice), "MED", valid_from=datetime.date(year, 1, 1), valid_to=datetime.date(year, 12, 31))
    with django_assert_max_num_queries(len(few)):
        page(alice)
    assert len(few) <= 12
