"""Employees affiliated by a file: sent, read again, corrected in place, affiliated, undone, forgotten (CGU-3.16)."""

import datetime
import io
import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from config.demo.accounts.employee_files import write_employee_file
from employers.imports import actions, planned
from employers.imports.models import KEPT, EmployeeFile
from employers.workforce.models import Affiliation, Operation, Source
from members.coverage.models import Cover
from portals import jobs
from portals.access import isolation
from portals.access.models import CompanyRole
from portals.secrets.models import SubjectKey
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.imports.files import as_csv, employee, employees, sheet_of, xlsx
from tests.employers.imports.objects import file_of, rows_with_mistakes
from tests.employers.users.people import colleague, signed_in
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.16")]

SEND = "/employeur/salaries/importer/"
NOON = datetime.datetime(2026, 10, 20, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def us(cast: Cast) -> Client:
    return signed_in(cast.company_account)


def send(client: Client, content: bytes, name: str = "entrees-novembre.xlsx") -> Any:
    return client.post(SEND, {"file": SimpleUploadedFile(name, content)})


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return words_of(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def affiliated(cast: Cast) -> int:
    with isolation.system():
        return Affiliation.objects.filter(company=cast.company, undone_at=None).count()


def address_of(file: EmployeeFile) -> str:
    return f"{SEND}{file.pk}/"


def test_a_file_is_read_again_before_anything_is_written(us: Client, cast: Cast) -> None:
    answer = send(us, xlsx(rows_with_mistakes()))
    page = words(us, answer["Location"])
    assert "47 salariés sont prêts à être affiliés. 3 lignes sont à corriger." in page
    assert "« entrees-novembre.xlsx », 50 lignes" in page
    assert "Rien n’est encore enregistré" in page
    assert "Colonne H, Date d’entrée : 31/11/2026" in page
    assert "Novembre n’a que 30 jours." in page
    assert "Clé manquante" in page
    assert affiliated(cast) == 0


def test_lines_are_corrected_in_place_affiliated_undone_and_affiliated_again(us: Client, cast: Cast) -> None:
    address = send(us, xlsx(rows_with_mistakes()))["Location"]
    right = employee(17)
    answer = us.post(
        address, {"l7-start_date": "30/11/2026", "l19-email": right["email"], "l33-nir": "12", "act": "check"}
    )
    assert answer["Location"] == address
    page = words(us, address)
    assert "Une ligne reste à corriger" in page
    assert "49 salariés sont prêts" in page

    us.post(f"{address}affilier/")
    page = words(us, address)
    assert "49 salariés sont affiliés. 1 ligne reste à corriger." in page
    assert affiliated(cast) == 49
    with isolation.system():
        operation = Operation.objects.get(company=cast.company)
        assert (operation.source, operation.by) == (Source.FILE, cast.company_account)
        assert Cover.objects.filter(policy__group_contract__gt="").count() == 49

    us.post(f"{address}annuler/{operation.pk}/")
    page = words(us, address)
    assert "49 salariés sont prêts" in page
    assert affiliated(cast) == 0

    us.post(f"{address}affilier/")
    assert affiliated(cast) == 49
    with isolation.system():
        late = Affiliation.objects.get(company=cast.company, employee_number="M00005", undone_at=None)
    assert late.start_date == datetime.date(2026, 11, 30)


def test_an_operation_undone_elsewhere_gives_its_lines_back(us: Client, cast: Cast) -> None:
    file = file_of(cast.company_account, employees(3))
    us.post(f"{address_of(file)}affilier/")
    with isolation.tenant("employeur", cast.company.pk):
        operation = Operation.objects.get()
        actions.workforce.undo(by=cast.company_account, operation=operation)
    assert "3 salariés sont prêts" in words(us, address_of(file))


def test_an_operation_cannot_be_undone_after_a_day(us: Client, cast: Cast, clock: Any) -> None:
    file = file_of(cast.company_account, employees(2))
    us.post(f"{address_of(file)}affilier/")
    with isolation.system():
        operation = Operation.objects.get()
    clock.move_to(NOON + datetime.timedelta(hours=24, seconds=1))
    client = signed_in(cast.company_account)
    assert "Tout annuler" not in words(client, address_of(file))
    client.post(f"{address_of(file)}annuler/{operation.pk}/")
    assert "Les 24 heures sont passées" in words(client, address_of(file))
    assert affiliated(cast) == 2


def test_lines_left_aside_are_neither_checked_nor_affiliated_until_they_are_taken_back(us: Client, cast: Cast) -> None:
    address = address_of(file_of(cast.company_account))
    us.post(address, {"laisser": "7", "l7-start_date": "31/11/2026"})
    assert "2 lignes sont à corriger" in words(us, address)
    us.post(address, {"act": "aside"})
    page = words(us, address)
    assert "3 lignes laissées de côté" in page
    assert "à corriger." not in page
    us.post(address, {"act": "back"})
    assert "3 lignes sont à corriger" in words(us, address)


def test_what_was_typed_on_other_lines_is_kept_when_one_is_left_aside(us: Client, cast: Cast) -> None:
    address = address_of(file_of(cast.company_account))
    us.post(address, {"laisser": "33", "l7-start_date": "30/11/2026", "l19-email": "salarie17", "l33-nir": "12"})
    page = words(us, address)
    assert "48 salariés sont prêts à être affiliés. 1 ligne est à corriger." in page
    assert "1 ligne laissée de côté" in page


def test_a_good_line_is_never_left_aside_by_a_forged_form(us: Client, cast: Cast) -> None:
    address = address_of(file_of(cast.company_account))
    us.post(address, {"laisser": "2"})
    us.post(address, {"l2-company": "x", "l99999-nir": "y", "lx-nir": "z", "act": "check"})
    assert "47 salariés sont prêts" in words(us, address)


def test_whoever_is_affiliated_already_is_told_by_the_file(us: Client, cast: Cast) -> None:
    first = file_of(cast.company_account, employees(2))
    us.post(f"{address_of(first)}affilier/")
    page = words(us, address_of(file_of(cast.company_account, employees(3))))
    assert "1 salarié est prêt à être affilié. 2 lignes sont à corriger." in page
    assert "Cette personne est déjà affiliée" in page


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("paie.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "« paie.xls » est protégé par un mot de passe"),
        ("vide.csv", b"", "« vide.csv » est vide"),
        ("<b>photo.xlsx", b"\x89PNG" + bytes(700), "n’est ni un classeur Excel"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_form_and_not_kept(
    us: Client, name: str, content: bytes, why: str
) -> None:
    answer = send(us, content, name)
    assert answer.status_code == 200
    assert why in words_of(answer.content.decode()).replace("\u00a0", " ")
    with isolation.system():
        assert not EmployeeFile.objects.exists()


def test_a_file_over_five_megabytes_is_refused(us: Client) -> None:
    answer = send(us, b"x" * (5 * 1024 * 1024 + 1), "gros.csv")
    assert "pèse plus de 5" in words_of(answer.content.decode())


def test_nothing_of_a_file_is_in_clear_in_the_database(us: Client, cast: Cast) -> None:
    file = file_of(cast.company_account)
    with isolation.system(), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(f)::text FROM employers_employeefile f WHERE id = %s", [file.pk])
        stored = cursor.fetchone()[0]
    for clear in ("Abgrall", "entrees-novembre", "salarie0"):
        assert clear not in stored
        assert clear.encode().hex() not in stored


def test_a_long_file_is_read_and_affiliated_by_a_worker(us: Client, cast: Cast) -> None:
    content = as_csv(rows_with_mistakes(900))
    assert len(content) > actions.AT_ONCE_BYTES
    address = send(us, content, "tous.csv")["Location"]
    page = us.get(address).content.decode()
    assert "Nous lisons" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    for asked in ("check", "aside", "back"):
        us.post(address, {"act": asked})
        assert "encore en cours" in words(us, address)
    assert us.get(f"{address}lignes/")["Location"] == address
    jobs.run_due()
    assert "897 salariés sont prêts" in words(us, address)
    us.post(f"{address}affilier/")
    assert "Nous affilions 897 salariés" in words(us, address)
    assert affiliated(cast) == 0
    jobs.run_due()
    assert "897 salariés sont affiliés" in words(us, address)
    assert affiliated(cast) == 897


def test_a_long_file_that_cannot_be_read_says_why_and_can_be_erased(us: Client) -> None:
    address = send(us, b"Nom;Salaire\n" + b"Riou;2000\n" * 9000, "paie.csv")["Location"]
    jobs.run_due()
    page = words(us, address)
    assert "n’a pas pu être lu" in page
    assert "« Prénom », « Date de naissance » et « Date d’entrée » manquent" in page
    us.post(f"{address}effacer/")
    assert us.get(address).status_code == 404


def test_a_file_is_its_authors_alone(us: Client, cast: Cast) -> None:
    file = file_of(cast.company_account)
    manager = signed_in(colleague(cast.company, CompanyRole.HR_MANAGER))
    for other in (manager, signed_in(cast.rival_account)):
        assert other.get(address_of(file)).status_code == 404
        assert other.post(f"{address_of(file)}affilier/").status_code == 404
        assert other.get(f"{address_of(file)}a-corriger.xlsx").status_code == 404
        assert "entrees-novembre" not in words(other, SEND)
    assert "entrees-novembre.xlsx" in words(us, SEND)


@pytest.mark.parametrize("role", [CompanyRole.READER, CompanyRole.ACCOUNTANT])
def test_who_changes_no_employee_prepares_no_import(cast: Cast, role: CompanyRole) -> None:
    client = signed_in(colleague(cast.company, role))
    assert client.get(SEND).status_code == 403
    assert send(client, xlsx(employees(1))).status_code == 403


def test_the_database_hides_the_files_of_another_company(cast: Cast) -> None:
    file = file_of(cast.company_account)
    with isolation.tenant("employeur", cast.rival.pk):
        assert not EmployeeFile.objects.all().exists()
    with isolation.tenant("employeur", cast.company.pk):
        assert EmployeeFile.objects.all().get() == file


def test_files_left_alone_go_after_thirty_days_with_their_keys(cast: Cast) -> None:
    old, young = file_of(cast.company_account), file_of(cast.company_account)
    with isolation.system():
        EmployeeFile.objects.filter(pk=old.pk).update(saved_at=NOON - KEPT - datetime.timedelta(seconds=1))
        planned.forget_old(NOON)
        assert EmployeeFile.objects.get() == young
        assert not SubjectKey.objects.filter(subject=f"employee_file:{old.reference}").exists()


def test_affiliated_lines_are_erased_once_they_cannot_be_undone(us: Client, cast: Cast, clock: Any) -> None:
    whole, partly = (
        file_of(cast.company_account, employees(2)),
        file_of(cast.company_account, rows_with_mistakes(8, 100)),
    )
    for file in (whole, partly):
        us.post(f"{address_of(file)}affilier/")
    after = NOON + datetime.timedelta(hours=24, seconds=1)
    clock.move_to(after)
    with isolation.system():
        planned.forget_affiliated(after)
        assert EmployeeFile.objects.get() == partly
    page = words(signed_in(cast.company_account), address_of(partly))
    assert "1 ligne est à corriger" in page
    assert "1 ligne, reçu" in page
    assert affiliated(cast) == 9


def test_an_account_that_goes_takes_its_files_with_it(cast: Cast) -> None:
    file_of(cast.company_account)
    planned.on_operation(action="account.deleted", object_id=cast.company_account.pk)
    with isolation.system():
        assert not EmployeeFile.objects.exists()


def test_a_file_is_erased_on_demand_and_the_affiliated_stay(us: Client, cast: Cast) -> None:
    file = file_of(cast.company_account, employees(2))
    us.post(f"{address_of(file)}affilier/")
    assert us.post(f"{address_of(file)}effacer/")["Location"] == SEND
    assert affiliated(cast) == 2


def test_the_lines_to_correct_leave_as_a_workbook_that_can_be_sent_again(us: Client, cast: Cast) -> None:
    file = file_of(cast.company_account)
    answer = us.get(f"{address_of(file)}a-corriger.xlsx")
    page = sheet_of(answer.content)
    assert page.max_row == 4
    assert "n’existe pas" in page.cell(2, 12).value
    again = words(us, send(us, answer.content)["Location"])
    assert "3 lignes sont à corriger" in again
    assert "Colonnes que nous ne lisons pas : Ligne du fichier, À corriger" in again


def test_the_models_carry_the_populations_of_the_company(us: Client, cast: Cast) -> None:
    builders.group_contract(cast.company, population="Cadres")
    book = load_workbook(io.BytesIO(us.get(f"{SEND}modele.xlsx").content))
    assert [cell.value for cell in book["Listes"]["B"]] == ["Ensemble du personnel", "Cadres"]
    assert us.get(f"{SEND}modele.csv").content.decode("utf-8-sig").startswith("Matricule;Nom;Prénom")


def test_all_good_lines_can_be_read_a_hundred_at_a_time(us: Client, cast: Cast) -> None:
    file = file_of(cast.company_account, rows_with_mistakes(230))
    page = us.get(f"{address_of(file)}lignes/").content.decode()
    assert page.count('<th scope="row">') == 100
    (following,) = re.findall(r'href="(\?apres=\d+)"', page)
    assert us.get(f"{address_of(file)}lignes/{following}").content.decode().count('<th scope="row">') == 100


def test_pages_cost_the_same_whatever_the_length_of_the_file(us: Client, cast: Cast) -> None:
    def queries(file: EmployeeFile) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert us.get(address_of(file)).status_code == 200
        return len([query for query in captured if "SAVEPOINT" not in query["sql"]])

    short, long = (
        file_of(cast.company_account, rows_with_mistakes(40)),
        file_of(cast.company_account, rows_with_mistakes(400)),
    )
    assert queries(short) == queries(long) <= 12


def test_the_journal_says_what_was_done_and_of_nobody(us: Client, cast: Cast) -> None:
    file = file_of(cast.company_account)
    us.get(address_of(file))
    us.post(address_of(file), {"l7-start_date": "30/11/2026", "act": "check"})
    with isolation.system():
        entries = Entry.objects.filter(object_kind="employee_file").order_by("pk")
        assert [entry.action for entry in entries] == [
            "employee_file.received", "employee_file.viewed", "employee_file.corrected",
        ]  # fmt: skip
        assert all("30/11" not in str(entry.details) for entry in entries)


def test_at_most_twenty_files_are_kept(us: Client, cast: Cast) -> None:
    file_of(cast.company_account, employees(1))
    with isolation.system():
        (kept,) = EmployeeFile.objects.all()
        for rank in range(19):
            kept.pk, kept.reference = None, f"{rank:032d}"
            EmployeeFile.objects.bulk_create([kept])
    with pytest.raises(actions.TooManyFiles), isolation.tenant("employeur", cast.company.pk):
        actions.receive(by=cast.company_account, company_id=cast.company.pk, name="x.csv", content=as_csv(employees(1)))


def test_the_home_page_says_which_file_is_not_finished(us: Client, cast: Cast) -> None:
    file = file_of(cast.company_account)
    home = us.get("/employeur/").content.decode()
    assert f'href="{address_of(file)}"' in home
    assert "Finir l’import de salariés : 3 à corriger" in words_of(home).replace("\u00a0", " ")
    manager = signed_in(colleague(cast.company, CompanyRole.HR_MANAGER))
    assert "Finir l’import" not in words(manager, "/employeur/")


def test_the_file_of_the_demo_has_three_lines_to_correct(us: Client, cast: Cast) -> None:
    with isolation.system():
        write_employee_file(cast.company_account, cast.company_account)
        file = EmployeeFile.objects.get()
    assert (file.ready_count, file.wrong_count) == (38, 3)
    assert "3 à corriger" in words(us, SEND)
