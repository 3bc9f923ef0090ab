"""The statements in the space: one's own and no others."""

import datetime

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from members.households.models import Person
from members.statements.actions import RENDER, issue_month, render_statement
from members.statements.models import Statement
from portals.access import isolation
from portals.jobs import Job, Priority
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

NARROW, NBSP = "\u202f", "\u00a0"
OCTOBER = datetime.date(2026, 10, 1)


@pytest.fixture
def issued(cast: Cast, november: None) -> Cast:
    issue_month(month=OCTOBER, by=None)
    return cast


@pytest.fixture
def alice(issued: Cast, client: Client) -> Client:
    return builders.sign_in(client, issued.alice_account)


def statement_of(person: Person, *, rendered: bool = False) -> Statement:
    with isolation.system():
        statement = Statement.objects.get(recipient=person)
        if rendered:
            render_statement(statement_id=statement.pk, by=None)
        return statement


def job_of(statement: Statement) -> Job:
    return Job.objects.get(kind=RENDER, key=str(statement.pk))


@pytest.mark.commitment("CGU-3.7")
def test_a_rendered_statement_is_listed_with_its_pdf(issued: Cast, alice: Client) -> None:
    statement = statement_of(issued.alice, rendered=True)
    response = alice.get("/adherent/releves/")
    page = words_of(response.content.decode())
    assert f"Votre dernier relevé couvre octobre{NBSP}2026." in page
    assert f"2 soins, 60,00{NARROW}€ de dépenses" in page
    assert f"18,00{NARROW}€ de la mutuelle" in page
    assert reverse("members:statement_pdf", args=[statement.pk]) in response.content.decode()


@pytest.mark.commitment("CGU-3.7")
def test_the_pdf_is_downloaded_as_a_private_file(issued: Cast, alice: Client) -> None:
    statement = statement_of(issued.alice, rendered=True)
    response = alice.get(f"/adherent/releves/{statement.pk}.pdf")
    content = response.getvalue()
    assert content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == (
        "attachment; filename=\"Releve octobre 2026.pdf\"; filename*=UTF-8''Relev%C3%A9%20octobre%202026.pdf"
    )
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_somebody_elses_statement_does_not_exist(issued: Cast, alice: Client) -> None:
    for person in (issued.home.samir, issued.home.lina, issued.bob):
        statement = statement_of(person, rendered=True)
        for address in (f"/adherent/releves/{statement.pk}.pdf", "/adherent/releves/987654321.pdf"):
            assert alice.get(address).status_code == 404
        assert alice.post(f"/adherent/releves/{statement.pk}/preparer/").status_code == 404
        assert statement.number not in alice.get("/adherent/releves/").content.decode()
        assert job_of(statement).priority == Priority.BATCH


def test_an_adult_of_the_household_reads_their_own(issued: Cast, client: Client) -> None:
    samir = builders.sign_in(client, issued.home.samir_account)
    statement = statement_of(issued.home.samir, rendered=True)
    response = samir.get(f"/adherent/releves/{statement.pk}.pdf")
    assert response.status_code == 200
    assert response.getvalue().startswith(b"%PDF-")
    assert samir.get(f"/adherent/releves/{statement_of(issued.alice).pk}.pdf").status_code == 404


def test_a_statement_in_preparation_can_be_asked_for(issued: Cast, alice: Client) -> None:
    statement = statement_of(issued.alice)
    page = words_of(alice.get("/adherent/releves/").content.decode())
    assert f"Votre relevé d’octobre{NBSP}2026 est en préparation." in page
    assert "Préparer maintenant" in page
    assert job_of(statement).priority == Priority.BATCH, "looking at the list asks for nothing"
    response = alice.post(f"/adherent/releves/{statement.pk}/preparer/")
    assert (response.status_code, response["Location"]) == (302, "/adherent/releves/")
    assert job_of(statement).priority == Priority.ASKED
    assert {job.priority for job in Job.objects.exclude(key=str(statement.pk))} == {Priority.BATCH}


def test_opening_a_statement_in_preparation_offers_to_put_it_first_and_changes_nothing(
    issued: Cast, alice: Client
) -> None:
    statement = statement_of(issued.alice)
    response = alice.get(f"/adherent/releves/{statement.pk}.pdf")
    assert response.status_code == 200
    assert f"Votre relevé d’octobre{NBSP}2026 se prépare." in words_of(response.content.decode())
    assert "Préparer maintenant" in response.content.decode()
    assert {job.priority for job in Job.objects.filter(kind="statement.render")} == {Priority.BATCH}


def test_preparing_takes_a_post(issued: Cast, alice: Client) -> None:
    address = f"/adherent/releves/{statement_of(issued.alice).pk}/preparer/"
    assert alice.get(address).status_code == 405
    assert alice.post("/adherent/releves/").status_code == 405


def test_a_newcomer_is_told_when_statements_come(db: None, client: Client) -> None:
    page = words_of(
        builders.sign_in(client, builders.account(builders.person())).get("/adherent/releves/").content.decode()
    )
    assert "Vous n’avez aucun relevé pour le moment." in page


def test_looking_and_downloading_are_written_in_the_journal(issued: Cast, alice: Client) -> None:
    statement = statement_of(issued.alice, rendered=True)
    alice.get("/adherent/releves/")
    alice.get(f"/adherent/releves/{statement.pk}.pdf").getvalue()
    actions = list(
        Entry.objects.filter(account_id=issued.alice_account.pk).order_by("id").values_list("action", "object_id")
    )
    assert actions[-2:] == [
        ("statements.listed", str(issued.alice.household_id)), ("statement.downloaded", str(statement.pk)),
    ]  # fmt: skip


def test_many_statements_cost_as_many_queries_as_one(
    issued: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    alice.get("/adherent/releves/")
    with django_assert_max_num_queries(100) as one:
        alice.get("/adherent/releves/")
    for month in range(1, 10):
        builders.benefit(issued.alice, payment_date=datetime.date(2026, month, 5))
        issue_month(month=datetime.date(2026, month, 1), by=None)
    with django_assert_max_num_queries(len(one)):
        page = alice.get("/adherent/releves/").content.decode()
    assert page.count("Préparer maintenant") == 10
    assert len(one) <= 12


def test_private_files_are_nowhere_that_the_web_serves(issued: Cast, client: Client) -> None:
    statement_of(issued.bob, rendered=True)
    with isolation.system():
        statement = Statement.objects.select_related("file").get(recipient=issued.bob)
    assert statement.file is not None
    with pytest.raises(ValueError, match="not accessible via a URL"):
        storages["private"].url(statement.file.file.name)
