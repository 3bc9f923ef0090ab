"""« Salariés »: the list, one employee, the wizard, the operations (CGU-3.15, 3.16)."""

import csv
import datetime
import io
import json

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.workforce.models import Affiliation, Operation, WorkforceDraft
from employers.workforce.planned import forget_drafts
from portals.access import isolation
from portals.access.models import CompanyRole
from portals.accounts.models import Space
from portals.presentation.formats import NBSP
from portals.secrets.models import SubjectKey
from tests import builders
from tests.cast import Cast
from tests.employers.contributions.objects import contract_of
from tests.employers.users.people import colleague, signed_in
from tests.employers.workforce.objects import NIR, affiliated, new
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.15", "CGU-3.16")]

LIST = "/employeur/salaries/"
NOON = datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def us(cast: Cast, client: Client) -> Client:
    builders.sign_in(client, cast.company_account)
    return client


def bulk(cast: Cast, count: int) -> None:
    """So many employees, as a feed writes them."""
    contract = contract_of(cast.company)
    with isolation.system():
        Affiliation.objects.bulk_create(
            Affiliation(
                company=cast.company, contract=contract, person=cast.alice, family_name=f"Nom{nth:06d}",
                given_names="Ana", birth_date=datetime.date(1990, 1, 1), search_name=f"nom{nth:06d} ana",
                search_given=f"ana nom{nth:06d}", employee_number=f"E{nth:06d}", population="Cadres",
                start_date=datetime.date(1970, 1, 1) + datetime.timedelta(days=nth),
            )
            for nth in range(count)
        )  # fmt: skip


def queries_of(client: Client, address: str, **data: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, data).status_code == 200
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


def test_the_list_finds_by_name_in_any_order_and_by_number(us: Client, cast: Cast) -> None:
    affiliated(cast.company, family_name="L’Œuvré", given_names="Éloïse", employee_number="q-7", nir="")
    affiliated(cast.company, family_name="Morvan", given_names="Paul", employee_number="", nir="")
    affiliated(cast.rival, family_name="Ailleurs", given_names="Éloïse", nir="")
    page = words_of(us.get(LIST).text)
    assert "2 salariés sont affiliés aujourd’hui" in page.replace(NBSP, " ") and "Ailleurs" not in page
    for typed in ("l oeuvre", "L’Œuvré É", "eloise", "Q-7", "q-7"):
        found = words_of(us.get(LIST, {"q": typed}).text)
        assert "Éloïse" in found and "Morvan" not in found, typed
    assert "Aucun salarié ne répond" in words_of(us.get(LIST, {"q": "zz"}).text)


def test_the_filters_part_by_population_state_and_movement(us: Client, cast: Cast) -> None:
    affiliated(cast.company, family_name="Présente", nir="", employee_number="1", start_date=datetime.date(2026, 8, 1))
    coming = affiliated(
        cast.company, family_name="Future", nir="", employee_number="2", start_date=datetime.date(2026, 12, 1)
    )
    gone = affiliated(cast.company, family_name="Partie", nir="", employee_number="3")
    with isolation.system():
        Affiliation.objects.filter(pk=gone.pk).update(end_date=datetime.date(2026, 10, 10), population="Cadres")

    def shown(**asked: str) -> set[str]:
        page = us.get(LIST, asked).text
        return {name for name in ("Présente", "Future", "Partie") if f">{name} " in page}

    table = words_of(us.get(LIST, {"state": "tous"}).text)
    assert all(words in table for words in ("affilié", "à venir", "parti"))
    assert shown() == {"Présente", "Future"}
    assert shown(state="affilies") == {"Présente"}
    assert shown(state="a-venir") == {"Future"}
    assert shown(state="partis") == {"Partie"}
    assert shown(state="tous", population="Cadres") == {"Partie"}
    assert shown(moved="sortis", since="01/10/2026", until="31/10/2026") == {"Partie"}
    assert shown(since="01/11/2026") == {"Future"}
    assert "avant le premier" in us.get(LIST, {"since": "02/10/2026", "until": "01/10/2026"}).text
    assert f"commencera le 1er{NBSP}décembre{NBSP}2026" in words_of(us.get(f"{LIST}{coming.pk}/").text)


