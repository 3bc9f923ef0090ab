"""`/verifier/`: ours and unchanged, ours and changed, unknown; never a word on anybody."""

import datetime
import hashlib
import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis.exceptions import RedisError

from members.statements.actions import issue_month, render_statement
from members.statements.models import Statement
from portals.access import isolation
from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.pdf import render_pdf
from portals.documents.verification import Kind, Mark
from portals.documents.verification.checking import check_code, check_file
from portals.documents.verification.models import IssuedDocument
from portals.documents.verification.registry import Verdict, Way
from portals.documents.verification.views import FILES_BY_NETWORK
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
KIND = Kind("test.letter", "Lettre d’essai")
PAGE = '<!doctype html><html lang="fr"><head><title>T</title><meta name="keywords" content="{}"></head><h1>Bonjour</h1>'


@pytest.fixture
def letter(db: None) -> tuple[str, bytes]:
    """A document of ours: its code and its file."""
    content = verification.issue(KIND, lambda mark: render_pdf(PAGE.format(mark.code)), period="Année 2026", by=None)
    return IssuedDocument.objects.latest("pk").code, content


@pytest.fixture
def statement(cast: Cast) -> Statement:
    """Alice's statement of October 2026, rendered."""
    with isolation.system():
        issue_month(month=datetime.date(2026, 10, 1), by=None)
        found = Statement.objects.get(recipient=cast.alice)
        render_statement(statement_id=found.pk, by=None)
        found.refresh_from_db()
        return found


def file_of(statement: Statement) -> bytes:
    with isolation.system():
        assert statement.file is not None
        with statement.file.file.open("rb") as file:
            return bytes(file.read())


def saved_again(content: bytes) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(written)
    return written.getvalue()


def send(client: Client, content: bytes, name: str = "releve.pdf") -> str:
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    response = client.post("/verifier/", {"way": "file", "file": file})
    assert response.status_code == 200
    return words_of(response.content.decode())


def ask(client: Client, code: str) -> str:
    return words_of(client.post("/verifier/", {"way": "code", "code": code}).content.decode())


@pytest.mark.commitment("CGU-3.7")
def test_a_statement_is_known_by_its_code_however_it_is_typed(statement: Statement, client: Client) -> None:
    code = statement.verification_code
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} "):
        page = ask(client, typed)
        assert "Ce code est celui d’un document bien de nous." in page
        assert f"Relevé de prestations Période Octobre{NBSP}2026" in page
    scanned = words_of(client.get("/verifier/", {"code": code}).content.decode())
    assert "Ce code est celui d’un document bien de nous." in scanned


@pytest.mark.commitment("PDP-1.2")
def test_the_answer_says_nothing_of_anybody(statement: Statement, cast: Cast, client: Client) -> None:
    pages = ask(client, statement.verification_code) + send(client, file_of(statement))
    for word in ("Alice", "Le Goff", "Inès", cast.alice.household.member_number, statement.number, "Hervé", "18,00"):
        assert word not in pages


def test_our_file_is_recognised_unchanged_and_another_saving_of_it_is_not(statement: Statement, client: Client) -> None:
    content = file_of(statement)
    assert "Ce document est bien de nous, inchangé." in send(client, content)
    changed = send(client, saved_again(content))
    assert "Ce fichier a été modifié." in changed
    assert f"Octobre{NBSP}2026" in changed
    assert "Ce fichier a été modifié." in send(client, content + b"\n")


def test_what_is_not_ours_is_unknown(client: Client, statement: Statement) -> None:
    for content in (b"hello", b"%PDF-1.7 not really", render_pdf(PAGE.format("rien")), b"\xff\xd8\xff" + b"0" * 100):
        assert "Ce fichier nous est inconnu." in send(client, content)
    for code in ("7KQM-2XHD-94TB", "bonjour", "0" * 12, "é" * 12, "1;DROP TABLE"):
        assert "Ce code nous est inconnu." in ask(client, code)


def test_a_room_that_issues_through_the_registry_is_recognised(letter: tuple[str, bytes], client: Client) -> None:
    code, content = letter
    assert "Ce document est bien de nous, inchangé." in send(client, content)
    assert "Ce fichier a été modifié." in send(client, saved_again(content))
    assert "Période Année 2026" in ask(client, code)
    document = IssuedDocument.objects.get(code=code)
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    entry = Entry.objects.get(action="document.issued")
    assert (entry.object_id, entry.details) == (str(document.pk), {"kind": "test.letter"})


