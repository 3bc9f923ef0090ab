"""« Radier ce salarié »: the form, everything that follows shown first, the letters, the undo, and who may."""

import datetime
import io
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from employers.terminations.models import EmployeeTermination
from employers.terminations.planned import forget_drafts
from employers.terminations.words import State
from employers.workforce.models import Affiliation
from portals.access import isolation
from portals.access.models import CompanyRole
from portals.documents.verification import Verdict
from portals.documents.verification.checking import check_file
from portals.signals import announce
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.terminations.objects import left
from tests.employers.users.people import colleague, signed_in
from tests.employers.workforce.objects import affiliated
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.15")]

D = datetime.date
NOON = datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC)
ANSWERS = {"reason": "agreement", "last_day": "31/10/2026", "notice_until": "", "employed_since": "01/09/2025"}


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def employee(cast: Cast) -> Affiliation:
    return affiliated(cast.company, start_date=D(2026, 10, 1))


@pytest.fixture
def us(cast: Cast, client: Client) -> Client:
    return builders.sign_in(client, cast.company_account)


def at(employee: Affiliation, step: str = "") -> str:
    return f"/employeur/salaries/{employee.pk}/radier/{step}"


def plain(response: Any) -> str:
    return words_of(response.content.decode()).replace("\xa0", " ")


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return plain(response)


def rows() -> list[EmployeeTermination]:
    with isolation.system():
        return list(EmployeeTermination.objects.order_by("pk"))


def test_everything_is_shown_before_anything_happens(us: Client, employee: Affiliation) -> None:
    assert us.post(at(employee), ANSWERS)["Location"] == at(employee, "verifier/")
    said = words(us, at(employee, "verifier/"))
    assert "12 mois, du 1er novembre 2026 au 31 octobre 2027" in said
    assert "Avant le 31 décembre 2026" in said
    assert "au plus tard le 31 décembre 2027" in said
    assert [row.state for row in rows()] == [State.DRAFT]
    with isolation.system():
        assert Affiliation.objects.get(pk=employee.pk).end_date is None


def test_confirmed_it_says_until_when_and_gives_both_documents(us: Client, employee: Affiliation) -> None:
    us.post(at(employee), ANSWERS)
    assert us.post(at(employee, "verifier/"))["Location"] == at(employee)
    assert "La portabilité couvre Maëlle Le Roux jusqu’au 31 octobre 2027" in words(us, at(employee))
    for name, expected in (("lettre.pdf", "31 décembre 2026"), ("mention.pdf", "L. 911-8")):
        pdf = us.get(at(employee, name)).content
        assert check_file(pdf, by=None).verdict == Verdict.UNCHANGED
        text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\xa0", " ")
        assert expected in text
        assert "31 octobre 2027" in text
        assert "Rupture" not in text
    assert Entry.objects.filter(action="termination.employee_printed").count() == 2


def test_a_draft_is_kept_taken_up_and_given_up(us: Client, employee: Affiliation) -> None:
    us.post(at(employee), ANSWERS)
    page = us.get(at(employee)).content.decode()
    assert 'value="31/10/2026"' in page
    assert us.post(at(employee, "effacer/")).status_code == 302
    assert rows() == []


def test_drafts_left_alone_are_forgotten_and_go_with_their_account(
    cast: Cast, us: Client, employee: Affiliation
) -> None:
    us.post(at(employee), ANSWERS)
    with isolation.system():
        forget_drafts(NOON + datetime.timedelta(days=29))
        assert len(rows()) == 1
        announce("account.deleted", by=None, object_id=cast.company_account.pk)
    assert rows() == []


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"reason": ""}, "Choisissez le motif."),
        ({"last_day": "31/10/2024", "employed_since": "01/09/2023"}, "L’affiliation a commencé le 1er octobre 2026."),
        ({"last_day": "31/10/2027"}, "Au plus tard le 14 avril 2027"),
        ({"notice_until": "01/10/2026"}, "Le préavis finit après le dernier jour travaillé."),
        ({"employed_since": "01/11/2026"}, "Le contrat commence avant son dernier jour."),
    ],
)
def test_a_mistake_is_said_beside_the_answer(
    us: Client, employee: Affiliation, answers: dict[str, str], said: str
) -> None:
    response = us.post(at(employee), {**ANSWERS, **answers})
    assert response.status_code == 200
    assert said in plain(response)
    assert rows() == []


def test_it_is_undone_within_the_day_and_only_corrected_after(
    us: Client, cast: Cast, employee: Affiliation, clock: time_machine.Traveller
) -> None:
    left(employee)
    assert "Annuler le départ" in words(us, at(employee))
    clock.move_to(NOON + datetime.timedelta(hours=25))
    late = builders.sign_in(Client(), cast.company_account)
    assert "Annuler le départ" not in words(late, at(employee))
    late.post(at(employee, "annuler/"))
    assert [row.state for row in rows()] == [State.DONE]
    clock.move_to(NOON + datetime.timedelta(hours=1))
    builders.sign_in(Client(), cast.company_account).post(at(employee, "annuler/"))
    assert [row.state for row in rows()] == [State.UNDONE]


def test_a_correction_is_shown_against_what_it_replaces(us: Client, employee: Affiliation) -> None:
    left(employee)
    us.post(f"{at(employee)}?corriger", {**ANSWERS, "last_day": "15/11/2026"})
    assert "Ceci remplace le départ enregistré le 14 octobre 2026" in words(us, at(employee, "verifier/"))
    us.post(at(employee, "verifier/"))
    assert "15 novembre 2027" in words(us, at(employee))


def test_a_reader_reads_and_changes_nothing(cast: Cast, employee: Affiliation) -> None:
    reader = signed_in(colleague(cast.company, CompanyRole.READER))
    assert reader.get(at(employee)).status_code == 404
    left(employee)
    said = words(reader, at(employee))
    assert "Une erreur" not in said
    assert reader.post(at(employee, "annuler/")).status_code == 403
    assert reader.post(at(employee), ANSWERS).status_code == 403


def test_an_accountant_and_another_company_do_not_come_here(cast: Cast, employee: Affiliation) -> None:
    left(employee)
    accountant = signed_in(colleague(cast.company, CompanyRole.ACCOUNTANT))
    assert accountant.get(at(employee)).status_code == 403
    rival = builders.sign_in(Client(), cast.rival_account)
    for step in ("", "verifier/", "lettre.pdf", "mention.pdf"):
        assert rival.get(at(employee, step)).status_code == 404
    assert rival.post(at(employee, "annuler/")).status_code == 404


def test_each_page_costs_twelve_queries_at_most(us: Client, employee: Affiliation) -> None:
    left(employee)
    us.post(at(employee), ANSWERS)
    for step in ("", "?corriger", "verifier/"):
        us.get(at(employee, step))
        with CaptureQueriesContext(connection) as queries:
            assert us.get(at(employee, step)).status_code == 200
        assert len(queries) <= 12, [query["sql"][:120] for query in queries]
