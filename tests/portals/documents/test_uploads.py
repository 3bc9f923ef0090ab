"""Documents that people send: hostile ones are refused or made harmless, all are sealed and wait, none is shown inline."""

import io
import shutil
import socket
import struct
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image
from pytest_django.fixtures import Settings

from portals import jobs
from portals.accounts.limits import LimitReached
from portals.accounts.models import Account
from portals.documents import quarantine, uploads
from portals.documents.models import StoredFile, Upload, UploadState, private_storage
from portals.documents.scanning import ScanFailed, infected
from portals.documents.uploads import CleanFile, InQuarantine, UploadRefused, admit, receive, sanitised, serve
from portals.secrets.errors import SecretUnreadable, SubjectForgotten
from tests.cast import Cast
from tests.portals.documents import hostile


@pytest.fixture(scope="module")
def refused() -> dict[str, bytes]:
    return dict(hostile.refused())


@pytest.fixture(scope="module")
def cleaned() -> dict[str, bytes]:
    return dict(hostile.cleaned())


TRACES = (b"<script", b"alert", b"EICAR", b"JavaScript", b"/Launch", b"OpenAction", b"evil.invalid", b"Lorient", b"cmd.exe",
          b"<?php", b"ENTITY", b"/AA", b"Exif", b"EmbeddedFile", b"x.pdf")  # fmt: skip


def sent(name: str, content: bytes, declared: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name or "x", content, content_type=declared)


def unpacked(content: bytes) -> bytes:
    """A PDF with every stream in clear, so that nothing hides in a compressed one."""
    if not content.startswith(b"%PDF"):
        return content
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(
            out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return out.getvalue()


def test_there_are_about_two_hundred_of_them(refused: dict[str, bytes], cleaned: dict[str, bytes]) -> None:
    assert len(refused) + len(cleaned) + len(hostile.NAMES) >= 180


@pytest.mark.asvs("5.2.1", "5.2.2")
def test_what_is_hostile_through_and_through_is_refused_with_words(refused: dict[str, bytes]) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(refused, pool.map(answer_to, refused.items()), strict=True))
    assert [name for name, words in answers.items() if not words.endswith(".")] == []


def answer_to(file: tuple[str, bytes]) -> str:
    """What is said of a file that is refused; nothing of one that is kept."""
    try:
        admit([sent(*file)])
    except UploadRefused as refusal:
        return str(refusal)
    return ""


@pytest.mark.asvs("5.3.1")
def test_what_hides_in_a_good_file_is_left_behind(cleaned: dict[str, bytes]) -> None:
    for name, content in cleaned.items():
        (file,) = admit([sent(name, content, "text/html")])
        shown = unpacked(file.content)
        assert [trace for trace in TRACES if trace in shown] == [], name
        assert file.content_type in {"application/pdf", "image/jpeg", "image/png"}


def test_a_photograph_loses_its_place_and_stays_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    (file,) = admit([sent("photo.jpg", hostile.picture("JPEG", (40, 20), exif=exif))])
    with Image.open(io.BytesIO(file.content)) as image:
        assert image.size == (20, 40)
        assert not image.getexif()


def test_a_page_keeps_what_is_drawn_on_it_the_filled_form_included() -> None:
    document = hostile.plain_pdf()
    page = document.pages[0].obj
    page.Contents = document.make_stream(b"BT (Jugement) Tj ET")
    drawing = document.make_stream(
        b"BT (rempli) Tj ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 50, 20]
    )
    widget = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[10, 10, 60, 30], FT=pikepdf.Name.Tx, T="nom",
        AP=pikepdf.Dictionary(N=drawing),
    )  # fmt: skip
    field = document.make_indirect(widget)
    page.Annots = pikepdf.Array([field])
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    (file,) = admit([sent("a.pdf", hostile.written(document))])
    shown = unpacked(file.content)
    assert b"Jugement" in shown
    assert b"rempli" in shown


@pytest.mark.parametrize("name", hostile.NAMES)
def test_a_name_is_harmless_and_has_our_extension(name: str) -> None:
    safe = sanitised(name, ".pdf")
    assert safe.endswith(".pdf")
    assert safe.count(".") == 1
    assert len(safe) <= 90
    assert not set(safe) & set('/\\\0\r\n<>"|;=%\u202e\u200b')


def test_ten_megabytes_and_five_documents_at_most() -> None:
    with pytest.raises(UploadRefused, match="10 Mo"):
        admit([sent("a.pdf", b"%PDF-" + b"0" * uploads.MAX_BYTES)])
    with pytest.raises(UploadRefused, match="Cinq"):
        admit([sent("a.pdf", b"x")] * 6)
    with pytest.raises(UploadRefused, match="Cinq"):
        admit([sent("a.pdf", b"x")] * 2, already=4)


def test_a_heic_photograph_is_told_how_to_be_converted() -> None:
    with pytest.raises(UploadRefused, match="Le plus compatible"):
        admit([sent("IMG.HEIC", hostile.NOT_OURS["photo.heic"])])