def test_pages_follow_one_another_both_ways_without_a_name_in_the_address(us: Client, cast: Cast) -> None:
    bulk(cast, 120)
    first = us.get(LIST)
    assert "Nom000049" in first.text and "Nom000050" not in first.text and "Page précédente" not in first.text
    second = us.get(first.context["after_url"])
    assert "Nom000050" in second.text and "Nom000099" in second.text
    third = us.get(second.context["after_url"])
    assert "Nom000119" in third.text and third.context["after_url"] == ""
    back = us.get(third.context["before_url"])
    assert [row.pk for row, _ in back.context["rows"]] == [row.pk for row, _ in second.context["rows"]]
    assert us.get(LIST, {"apres": "nom000050"}).context["before_url"] == ""
    assert "om0000" not in first.context["after_url"]


def test_the_list_costs_the_same_queries_at_any_size(us: Client, cast: Cast) -> None:
    bulk(cast, 1)
    few = queries_of(us, LIST)
    with isolation.system():
        Affiliation.objects.all().delete()
    bulk(cast, 20_000)
    assert queries_of(us, LIST) == few <= 12
    assert queries_of(us, LIST, q="Nom01") <= 12
    asked: dict[str, str]
    for asked in ({}, {"q": "nom0123"}, {"q": "E012345"}, {"apres": "1"}):
        assert "affiliation_by_" in plan_of(us, cast, asked), asked


