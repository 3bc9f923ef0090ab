"""Private files: written before their row, never named by a person, swept when orphaned, served as attachments."""

import datetime
import hashlib
import re
import shutil
import stat
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from pytest_django.fixtures import Settings

from portals.documents.actions import disposition, store, sweep_orphans
from portals.documents.models import StoredFile, private_storage
from privacy.audit.models import Entry

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def empty_folder(settings: Settings) -> None:
    """What other tests left without a row is not of this one."""
    shutil.rmtree(settings.PRIVATE_MEDIA_ROOT, ignore_errors=True)


def test_a_file_is_kept_under_a_random_name_in_the_folder_of_its_day() -> None:
    with time_machine.travel(NOON, tick=False):
        one = store(content=b"%PDF-1", content_type="application/pdf", by=None)
        two = store(content=b"%PDF-1", content_type="application/pdf", by=None)
    for stored in (one, two):
        assert re.fullmatch(r"2026/10/09/[0-9a-f]{32}\.pdf", str(stored.file.name))
        assert Path(stored.file.path).read_bytes() == b"%PDF-1"
        assert (stored.size, stored.sha256) == (6, hashlib.sha256(b"%PDF-1").hexdigest())
    assert one.file.name != two.file.name


def test_only_the_application_may_read_it() -> None:
    path = Path(store(content=b"x", content_type="text/csv", by=None).file.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_storing_is_written_in_the_journal() -> None:
    stored = store(content=b"x", content_type="text/csv", by=None)
    assert Entry.objects.get(action="document.stored").object_id == str(stored.pk)


def test_files_without_a_row_are_swept_and_no_other() -> None:
    with time_machine.travel(NOON, tick=False):
        kept = store(content=b"kept", content_type="text/csv", by=None)
        with transaction.atomic():
            lost = store(content=b"lost", content_type="text/csv", by=None)
            transaction.set_rollback(True)
    assert Path(lost.file.path).exists(), "a crash before the commit leaves the file alone"
    young = private_storage().save("2026/10/10/young.pdf", ContentFile(b"young"))
    assert sweep_orphans(today=datetime.date(2026, 10, 10)) == 0, "its row may still come"
    assert sweep_orphans(today=datetime.date(2026, 10, 11)) == 1
    assert not Path(lost.file.path).exists()
    assert Path(kept.file.path).exists()
    assert private_storage().exists(young)
    assert StoredFile.objects.get() == kept


@pytest.mark.parametrize(
    ("filename", "header"),
    [
        ("releve.pdf", 'attachment; filename="releve.pdf"'),
        (
            "Relevé été.pdf",
            "attachment; filename=\"Releve ete.pdf\"; filename*=UTF-8''Relev%C3%A9%20%C3%A9t%C3%A9.pdf",
        ),
        ('a"b\\c\r\nX: y', "attachment; filename=\"abcX: y\"; filename*=UTF-8''a%22b%5Cc%0D%0AX%3A%20y"),
    ],
)
def test_the_name_given_at_download_is_safe_for_every_browser(filename: str, header: str) -> None:
    assert disposition(filename) == header
