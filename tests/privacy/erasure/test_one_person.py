"""One person through the whole record: everything of them is in their package, then nothing of them is anywhere."""

import dataclasses
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from members.export.fhir import fhir_files
from portals.access import isolation
from portals.accounts.export import archive as package
from portals.accounts.export.actions import ask_export
from portals.accounts.export.registry import ACCOUNT, Told, told_of
from portals.declarations import Export
from privacy.erasure.actions import order, stored
from privacy.erasure.models import Erasure, ErasureState
from privacy.erasure.planning import plan_for
from privacy.erasure.registry import answers_of
from privacy.register.checks import OWN_APPS, declaration_of
from tests import builders
from tests.privacy.audit.settled import seal_settled
from tests.privacy.erasure.dumped import forms_of, found, lines
from tests.privacy.erasure.planted import Somebody, plant, somebody

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner", "sealer", "eraser"]),
    pytest.mark.commitment("PDP-8.1", "PDP-8.3", "PDP-8.7", "CGU-8.8"),
    pytest.mark.skipif(
        not settings.DATABASES["owner"]["HOST"].startswith("/"), reason="pg_dump comes with our own server"
    ),
]

LEAST_OWED, LEAST_SEEN = 150, 250
APART = {"providers.InvoiceLine", "members.AmountDifference"}
"""Planted with another day, or another line, than theirs: they are nobody's. `test_completeness.py` plants them well."""
IN_FHIR = {("members.Person", name) for name in ("family_name", "given_names", "birth_name", "email", "phone", "city")}
PARTS = (ACCOUNT, "adherent")


def owed(who: Somebody) -> dict[str, tuple[str, str]]:
    """The values that the package must hold: those of exported fields of the models that it tells, as they are now.

    What is inside documents is held by the tests of the rooms that add them.
    """
    told = {one.model._meta.label for part in PARTS for one in told_of(part)}
    exported = {
        (label, name)
        for app in OWN_APPS
        for label, kinds in declaration_of(app).items()
        for kind, names in kinds.items()
        for name in names
        if kind.export != Export.NONE
    }
    current = {place: word for word, place in who.canaries.items() if place[1] != "file" and place[0] not in APART}
    return {word: place for place, word in current.items() if place in exported and place[0] in told}


def readable(told: Told) -> Told:
    """Values are planted unsealed: they are read as they are."""

    def plain(name: str) -> Any:
        def read(row: Any) -> Any:
            value = getattr(row, name)
            return bytes(value).decode() if isinstance(value, bytes | memoryview) else str(value)

        return read

    return dataclasses.replace(told, reads={name: plain(name) for name in told.reads}, document=None)


def package_of(who: Somebody, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Each file of the package as text, by its name."""
    with monkeypatch.context() as patch:
        patch.setattr(package, "files_of", fhir_files)
        patch.setattr(package, "told_of", lambda part: [readable(told) for told in told_of(part)])
        target = io.BytesIO()
        with isolation.system():
            package.write_archive(who.account, target)
    with zipfile.ZipFile(target) as made:
        return {name: text_of(name, made.read(name)) for name in made.namelist()}


def text_of(name: str, content: bytes) -> str:
    if name.endswith(".pdf"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8-sig")


def fingerprint(who: Somebody, copy: Iterable[tuple[str, str]]) -> str:
    """Of every row that holds a value of theirs, wherever it is."""
    words = tuple(who.canaries)
    rows = sorted(line for where, line in copy if where == "database" and any(word in line for word in words))
    assert rows
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def traces(who: Somebody) -> tuple[set[str], Client]:
    """The key of an open session: it is in Valkey and in the table of sessions, which no declaration names."""
    client = builders.sign_in(Client(), who.account)
    client.get("/compte/")
    return {str(client.session.session_key)}, client


def test_one_person_is_told_whole_and_then_forgotten_whole(
    no_checkpoint: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, other = somebody("70000011", 11), somebody("70000012", 12)
    plant(gone, other)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE portals_account SET is_active = true, state = 'validated' WHERE id = %s", [gone.account.pk]
        )
    gone.account.refresh_from_db()
    words, made = owed(gone), package_of(gone, monkeypatch)
    whole = "".join(text for name, text in made.items() if name.endswith("donnees.json"))
    tables = "".join(text for name, text in made.items() if name.endswith(".csv"))
    assert len(words) > LEAST_OWED
    assert {place for word, place in words.items() if word not in whole} == set()
    assert {place for word, place in words.items() if not in_table(word, tables)} == set()
    assert {place for word, place in words.items() if word in made["adherent/fhir.json"]} >= IN_FHIR

    session, _client = traces(gone)
    ask_export(by=gone.account)
    before = list(lines())
    seen = found({*gone.canaries, *session}, before)
    assert len(seen) > LEAST_SEEN
    assert {where.split()[0] for places in seen.values() for where in places} >= {"database", "valkey", "file"}
    with isolation.system():
        target = answers_of("adherent").find(gone.person.pk, gone.person.household_id)
        shown = stored(plan_for(target, timezone.localdate()))
    erasure = order(by=builders.staff(), target=target, shown=shown)
    command = [sys.executable, "manage.py", "run_erasures"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    ran = subprocess.run(
        command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    with isolation.system():
        assert Erasure.objects.get(pk=erasure.pk).state == ErasureState.DONE
    after = list(lines())
    left = found({*seen}, after)
    assert left == {}
    assert fingerprint(other, after) == fingerprint(other, before)
    seal_settled()
    call_command("verify_journal")


def in_table(word: str, tables: str) -> bool:
    """A spreadsheet says days the French way."""
    return any(form in tables for form in forms_of(word))