def test_the_mark_leads_to_the_page_with_the_code() -> None:
    seen: list[Mark] = []

    def make(mark: Mark) -> bytes:
        seen.append(mark)
        return b"%PDF-"

    verification.issue(KIND, make, period="", by=None)
    (mark,) = seen
    assert mark.address.endswith(f"/verifier/?code={mark.code}")
    assert mark.shown.endswith("/verifier/")


def test_every_verification_is_in_the_journal_without_the_code(
    statement: Statement, client: Client, cast: Cast
) -> None:
    ask(client, statement.verification_code)
    builders.sign_in(client, cast.bob_account)
    send(client, b"%PDF-1.4")
    first, second = Entry.objects.filter(action="document.verified").order_by("id")
    assert (first.result, first.details) == ("known", {"way": "code", "kind": "statement"})
    assert (second.result, second.details) == ("unknown", {"way": "file", "kind": ""})
    assert (first.account_id, second.account_id) == (None, cast.bob_account.pk)


def test_the_same_is_done_whatever_the_answer(statement: Statement, letter: tuple[str, bytes]) -> None:
    """As many queries, and the description read, for a file of ours, a changed one and a stranger's."""
    ours = file_of(statement)

    def cost(content: bytes) -> int:
        with CaptureQueriesContext(connection) as captured:
            check_file(content, by=None)
        return len(captured)

    assert len({cost(content) for content in (ours, saved_again(ours), letter[1], b"%PDF-1.4", b"hello")}) == 1

    def cost_of_code(code: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            check_code(code, by=None)
        return len(captured)

    assert len({cost_of_code(code) for code in (statement.verification_code, letter[0], "7KQM-2XHD-94TB", "x")}) == 1


def test_the_file_is_not_kept(letter: tuple[str, bytes], client: Client) -> None:
    from portals.documents.models import StoredFile, Upload

    before = StoredFile.objects.count()
    send(client, letter[1])
    assert (StoredFile.objects.count(), Upload.objects.count()) == (before, 0)


def test_a_file_that_is_too_big_is_refused(client: Client) -> None:
    page = send(client, b"%PDF-" + b"0" * (10 * 1024 * 1024 + 1))
    assert "pèse plus de 10 Mo" in page
    assert not Entry.objects.filter(action="document.verified").exists()


def test_an_empty_question_is_asked_again(client: Client) -> None:
    for data in ({}, {"way": "code"}, {"way": "code", "code": ""}):
        assert "Écrivez le code du document." in words_of(client.post("/verifier/", data).content.decode())
    assert "Choisissez le document à vérifier." in words_of(client.post("/verifier/", {"way": "file"}).content.decode())
    assert "Vérifiez qu’un document vient bien de nous." in words_of(client.get("/verifier/").content.decode())


def test_files_are_counted_and_nothing_is_answered_when_nothing_can_be_counted(
    client: Client, letter: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(FILES_BY_NETWORK.amount):
        send(client, b"hello")
    file = SimpleUploadedFile("a.pdf", letter[1])
    assert client.post("/verifier/", {"way": "file", "file": file}).status_code == 429

    def down(*_args: object, **_kwargs: object) -> None:
        raise RedisError

    monkeypatch.setattr("portals.accounts.limits.counters.cache.add", down)
    assert client.get("/verifier/", {"code": letter[0]}).status_code == 429


def test_a_hostile_pdf_claims_nothing(client: Client, letter: tuple[str, bytes]) -> None:
    bomb = b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer<</Root 1 0 R>>"
    assert check_file(bomb, by=None).verdict == Verdict.UNKNOWN
    finding = check_file(letter[1][: len(letter[1]) // 2], by=None)
    assert (finding.way, finding.verdict in {Verdict.UNKNOWN, Verdict.CHANGED}) == (Way.FILE, True)


def test_two_kinds_have_two_codes() -> None:
    verification.register(KIND)
    with pytest.raises(ValueError, match=r"test\.letter"):
        verification.register(Kind("test.letter", "Autre chose"))


def test_it_is_open_to_whoever_has_a_step_to_take(client: Client, cast: Cast) -> None:
    account: Account = cast.alice_account
    account.accepted_terms = None
    account.save(update_fields=["accepted_terms"])
    assert builders.sign_in(client, account).get("/verifier/").status_code == 200
