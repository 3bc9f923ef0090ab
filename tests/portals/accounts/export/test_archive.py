"""« Tout télécharger »: everything that the account may see, exactly, and nothing of anybody else."""

import csv
import datetime
import hashlib
import io
import json
import tracemalloc
import zipfile
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from members.benefits.models import BenefitLine
from members.households.feeds import NIR_PLACE
from members.statements.actions import issue_month
from members.statements.models import Statement
from portals import jobs
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.export.actions import remove_expired
from portals.accounts.export.archive import write_archive
from portals.accounts.export.models import AccountExport, ExportState
from portals.accounts.models import Account
from portals.documents.models import StoredFile, private_storage
from portals.secrets import seal
from privacy.audit.models import Entry
from tests import builders
from tests.cast import ALICE_IBAN, Cast
from tests.employers.workforce.objects import somebody_of
from tests.pages import words_of
from tests.portals.accounts.export.links import LINK, link_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-7.3", "CGU-7.7")]

PAGE = "/compte/export/"
ADDRESSES = {"alice_account": "adherent", "company_account": "employeur", "professional_account": "professionnel"}


def archive_of(account: Account) -> zipfile.ZipFile:
    """Asked for, made and downloaded as its owner does."""
    client = builders.sign_in(Client(), account)
    assert client.post(PAGE).status_code == 302
    jobs.run_due()
    answer = client.get(link_of(client))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer)))


def book_of(archive: zipfile.ZipFile, path: str) -> dict[str, Any]:
    """The models of a JSON file of the archive, by label."""
    models: dict[str, Any] = json.loads(archive.read(path))["models"]
    return models