def plan_of(client: Client, cast: Cast, asked: dict[str, str]) -> str:
    """How the database reads the page of employees, under the row-level security of a company."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE employers_affiliation")
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST, asked)
    (page,) = [query["sql"] for query in captured if "LIMIT 51" in query["sql"]]
    with isolation.tenant(Space.EMPLOYER, cast.company.pk), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + page.replace("%", "%%"))
        return json.dumps(cursor.fetchone())


def test_the_file_holds_what_the_filters_let_through(us: Client, cast: Cast) -> None:
    affiliated(cast.company, family_name="=Morvan", nir="", employee_number="1")
    affiliated(cast.company, family_name="Autre", nir="", employee_number="2")
    answer = us.get("/employeur/salaries.csv", {"q": "morvan"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["'=Morvan"]
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.commitment("CGU-3.16")
def test_the_wizard_says_what_is_wrong_then_affiliates_and_undoes(us: Client, cast: Cast) -> None:
    contract = contract_of(cast.company)
    begun = us.post(f"{LIST}affilier/", {"contract": str(contract.pk), "start_date": "01/10/2026", "population": ""})
    assert begun["Location"] == f"{LIST}affilier/salarie/"
    person = {
        "family_name": "Le Roux", "given_names": "Maëlle", "birth_date": "05/04/1991", "sex": "1", "nir": NIR,
        "employee_number": "M-0042", "email": "", "birth_name": "",
    }  # fmt: skip
    wrong = us.post(f"{LIST}affilier/salarie/", person)
    assert "un autre sexe" in words_of(wrong.text)
    right = us.post(f"{LIST}affilier/salarie/", person | {"sex": "2"})
    assert right["Location"] == f"{LIST}affilier/verifier/"
    check = words_of(us.get(f"{LIST}affilier/verifier/").text)
    assert f"commence le 1er{NBSP}octobre{NBSP}2026" in check and "Cette date est passée" in check
    assert NIR not in check
    done = us.post(f"{LIST}affilier/verifier/")
    assert done["Location"].startswith(f"{LIST}operations/")
    page = us.get(done["Location"])
    assert "1 salarié affilié" in words_of(page.text).replace(NBSP, " ") and "Tout peut s’annuler" in page.text
    with isolation.system():
        assert not WorkforceDraft.objects.exists()
        assert not SubjectKey.objects.filter(subject__startswith="workforce_draft:").exists()
        made = Affiliation.objects.get()
    undone = us.post(f"{done['Location']}annuler/", follow=True)
    assert "tout est comme avant" in words_of(undone.text)
    assert us.get(f"{LIST}{made.pk}/").status_code == 404


def test_somebody_who_is_there_already_is_told_before_anything_is_written(us: Client, cast: Cast) -> None:
    affiliated(cast.company)
    contract = contract_of(cast.company)
    us.post(f"{LIST}affilier/", {"contract": str(contract.pk), "start_date": "14/10/2026"})
    again = us.post(
        f"{LIST}affilier/salarie/",
        {"family_name": "Leroux", "given_names": "Maëlle", "birth_date": "05/04/1991", "sex": "2", "nir": NIR},
    )
    assert "déjà affiliée" in words_of(again.text)
    late = us.post(f"{LIST}affilier/", {"contract": str(contract.pk), "start_date": "01/01/2026"})
    assert "Au plus tôt le 1er juillet 2026" in words_of(late.text).replace(NBSP, " ")


def test_a_draft_is_sealed_outlives_the_session_and_is_forgotten(us: Client, cast: Cast, clock: object) -> None:
    contract = contract_of(cast.company)
    us.post(f"{LIST}affilier/", {"contract": str(contract.pk), "start_date": "01/10/2026"})
    assert "Terminer une affiliation commencée" in us.get("/employeur/").text
    again = signed_in(cast.company_account)
    assert "01/10/2026" in again.get(f"{LIST}affilier/").text
    assert "01/10/2026" not in signed_in(colleague(cast.company, CompanyRole.HR_MANAGER)).get(f"{LIST}affilier/").text
    with isolation.system():
        forget_drafts(NOON + datetime.timedelta(days=29))
        assert WorkforceDraft.objects.exists()
        forget_drafts(NOON + datetime.timedelta(days=31))
        assert not WorkforceDraft.objects.exists()
    us.post(f"{LIST}affilier/", {"contract": str(contract.pk), "start_date": "01/10/2026"})
    us.post(f"{LIST}affilier/effacer/")
    with isolation.system():
        assert not WorkforceDraft.objects.exists()


def test_a_correction_is_kept_and_may_be_undone(us: Client, cast: Cast) -> None:
    made = affiliated(cast.company)
    told = {"employee_number": "M-1", "email": "", "population": "Cadres"}
    assert us.post(f"{LIST}{made.pk}/corriger/", told)["Location"] == f"{LIST}{made.pk}/"
    page = words_of(us.get(f"{LIST}{made.pk}/").text)
    assert "M-1" in page and "Cadres" in page and "Modification" in page
    assert "Affiliation" in words_of(us.get(f"{LIST}operations/").text)


def test_the_home_page_tells_twelve_months_of_headcount(us: Client, cast: Cast) -> None:
    assert "Salariés affiliés" not in us.get("/employeur/").text
    affiliated(cast.company, start_date=datetime.date(2026, 9, 1))
    headcount = us.get("/employeur/").context["headcount"]
    assert [month.there for month in headcount.months] == [0] * 10 + [1, 1]
    assert (headcount.months[10].entered, headcount.months[0].day) == (1, datetime.date(2025, 11, 30))
    assert "Septembre 2026" in words_of(us.get("/employeur/").text).replace(NBSP, " ")


@pytest.mark.parametrize("role", [CompanyRole.HR_MANAGER, CompanyRole.READER, CompanyRole.ACCOUNTANT])
def test_each_role_sees_and_changes_what_is_its_own(cast: Cast, role: str) -> None:
    made = affiliated(cast.company)
    client = signed_in(colleague(cast.company, role))
    sees, changes = role != CompanyRole.ACCOUNTANT, role == CompanyRole.HR_MANAGER
    for address in (LIST, f"{LIST}{made.pk}/", f"{LIST}operations/", "/employeur/salaries.csv"):
        assert client.get(address).status_code == (200 if sees else 403)
    assert ("Affilier un salarié" in client.get(LIST).text) is changes
    if sees:
        assert client.get(f"{LIST}affilier/").status_code == (200 if changes else 302)
    undo = client.post(f"{LIST}operations/{operation_of(made).pk}/annuler/")
    assert undo.status_code == (302 if changes else 403)
    assert ("Salariés affiliés" in client.get("/employeur/").text) is (role == CompanyRole.READER)


def operation_of(made: Affiliation) -> Operation:
    with isolation.system():
        return made.items.select_related("operation").get().operation


def test_another_company_finds_nothing(cast: Cast) -> None:
    made = affiliated(cast.company, employee=new())
    rival = signed_in(cast.rival_account)
    operation = operation_of(made)
    for address in (f"{LIST}{made.pk}/", f"{LIST}{made.pk}/corriger/", f"{LIST}operations/{operation.pk}/"):
        assert rival.get(address).status_code == 404
    assert rival.post(f"{LIST}operations/{operation.pk}/annuler/").status_code == 404
    assert "Le Roux" not in rival.get(LIST, {"state": "tous"}).text
