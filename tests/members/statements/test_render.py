"""The PDF: accessible, complete, stored once, told about without a word on health."""

import csv
import datetime
import email
import hashlib
import io
from decimal import Decimal
from email import policy
from pathlib import Path

import pikepdf
import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from members.households.models import Person
from members.statements.actions import NOTICE, issue_month, render_statement
from members.statements.contents import printed
from members.statements.models import Statement, StatementState
from portals import jobs
from portals.access import isolation
from portals.documents.models import StoredFile
from portals.jobs import Job, JobState
from tests import builders
from tests.cast import Cast
from tests.members.card.objects import pages_of, read

NARROW, NBSP, MINUS = "\u202f", "\u00a0", "\u2212"
OCTOBER = datetime.date(2026, 10, 1)


@pytest.fixture
def issued(cast: Cast, november: None) -> Cast:
    issue_month(month=OCTOBER, by=None)
    return cast


def pdf_of(person: Person) -> bytes:
    with isolation.system():
        statement = Statement.objects.get(recipient=person)
        if statement.file is None:
            render_statement(statement_id=statement.pk, by=None)
            statement.refresh_from_db()
        assert statement.file is not None
        with statement.file.file.open("rb") as content:
            return bytes(content.read())


def words_of_pdf(content: bytes) -> str:
    """The text of every page, white space made ordinary."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace(NARROW, " ").replace(NBSP, " ").split())


@pytest.mark.commitment("CGU-3.7")
def test_the_amounts_of_the_pdf_are_those_of_the_lines(issued: Cast) -> None:
    text = words_of_pdf(pdf_of(issued.alice))
    assert "En octobre 2026, nous avons versé 18,00 € sur votre compte." in text
    assert "24/09 Consultation généraliste Dr Paul Hervé, à vous le 06/10 30,00 € 30,00 € 70 % 21,00 €" in text
    assert f"{MINUS} 2,00 € 9,00 € 2,00 €" in text
    assert "Total Alice 30,00 € 21,00 €" in text
    assert "Inès Benali, née le 20 mai 2016" in text
    assert "06/10/2026 VIR20261006000001 Alice Le Goff 18,00 €" in text
    assert "Versé sur votre compte pour d’autres personnes" in text
    assert "Samir Benali 9,00 €" in text
    assert "Ostéopathie" not in text


@pytest.mark.commitment("CGU-3.2")
def test_each_pdf_says_that_it_is_indicative(issued: Cast) -> None:
    for person in (issued.alice, issued.home.samir, issued.bob):
        assert "Ce relevé est donné à titre indicatif." in words_of_pdf(pdf_of(person))


def test_an_adult_reads_that_the_holder_was_paid(issued: Cast) -> None:
    text = words_of_pdf(pdf_of(issued.home.samir))
    assert "nous avons versé 9,00 € sur le compte de l’adhérent." in text
    assert "Dr Paul Hervé, à l’adhérent le 06/10" in text


def test_a_reversal_is_printed_with_a_true_minus(cast: Cast, november: None) -> None:
    builders.reversal(cast.bob_line, payment_ref="VIR9", act_label="Vaccin annulé")
    issue_month(month=OCTOBER, by=None)
    text = words_of_pdf(pdf_of(cast.bob))
    assert f"Vaccin annulé Dr Paul Hervé, repris le 06/10 {MINUS} 30,00 €" in text
    assert "vos soins n’ont donné lieu à aucun versement" in text


def test_the_account_is_masked(issued: Cast) -> None:
    text = words_of_pdf(pdf_of(issued.alice))
    assert "FR·· ···· ·606" in text
    assert "FR1420041010050500013M02606" not in text.replace(" ", "")


def test_it_is_an_accessible_document(issued: Cast) -> None:
    content = pdf_of(issued.alice)
    with pikepdf.open(io.BytesIO(content)) as document:
        root = document.Root
        assert str(root.Lang) == "fr"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert "pdfuaid:part" in str(root.Metadata.read_bytes())
        assert str(document.docinfo["/Title"]).startswith(f"Relevé de prestations, octobre{NBSP}2026")
        tags = {
            str(node.S)
            for node in document.objects
            if isinstance(node, pikepdf.Dictionary) and "/S" in node and "/P" in node
        }
    assert {"/H1", "/H2", "/Table", "/THead", "/TH", "/TD", "/Figure"} <= tags


def test_only_our_own_font_is_embedded(issued: Cast) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(issued.alice))) as document:
        fonts = {
            str(node.BaseFont)
            for node in document.objects
            if isinstance(node, pikepdf.Dictionary) and "/BaseFont" in node
        }
    assert fonts
    assert all("Radio-Canada" in font for font in fonts), fonts


def test_it_is_stored_with_its_fingerprint_and_once(issued: Cast) -> None:
    content = pdf_of(issued.bob)
    with isolation.system():
        statement = Statement.objects.get(recipient=issued.bob)
        assert statement.file is not None
        assert statement.file.sha256 == hashlib.sha256(content).hexdigest()
        assert statement.file.size == len(content)
        render_statement(statement_id=statement.pk, by=None)
        assert StoredFile.objects.count() == 1


def test_a_failed_rendering_leaves_the_statement_due(issued: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(statement: Statement) -> bytes:
        raise ValueError(statement.content["name"])

    monkeypatch.setattr("members.statements.actions.statement_pdf", fail)
    jobs.run_due()
    with isolation.system():
        assert not Statement.objects.filter(state=StatementState.RENDERED).exists()
    assert set(Job.objects.values_list("state", "error")) == {(JobState.DUE, "ValueError")}


@pytest.mark.commitment("CGU-3.8")
def test_whoever_has_an_account_is_told_by_e_mail(issued: Cast) -> None:
    jobs.run_due()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        account.email for account in (issued.alice_account, issued.home.samir_account, issued.bob_account)
    ), "Lina has no account"
    assert set(Job.objects.filter(kind=NOTICE).values_list("state", flat=True)) == {JobState.DONE}


@pytest.mark.commitment("CGU-3.8", "PDP-1.2")
def test_the_e_mail_says_nothing_of_health_money_or_names(issued: Cast) -> None:
    jobs.run_due()
    for message in mail.outbox:
        sent = email.message_from_bytes(message.message().as_bytes(), policy=policy.default)
        assert sent["Subject"] == "Un nouveau relevé vous attend dans votre espace"
        whole = "".join(str(part.get_content()) for part in sent.walk() if part.get_content_maintype() == "text")
        for secret in ("Alice", "Goff", "Samir", "Consultation", "9,00", "octobre", "Hervé"):
            assert secret not in whole
        assert "/adherent/releves/" in whole


def test_a_closed_access_is_not_written_to(issued: Cast) -> None:
    from portals.access.models import Grant

    Grant.objects.filter(account=issued.bob_account).update(closes_on=datetime.date(2026, 11, 1))
    jobs.run_due()
    assert issued.bob_account.email not in [message.to[0] for message in mail.outbox]


def test_issuing_may_wait_for_every_pdf(cast: Cast, november: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("issue_statements", "--period=2026-10", "--wait")
    assert capsys.readouterr().out == "issued=4\n"
    with isolation.system():
        assert set(Statement.objects.values_list("state", flat=True)) == {StatementState.RENDERED}


@pytest.mark.commitment("CGU-3.7")
def test_the_lines_are_attached_as_data(cast: Cast, november: None) -> None:
    builders.benefit(cast.alice, act_label="=Piège", expense="85.00", scheme_amount="30.00", mutual_amount="45.50")
    issue_month(month=OCTOBER, by=None)
    with pikepdf.open(io.BytesIO(pdf_of(cast.alice))) as document:
        assert list(document.attachments) == ["releve-2026-10.csv"]
        attached = document.attachments["releve-2026-10.csv"]
        assert attached.relationship == pikepdf.Name.Data
        content = attached.get_file().read_bytes()
        assert document.Root.AF[0].AFRelationship == pikepdf.Name.Data
        assert "pdfuaid:part" in str(document.Root.Metadata.read_bytes())
    with isolation.system():
        statement = Statement.objects.get(recipient=cast.alice)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    lines = [(person, line) for person in printed(statement).persons for line in person.lines]
    assert len(rows) == statement.line_count == 3
    for row, (person, line) in zip(rows, lines, strict=True):
        assert (row["Bénéficiaire"], row["Acte"].lstrip("'")) == (person.name, line.act)
        assert Decimal(row["Dépense (€)"].replace(",", ".")) == line.expense
        assert Decimal(row["Mutuelle (€)"].replace(",", ".")) == line.mutual
        assert Decimal(row["Reste à charge (€)"].replace(",", ".")) == line.own
        assert row["Date de paiement"] == f"{line.paid_on:%d/%m/%Y}"
    assert "'=Piège" in {row["Acte"] for row in rows}


def test_the_code_and_its_qr_code_are_printed(issued: Cast) -> None:
    content = pdf_of(issued.bob)
    with isolation.system():
        code = Statement.objects.get(recipient=issued.bob).verification_code
    assert code in words_of_pdf(content)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.docinfo["/Keywords"]) == code
    codes = [text for page in pages_of(content) for text in read(page).values()]
    (address,) = codes
    assert address.endswith(f"/verifier/?code={code}")


def test_a_statement_of_few_lines_holds_on_one_page(issued: Cast) -> None:
    for person in (issued.bob, issued.alice, issued.home.samir):
        assert len(PdfReader(io.BytesIO(pdf_of(person))).pages) == 1


def test_a_file_of_ours_is_recognised(issued: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = tmp_path / "releve.pdf"
    ours.write_bytes(pdf_of(issued.bob))
    call_command("verify_document", str(ours))
    said = f"statement, Octobre{NBSP}2026, issued on 2026-11-02"
    assert capsys.readouterr().out == f"issued by us, unchanged: {said}\n"

    with pikepdf.open(ours) as document:
        document.save(tmp_path / "change.pdf")
    with pytest.raises(CommandError, match=f"changed: it bears our code of {said}"):
        call_command("verify_document", str(tmp_path / "change.pdf"))

    for content in (b"", b"%PDF-1.7 not really", b"hello"):
        (tmp_path / "other").write_bytes(content)
        with pytest.raises(CommandError, match="unknown"):
            call_command("verify_document", str(tmp_path / "other"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_document", str(tmp_path / "absent"))