def rows_of(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")), delimiter=";"))


def refs_in(archive: zipfile.ZipFile) -> set[str]:
    return {row["N° de décompte"] for row in rows_of(archive, "adherent/prestations.csv") if row["N° de décompte"]}


def test_a_member_takes_every_line_and_statement_of_their_own_and_no_others(cast: Cast) -> None:
    builders.benefits(cast.alice, 300)
    issue_month(month=datetime.date(2026, 10, 1), by=None)
    archive = archive_of(cast.alice_account)
    seen = [cast.alice.pk, cast.home.ines.pk]
    with isolation.system():
        expected = set(BenefitLine.objects.filter(person_id__in=seen).values_list("benefit_ref", flat=True))
        statements = {s.period: s.file for s in Statement.objects.filter(recipient=cast.alice).select_related("file")}
        assert all(statements.values())
    assert refs_in(archive) == expected
    assert len(expected) == 302
    pdf = archive.read("adherent/relevés/Relevé octobre 2026.pdf")
    file = statements[datetime.date(2026, 10, 1)]
    assert file is not None
    assert hashlib.sha256(pdf).hexdigest() == file.sha256
    assert [row["Prénoms"] for row in rows_of(archive, "adherent/personnes.csv")] == ["Alice", "Inès"]
    assert {row["N° de contrat"] for row in rows_of(archive, "adherent/couvertures.csv")} == {"SA48217736"}
    whole = b"".join(archive.read(name) for name in archive.namelist()).decode("latin-1")
    for stranger in (cast.home.samir_line, cast.home.lina_line, cast.bob_line):
        assert stranger.benefit_ref not in whole
    assert cast.bob.email not in whole
    assert cast.home.ines.email not in whole  # shown with her name, not with what reaches her


def test_each_member_of_a_household_takes_their_own(cast: Cast) -> None:
    assert refs_in(archive_of(cast.home.samir_account)) == {cast.home.samir_line.benefit_ref}


def test_a_company_and_a_professional_take_their_contracts(cast: Cast) -> None:
    company = archive_of(cast.company_account)
    assert [row["SIRET"] for row in rows_of(company, "employeur/entreprise.csv")] == [cast.company.siret]
    with isolation.system():
        numbers = set(cast.company.contracts.values_list("contract_number", flat=True))
        agreements = set(cast.professional.agreements.values_list("agreement_number", flat=True))
    assert {row["N° de contrat"] for row in rows_of(company, "employeur/contrats.csv")} == numbers
    practice = archive_of(cast.professional_account)
    assert {row["N° de convention"] for row in rows_of(practice, "professionnel/conventions.csv")} == agreements


def test_the_account_is_told_in_a_file_that_says_what_its_words_mean(cast: Cast) -> None:
    archive = archive_of(cast.alice_account)
    whole = json.loads(archive.read("compte/donnees.json"))
    models = whole["models"]
    (account,) = models["portals.Account"]["rows"]
    assert account["identifier"] == cast.alice_account.identifier
    assert account["email"] == cast.alice_account.email
    assert [row["declaration"] for row in models["portals.Acceptance"]["rows"]]
    assert whole["folders"] == {"adherent": Grant.objects.get(account=cast.alice_account).pk}
    assert models["portals.Account"]["fields"]["email"]["label"] == "adresse e-mail"
    assert not {"password", "session_epoch", "is_staff"} & set(account)
    assert cast.alice_account.identifier in archive.read("LISEZ-MOI.txt").decode()
    portable = book_of(archive, "compte/portabilite.json")
    assert set(portable["portals.Account"]["rows"][0]) == {"identifier", "display_name", "organisation_name", "email"}


@pytest.mark.commitment("PDP-8.1", "PDP-8.7", "CGU-8.8")
def test_sealed_values_are_told_to_their_owner_and_to_nobody_else(cast: Cast) -> None:
    """The numbers that are sealed in the table are the person's own; those of a minor reach the minor."""
    nir = "285035619800217"
    with isolation.system():
        cast.alice.nir_sealed = seal(f"person:{cast.alice.person_ref}", NIR_PLACE, nir)
        cast.alice.save(update_fields=["nir_sealed"])
    archive = archive_of(cast.alice_account)
    own, minor = book_of(archive, "adherent/donnees.json")["members.Person"]["rows"]
    assert (own["given_names"], own["nir"], own["iban"]) == ("Alice", nir, ALICE_IBAN)
    assert minor["given_names"] == "Inès"
    assert not {"nir", "iban", "email", "phone", "address_line1"} & set(minor)
    portable = book_of(archive, "adherent/portabilite.json")
    assert not any("iban" in row or "nir" in row for row in portable["members.Person"]["rows"])
    assert len(portable["members.BenefitLine"]["rows"]) == 2


@pytest.mark.commitment("PDP-8.1")
def test_the_document_for_people_says_what_why_and_what_one_may_do(cast: Cast) -> None:
    archive = archive_of(cast.alice_account)
    with pikepdf.open(io.BytesIO(archive.read("vos-donnees.pdf"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
    pages = PdfReader(io.BytesIO(archive.read("vos-donnees.pdf"))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        "Ce que nous savons de vous",
        "Le Goff",
        "Soins remboursés",
        "Pourquoi nous les gardons",
        "Vos droits",
    ):
        assert words in text
    assert "CNIL" in text or "Commission nationale" in text
    assert "Vaccin de Bob" not in text


def test_an_employer_s_record_of_an_employee_is_told_to_the_employee(cast: Cast) -> None:
    with isolation.system():
        affiliation = somebody_of(cast.company)
        affiliation.person = cast.bob
        affiliation.save(update_fields=["person"])
    (told,) = book_of(archive_of(cast.bob_account), "adherent/donnees.json")["employers.Affiliation"]["rows"]
    assert told["employee_number"] == affiliation.employee_number
    assert not book_of(archive_of(cast.alice_account), "adherent/donnees.json")["employers.Affiliation"]["rows"]


def test_an_exporter_sees_the_rows_of_the_grant_s_tenant_only(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were an exporter to forget its filters, the database would still hold back what is not this household's."""
    from portals.accounts.export import registry

    def careless(grant: Grant):  # type: ignore[no-untyped-def]
        refs = BenefitLine.objects.values_list("benefit_ref", flat=True)
        yield "all.txt", "\n".join(refs).encode()

    monkeypatch.setattr(registry, "_exporters", {"adherent": [careless]})
    target = io.BytesIO()
    with isolation.system():
        write_archive(cast.bob_account, target)
    assert zipfile.ZipFile(target).read("adherent/all.txt").decode() == cast.bob_line.benefit_ref


@pytest.mark.parametrize("holder", ADDRESSES)
def test_it_stays_open_when_the_space_does_not(holder: str, cast: Cast) -> None:
    account: Account = getattr(cast, holder)
    Grant.objects.filter(account=account).update(closes_on=timezone.localdate())
    account.restrictions.create(kind="closure", motive="breach", reason="Essai", by=cast.bob_account)
    account.accepted_terms = None
    account.save(update_fields=["accepted_terms"])
    assert any(name.startswith(ADDRESSES[holder]) for name in archive_of(account).namelist())


def test_a_representation_that_is_over_takes_nothing(cast: Cast) -> None:
    """Whoever no longer represents somebody takes nothing of theirs."""
    Grant.objects.create(
        account=cast.alice_account, space="adherent", basis="representation", tenant_id=cast.bob.household_id,
        subject_id=cast.bob.pk, since=datetime.date(2022, 1, 1), closes_on=timezone.localdate(),
    )  # fmt: skip
    archive = archive_of(cast.alice_account)
    assert cast.bob_line.benefit_ref not in refs_in(archive)
    assert not any(name.startswith("adherent-2") for name in archive.namelist())


def test_whoever_represents_somebody_takes_a_folder_for_each(cast: Cast) -> None:
    Grant.objects.create(
        account=cast.alice_account, space="adherent", basis="representation", tenant_id=cast.bob.household_id,
        subject_id=cast.bob.pk, since=datetime.date(2022, 1, 1),
    )  # fmt: skip
    archive = archive_of(cast.alice_account)
    bobs = {row["N° de décompte"] for row in rows_of(archive, "adherent-2/prestations.csv")} - {None, ""}
    assert bobs == {cast.bob_line.benefit_ref}


def test_one_a_day(cast: Cast) -> None:
    client = builders.sign_in(Client(), cast.alice_account)
    start = datetime.datetime(2026, 10, 14, 8, tzinfo=datetime.UTC)
    with time_machine.travel(start, tick=False):
        builders.sign_in(client, cast.alice_account)
        assert client.post(PAGE).status_code == 302
        refused = client.post(PAGE)
        assert (refused.status_code, refused["Retry-After"]) == (429, "86400")
        assert "La prochaine pourra être demandée le 15\u00a0octobre\u00a02026" in words_of(refused.content.decode())
    with time_machine.travel(start + datetime.timedelta(days=1), tick=False):
        builders.sign_in(client, cast.alice_account)
        assert client.post(PAGE).status_code == 302
    assert AccountExport.objects.count() == 2


def test_one_that_could_not_be_made_may_be_asked_for_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = builders.sign_in(Client(), cast.alice_account)
    assert client.post(PAGE).status_code == 302
    jobs.Job.objects.filter(kind="account.export").update(state="failed")
    assert "Préparer ma copie" in words_of(client.get(PAGE).content.decode())
    assert client.post(PAGE).status_code == 302


def test_it_is_kept_seven_days_then_gone_from_the_disk(cast: Cast) -> None:
    archive_of(cast.alice_account)
    export = AccountExport.objects.get()
    assert export.file is not None
    assert export.expires_at is not None
    name = export.file.file.name
    client = Client()
    with time_machine.travel(export.expires_at, tick=False):
        builders.sign_in(client, cast.alice_account)
        assert client.post(LINK)["Location"] == PAGE
        assert remove_expired(now=timezone.now()) == 1
        assert remove_expired(now=timezone.now()) == 0
    export.refresh_from_db()
    assert (export.state, export.file) == (ExportState.REMOVED, None)
    assert not StoredFile.objects.filter(file=name).exists()


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_makes_it_and_the_message_says_nothing_of_it(celery_worker_process: object) -> None:
    import time

    person = builders.person(family_name="Tanguy")
    account = builders.account(person)
    line = builders.benefit(person)
    client = builders.sign_in(Client(), account)
    assert client.post(PAGE).status_code == 302
    deadline = time.monotonic() + 60
    while not AccountExport.objects.filter(state=ExportState.READY).exists():
        assert time.monotonic() < deadline
        time.sleep(0.2)
    answer = client.get(link_of(client))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Cache-Control"].startswith("private, no-store") or "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert refs_in(zipfile.ZipFile(io.BytesIO(b"".join(answer)))) == {line.benefit_ref}


def test_the_message_leads_to_the_page_and_names_nothing(cast: Cast) -> None:
    archive_of(cast.alice_account)
    (message,) = [one for one in mail.outbox if one.subject == "Votre copie est prête"]
    assert message.to == [cast.alice_account.email]
    assert PAGE in message.body
    assert not {"Alice", "Goff", "Consultation"} & set(str(message.body).split())
    assert Entry.objects.filter(action="account.export_downloaded", account_id=cast.alice_account.pk).count() == 1


def test_another_s_archive_cannot_be_asked_for(cast: Cast) -> None:
    archive_of(cast.alice_account)
    bob = builders.sign_in(Client(), cast.bob_account)
    assert bob.post(LINK)["Location"] == PAGE


def test_memory_does_not_grow_with_what_it_holds(cast: Cast) -> None:
    builders.benefits(cast.alice, 8_000)
    archive_of(cast.bob_account)  # what the first package loads, fonts among it, is not counted
    jobs.run_due()
    client = builders.sign_in(Client(), cast.alice_account)
    client.post(PAGE)
    tracemalloc.start()
    jobs.run_due(["account.export"])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    export = AccountExport.objects.select_related("file").get(account=cast.alice_account)
    assert export.state == ExportState.READY
    assert peak < 12_000_000


def test_removed_files_leave_the_disk_with_the_transaction(cast: Cast, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    archive_of(cast.alice_account)
    export = AccountExport.objects.select_related("file").get()
    assert export.file is not None
    name = str(export.file.file.name)
    assert private_storage().exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_expired(now=timezone.now() + datetime.timedelta(days=8))
    assert not private_storage().exists(name)
