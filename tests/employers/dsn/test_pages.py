"""A DSN file from the form to the employees: nothing before the click, everything after it, and back."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.companies.models import Company, GroupContract
from employers.dsn.keeping import forget_old
from employers.dsn.models import DsnDraft
from employers.terminations.models import EmployeeTermination
from employers.workforce.models import Affiliation, Operation
from members.coverage.models import Cover
from portals.access import isolation
from portals.access.models import CompanyRole
from portals.accounts.models import Account, Space
from portals.secrets.models import SubjectKey
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.contributions.objects import contract_of
from tests.employers.dsn.dsn_files import NICS, SIREN, Site, employee, two_hundred, with_key, written
from tests.employers.users.people import colleague, signed_in
from tests.employers.workforce.objects import affiliated, new
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.16")]

HOME = "/employeur/salaries/dsn/"
NOON = datetime.datetime(2026, 11, 10, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def november(cast: Cast) -> Iterator[None]:
    """The files are of November 2026; the cast is signed in that day."""
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def company(cast: Cast) -> Company:
    """Alice's company, with the SIREN of the files."""
    with isolation.system():
        Company.objects.filter(pk=cast.company.pk).update(siret=f"{SIREN}00013")
        return Company.objects.get(pk=cast.company.pk)


def post(client: Client, content: bytes, name: str = "dsn-novembre.txt") -> Any:
    return client.post(HOME, {"file": SimpleUploadedFile(name, content, content_type="text/plain")})


def sent(client: Client, *sites: Site, **options: Any) -> str:
    """The address of the difference that a file makes."""
    answer = post(client, written(sites, **options))
    assert answer.status_code == 302, words_of(answer.text)
    return str(answer["Location"])


def site(contract: GroupContract, *people: Any) -> Site:
    return Site(NICS[0], people, {"1": contract.contract_number})


def keys_in(page: Any) -> list[str]:
    return re.findall(r'name="shown" value="([^"]+)"', page.text)


def reviewed(client: Client, address: str, **answers: str) -> Any:
    """Tick every line of the page, go to the summary."""
    keys = keys_in(client.get(address))
    return client.post(address, {"shown": keys, "chosen": keys, "go": "apply", **answers})


def employees(company: Company) -> list[Affiliation]:
    with isolation.tenant(Space.EMPLOYER, company.pk):
        return list(Affiliation.objects.filter(company=company, undone_at=None).order_by("pk"))


def drafts() -> list[DsnDraft]:
    with isolation.system():
        return list(DsnDraft.objects.order_by("pk"))


def test_two_hundred_employees_are_shown_then_applied_by_one_click_and_undone_by_another(
    cast: Cast, company: Company
) -> None:
    client = signed_in(cast.company_account)
    address = sent(client, *two_hundred(contract_of(company).contract_number))
    page = client.get(address)
    assert "200\u00a0affiliations" in page.text and "3\u00a0établissements" in page.text
    assert employees(company) == []
    first = keys_in(page)
    assert len(first) == 150
    assert client.post(address, {"shown": first, "chosen": first[1:], "go": "2"})["Location"] == f"{address}?page=2"
    second = keys_in(client.get(f"{address}?page=2"))
    assert len(second) == 50 and not set(first) & set(second)
    summary = client.post(address, {"shown": second, "chosen": second, "go": "apply"})["Location"]
    assert "199\u00a0affiliations" in client.get(summary).text
    assert employees(company) == []
    client.post(summary)
    found = employees(company)
    assert (len(found), {row.contract_id for row in found}) == (199, {contract_of(company).pk})
    with isolation.system():
        assert Cover.objects.filter(policy__in=[row.policy_id for row in found]).count() == 199
        operation = Operation.objects.get()
    assert (operation.source, operation.items.count()) == ("dsn", 199)
    page = client.get(address)
    assert "199\u00a0changements" in page.text
    client.post(f"/employeur/salaries/operations/{operation.pk}/annuler/")
    assert employees(company) == []
    assert "annulée" in client.get(address).text