@pytest.mark.django_db
class TestKeeping:
    """Once harmless: sealed, in quarantine, released or discarded."""

    @pytest.fixture(autouse=True)
    def empty_folder(self, settings: Settings) -> None:
        shutil.rmtree(settings.PRIVATE_MEDIA_ROOT, ignore_errors=True)

    @pytest.fixture
    def account(self, cast: Cast) -> Account:
        return cast.alice_account

    def file(self) -> CleanFile:
        return CleanFile("jugement.pdf", "application/pdf", b"%PDF-1.7 the judgment")

    def test_it_is_sealed_on_the_disk_under_a_random_name(self, account: Account) -> None:
        (upload,) = receive([self.file()], by=account)
        assert upload.stored is not None
        on_disk = Path(upload.stored.file.path)
        assert b"judgment" not in on_disk.read_bytes()
        assert "jugement" not in on_disk.name
        assert uploads.content_of(upload) == b"%PDF-1.7 the judgment"
        on_disk.write_bytes(on_disk.read_bytes()[:-1] + b"x")
        with pytest.raises(SecretUnreadable):
            uploads.content_of(upload)

    def test_nobody_opens_it_before_it_is_released(self, account: Account) -> None:
        (upload,) = receive([self.file()], by=account)
        assert upload.state == UploadState.QUARANTINED
        with pytest.raises(InQuarantine):
            serve(upload, by=account)
        quarantine.release(by=account, upload=upload)
        answer = serve(upload, by=account)
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        with pytest.raises(quarantine.AlreadyDecided):
            quarantine.release(by=account, upload=upload)

    def test_discarded_its_content_and_its_key_are_gone(
        self, account: Account, django_capture_on_commit_callbacks: object
    ) -> None:
        (upload,) = receive([self.file()], by=account)
        assert upload.stored is not None
        path = Path(upload.stored.file.path)
        sealed = path.read_bytes()
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            quarantine.discard(by=account, upload=upload, reason="Illisible.")
        assert not path.exists()
        assert not StoredFile.objects.exists()
        with pytest.raises(SubjectForgotten):
            uploads.personal.unseal_bytes(uploads.subject_of(upload.reference), uploads.PLACE, sealed)
        assert Upload.objects.get().discard_reason == "Illisible."

    def test_all_or_none_is_kept(self, account: Account) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        good, bad = self.file(), CleanFile("x" * 200, "application/pdf", b"%PDF-too long a name")
        with pytest.raises(Exception, match="too long"):
            receive([good, bad], by=account)
        assert not Upload.objects.exists()
        folder = Path(private_storage().path("."))
        assert [path for path in folder.rglob("*") if path.is_file()] == []

    def test_without_an_antivirus_it_waits_for_staff(self, account: Account) -> None:
        (upload,) = receive([self.file()], by=account)
        jobs.run_due()
        upload.refresh_from_db()
        assert upload.state == UploadState.QUARANTINED

    def test_the_antivirus_releases_what_is_clean_and_discards_what_is_not(
        self, account: Account, settings: Settings, clamd: Path
    ) -> None:
        settings.CLAMD_SOCKET = str(clamd)
        clean, bad = receive([self.file(), CleanFile("b.pdf", "application/pdf", hostile.EICAR)], by=account)
        jobs.run_due()
        clean.refresh_from_db()
        bad.refresh_from_db()
        assert (clean.state, bad.state) == (UploadState.RELEASED, UploadState.DISCARDED)
        assert bad.stored is None

    def test_an_antivirus_that_is_down_leaves_it_waiting(
        self, account: Account, settings: Settings, tmp_path: Path
    ) -> None:
        settings.CLAMD_SOCKET = str(tmp_path / "nobody")
        (upload,) = receive([self.file()], by=account)
        jobs.run_due()
        upload.refresh_from_db()
        assert upload.state == UploadState.QUARANTINED

    def test_attempts_are_counted_and_stop_when_nothing_can_be_counted(
        self, account: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(uploads.UPLOADS_BY_ACCOUNT.amount):
            uploads.count_attempt(account)
        with pytest.raises(LimitReached):
            uploads.count_attempt(account)


def test_a_scan_that_fails_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(ScanFailed):
        infected(b"x", str(tmp_path / "nobody"))


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Path]:
    """A server that speaks clamd's INSTREAM over a socket, and knows one signature."""
    path = tmp_path / "clamd"
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(path))
    server.listen()

    def answer(client: socket.socket) -> None:
        with client, client.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!L", stream.read(4))[0]:
                content += stream.read(size)
            client.sendall(b"stream: Eicar-Test-Signature FOUND\0" if hostile.EICAR in content else b"stream: OK\0")

    def serve_all() -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            answer(client)

    thread = threading.Thread(target=serve_all, daemon=True)
    thread.start()
    yield path
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)
