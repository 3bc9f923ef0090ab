"""The proof of an entry, checked as `docs/verify.md` tells anybody to check it."""

import base64
import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from privacy.audit import record
from privacy.audit.models import Entry
from privacy.audit.proofs import NotSealed, proof_of
from privacy.transparency.checkpoints import verifier_key
from tests.privacy.audit.settled import seal_settled

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "sealer"]),
    pytest.mark.commitment("CGU-3.27"),
]


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    """The program of the page, saved as it says."""
    page = (settings.ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "check.py"
    file.write_text(program, encoding="utf-8")
    return file


def checked(recipe: Path, proof: str, key: str = "") -> subprocess.CompletedProcess[str]:
    file = recipe.with_name("proof.tlog-proof")
    file.write_text(proof, encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-I", recipe, file, key or settings.JOURNAL_PUBLIC_KEYS[0]]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_entry_of_any_seal_is_proved_to_somebody_who_has_nothing_of_ours(recipe: Path) -> None:
    for batch in (3, 1, 6):
        for number in range(batch):
            record("benefits.listed", by=None, object_kind="benefit", object_id=number, details={"été": 1})
        seal_settled()
    for entry in Entry.objects.order_by("pk"):
        done = checked(recipe, str(proof_of(entry)))
        assert done.returncode == 0, done.stderr
        said, written = done.stdout.splitlines()
        assert said.startswith("RIGHT: entry ")
        assert json.loads(written)[:3] == [entry.pk, f"{entry.at:%Y-%m-%dT%H:%M:%S.%f}Z", "benefits.listed"]


def test_a_proof_that_was_touched_is_wrong(recipe: Path) -> None:
    for number in range(5):
        record("benefits.listed", by=None, object_id=number)
    seal_settled()
    proof = str(proof_of(Entry.objects.earliest("pk")))
    extra = re.search("extra (.*)", proof)
    assert extra
    lie = base64.b64encode(base64.b64decode(extra[1]).replace(b"listed", b"closed")).decode()
    assert "WRONG" in checked(recipe, proof.replace(extra[1], lie)).stderr
    assert "WRONG" in checked(recipe, proof.replace("index 0", "index 1")).stderr
    stranger = verifier_key(settings.JOURNAL_ORIGIN, bytes(32))
    assert "WRONG" in checked(recipe, proof, str(stranger)).stderr


def test_an_entry_that_waits_for_its_seal_is_not_proved_yet() -> None:
    record("benefits.listed", by=None)
    with pytest.raises(NotSealed):
        proof_of(Entry.objects.get())


def test_the_public_key_is_published_for_whoever_checks_a_proof(client: Client) -> None:
    assert settings.JOURNAL_PUBLIC_KEYS[0] in html.unescape(client.get("/mentions-legales/").text)