def test_corrections_moves_and_ends_are_applied_as_one_operation(cast: Cast, company: Company) -> None:
    client = signed_in(cast.company_account)
    contract = contract_of(company)
    cadres = builders.group_contract(company, population="Cadres", plan=contract.plan)
    changing, moving, leaving = employee(1), employee(2), employee(3)
    for who in (changing, moving, leaving):
        affiliated(
            company, new(family_name=who.family_name, given_names=who.given_names, birth_date=who.born, sex="",
                         nir=with_key(who.nir), employee_number=who.number, email=""),
            start_date=datetime.date(2026, 9, 1), contract=contract,
        )  # fmt: skip
    left = datetime.date(2026, 11, 6)
    address = sent(
        client,
        Site(NICS[0], (
            employee(1, email="anais@example.org", starts_on=datetime.date(2026, 9, 1)),
            employee(3, starts_on=datetime.date(2026, 9, 1), leaving=(left, "059")),
        ), {"1": contract.contract_number}),
        Site(NICS[1], (employee(2, membership="2"),), {"2": cadres.contract_number}),
    )  # fmt: skip
    text = words_of(client.get(address).text)
    assert "1\u00a0changement de contrat, 1\u00a0correction et 1\u00a0radiation" in text
    summary = reviewed(client, address)["Location"]
    assert client.post(summary).status_code == 302
    rows = {row.employee_number: row for row in employees(company) if row.end_date is None}
    assert rows[changing.number].email == "anais@example.org"
    assert (rows[moving.number].contract_id, rows[moving.number].population) == (cadres.pk, "Cadres")
    with isolation.system():
        gone = Affiliation.objects.get(employee_number=leaving.number)
        termination = EmployeeTermination.objects.get(affiliation=gone)
        (operation,) = Operation.objects.filter(source="dsn")
    assert (gone.end_date, termination.reason, termination.operation_id) == (left, "resignation", operation.pk)
    assert operation.items.count() == 4
    client.post(f"/employeur/salaries/operations/{operation.pk}/annuler/")
    back = employees(company)
    assert len(back) == 3 and all(row.end_date is None and row.contract_id == contract.pk for row in back)
    assert {row.email for row in back} == {""}


def test_an_end_without_a_reason_is_asked_for_before_anything_happens(cast: Cast, company: Company) -> None:
    client = signed_in(cast.company_account)
    contract = contract_of(company)
    affiliated(company, new(family_name=employee(3).family_name, given_names="Anaïs", birth_date=employee(3).born,
                            sex="", nir="", employee_number="M00003"), start_date=datetime.date(2026, 9, 1))  # fmt: skip
    gone = employee(3, starts_on=datetime.date(2026, 9, 1), ends_on=datetime.date(2026, 11, 6))
    address = sent(client, site(contract, gone))
    summary = reviewed(client, address)["Location"]
    answer = client.get(summary, follow=True)
    assert "Il manque un motif" in answer.text
    assert 'aria-invalid="true"' in answer.text
    (key,) = keys_in(answer)
    again = reviewed(client, address, **{f"reason-{key}": "agreement"})["Location"]
    assert client.post(again).status_code == 302
    (row,) = employees(company)
    assert row.end_date == datetime.date(2026, 11, 6)


def test_a_death_that_a_file_foretells_is_asked_about_and_nothing_happens(cast: Cast, company: Company) -> None:
    client = signed_in(cast.company_account)
    who = employee(3, starts_on=datetime.date(2026, 9, 1), leaving=(datetime.date(2026, 11, 20), "066"))
    affiliated(company, new(family_name=who.family_name, given_names="Anaïs", birth_date=who.born, sex="", nir="",
                            employee_number="M00003"), start_date=datetime.date(2026, 9, 1))  # fmt: skip
    address = sent(client, site(contract_of(company), who))
    (key,) = keys_in(client.get(address))
    summary = reviewed(client, address, **{f"reason-{key}": "death"})["Location"]
    assert "Un décès ne se déclare qu’une fois survenu" in words_of(client.get(summary, follow=True).text)
    client.post(summary)
    (row,) = employees(company)
    assert row.end_date is None
    again = reviewed(client, address, **{f"reason-{key}": "resignation"})["Location"]
    client.post(again)
    (row,) = employees(company)
    assert row.end_date == datetime.date(2026, 11, 20)


def test_what_is_read_is_sealed_and_erased_once_it_served(cast: Cast, company: Company) -> None:
    client = signed_in(cast.company_account)
    who = employee(4)
    address = sent(client, site(contract_of(company), who))
    (draft,) = drafts()
    assert who.nir.encode() not in bytes(draft.content_sealed)
    assert who.family_name.upper().encode() not in bytes(draft.content_sealed)
    assert who.nir not in client.get(address).text
    client.post(reviewed(client, address)["Location"])
    (draft,) = drafts()
    assert bytes(draft.content_sealed) == b""
    assert not SubjectKey.objects.filter(subject=f"dsn:{draft.reference}").exists()
    assert client.get(f"{address}anomalies.csv").status_code == 404


def test_a_file_is_erased_by_its_author_or_after_seven_days(cast: Cast, company: Company) -> None:
    client = signed_in(cast.company_account)
    address = sent(client, site(contract_of(company), employee(4)))
    assert client.post(f"{address}supprimer/")["Location"] == HOME
    assert drafts() == [] and not SubjectKey.objects.filter(subject__startswith="dsn:").exists()
    sent(client, site(contract_of(company), employee(4)))
    with isolation.system():
        forget_old(datetime.datetime(2026, 11, 17, 8, 0, tzinfo=datetime.UTC))
        assert len(drafts()) == 1
        forget_old(datetime.datetime(2026, 11, 17, 10, 0, tzinfo=datetime.UTC))
    assert drafts() == [] and not SubjectKey.objects.filter(subject__startswith="dsn:").exists()


def test_another_account_never_reads_a_file(cast: Cast, company: Company) -> None:
    address = sent(signed_in(cast.company_account), site(contract_of(company), employee(4)))
    other = signed_in(colleague(company, CompanyRole.HR_MANAGER))
    for path in (address, f"{address}appliquer/", f"{address}anomalies.csv"):
        assert other.get(path).status_code == 404
    assert other.post(f"{address}supprimer/").status_code == 404
    assert signed_in(cast.rival_account).get(address).status_code == 404
    with isolation.tenant(Space.EMPLOYER, cast.rival.pk):
        assert not DsnDraft.objects.exists()  # without any filter: the database's own wall


def test_who_only_reads_sends_no_file(cast: Cast, company: Company) -> None:
    reader = signed_in(colleague(company, CompanyRole.READER))
    assert reader.get(HOME)["Location"] == "/employeur/salaries/"
    assert post(reader, written([])).status_code == 403
    accountant = signed_in(colleague(company, CompanyRole.ACCOUNTANT))
    assert accountant.get(HOME).status_code == 403


def test_the_report_names_every_anomaly_with_its_line(cast: Cast, company: Company) -> None:
    client = signed_in(cast.company_account)
    wrong = employee(5, nir="123")
    content = written([site(contract_of(company), employee(4), wrong)], encoding="latin-1")
    address = str(post(client, content)["Location"])
    text = words_of(client.get(address).text)
    assert "2\u00a0anomalies dans le fichier" in text and "n’est pas un NIR" in text
    report = client.get(f"{address}anomalies.csv").content.decode("utf-8-sig").splitlines()
    numbers = [int(row.split(";")[0]) for row in report[1:]]
    lines = content.decode("latin-1").splitlines()
    assert "123" in lines[numbers[1] - 1] and not lines[numbers[0] - 1].isascii()


def test_another_kind_of_file_is_refused_with_words(cast: Cast, company: Company) -> None:
    client = signed_in(cast.company_account)
    assert "n’est pas une DSN" in post(client, b"%PDF-1.7 rien").text
    assert "Choisissez un fichier" in client.post(HOME).text
    assert drafts() == []


def test_employees_who_changed_since_are_compared_again(cast: Cast, company: Company) -> None:
    client = signed_in(cast.company_account)
    who = employee(4)
    address = sent(client, site(contract_of(company), who))
    summary = reviewed(client, address)["Location"]
    affiliated(company, new(family_name=who.family_name, given_names=who.given_names, birth_date=who.born, sex="",
                            nir=with_key(who.nir), employee_number=who.number, email=""))  # fmt: skip
    answer = client.post(summary, follow=True)
    assert "Rien n’est choisi" in answer.text and "aucun changement" in answer.text
    assert len(employees(company)) == 1


def test_the_difference_costs_the_same_whatever_the_size_of_the_file(cast: Cast, company: Company) -> None:
    client = signed_in(cast.company_account)
    contract = contract_of(company)
    counts = []
    for people in (2, 60):
        address = sent(client, site(contract, *(employee(nth) for nth in range(people))))
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_nothing_personal_is_written_in_the_journal(cast: Cast, company: Company) -> None:
    client = signed_in(cast.company_account)
    who = employee(4)
    client.post(reviewed(client, sent(client, site(contract_of(company), who)))["Location"])
    with isolation.system():
        said = str(list(Entry.objects.values("action", "details", "object_kind")))
        assert {"dsn.received", "dsn.chosen", "dsn.applied"} <= {entry.action for entry in Entry.objects.all()}
    assert who.nir not in said and who.family_name.upper() not in said


def account_deleted(account: Account) -> None:
    from portals.signals import announce

    announce("account.deleted", by=None, object_kind="account", object_id=account.pk)


def test_the_files_of_a_deleted_account_go_with_it(cast: Cast, company: Company) -> None:
    sent(signed_in(cast.company_account), site(contract_of(company), employee(4)))
    with isolation.system():
        account_deleted(cast.company_account)
    assert drafts() == []
