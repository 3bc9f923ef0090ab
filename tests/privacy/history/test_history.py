"""« Mon historique »: everything done with the account, and nothing of anybody else's (CGU-3.26, 3.27)."""

import datetime
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from privacy.audit import record
from privacy.audit.kinds import OperationKind
from privacy.audit.labels import label_of
from privacy.audit.models import Entry
from privacy.history.documents import PROGRAM
from privacy.history.queries import own_entries
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.permissions.walks import leave
from tests.privacy.audit.filled import fill, partitions_in, plan_of, scans_in
from tests.privacy.audit.settled import seal_settled
from tests.privacy.history.objects import entry_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.26")]

HISTORY = "/compte/historique/"


@pytest.fixture
def alice(cast: Cast) -> Client:
    return builders.sign_in(Client(), cast.alice_account)


def test_each_thing_done_is_there_in_plain_french(alice: Client, cast: Cast) -> None:
    alice.get(reverse("members:benefits"))
    leave(alice.get(reverse("members:benefits_csv")))
    page = words_of(alice.get(HISTORY).text)
    assert label_of("benefits.listed") in page and label_of("benefits.exported") in page
    assert "benefits." not in page


def test_what_others_did_is_not_there(alice: Client, cast: Cast) -> None:
    record("statement.downloaded", by=cast.bob_account)
    record("care.shown", by=cast.home.samir_account)
    lines = alice.get(HISTORY).context["lines"]
    assert {line.entry.account_id for line in lines} <= {cast.alice_account.pk}


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        (OperationKind.LOOK, "benefits.listed"),
        (OperationKind.FILE, "benefits.exported"),
        (OperationKind.ACCESS, "account.sign_in"),
        (OperationKind.CHANGE, "care.shown"),
        (OperationKind.DENIED, "access.denied"),
    ],
)
def test_a_kind_shows_its_operations_alone(alice: Client, cast: Cast, kind: OperationKind, action: str) -> None:
    for each in ("benefits.listed", "benefits.exported", "account.sign_in", "care.shown", "access.denied"):
        record(each, by=cast.alice_account)
    lines = alice.get(HISTORY, {"genre": kind.value}).context["lines"]
    assert [line.entry.action for line in lines] == [action]


def test_pages_follow_one_another_without_a_gap_and_cost_the_same(alice: Client, cast: Cast) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            alice.get(address)
        return len(captured)

    record("benefits.listed", by=cast.alice_account)
    alice.get(HISTORY)
    few = cost(HISTORY)
    for number in range(80):
        record("simulation.made", by=cast.alice_account, object_id=number)
    assert cost(HISTORY) == few
    address, seen = f"{HISTORY}?genre=demarche", []
    while address:
        answer = alice.get(address)
        seen += [int(line.entry.object_id) for line in answer.context["lines"]]
        address = answer.context["older"]
    assert seen == list(reversed(range(80)))


@pytest.mark.parametrize("asked", ["?mois=1999-01", "?mois=abc", "?avant=1-x", "?avant=9e99-1", "?genre=tout"])
def test_a_wrong_address_is_the_running_month(alice: Client, asked: str) -> None:
    assert alice.get(HISTORY + asked).status_code == 200


def test_somebody_elses_entry_is_unknown(alice: Client, cast: Cast) -> None:
    theirs = entry_of(cast.bob_account)
    assert alice.get(reverse("privacy:history_entry", kwargs=theirs)).status_code == 404
    assert alice.get(reverse("privacy:history_entry", kwargs={**theirs, "month": 13})).status_code == 404


def test_an_entry_says_all_that_it_holds(alice: Client, cast: Cast) -> None:
    alice.get(reverse("members:benefit", args=[cast.home.alice_line.pk]))
    entry = Entry.objects.get(action="benefit.consulted")
    at = timezone.localtime(entry.at)
    page = words_of(alice.get(reverse("privacy:history_entry", args=[at.year, at.month, entry.pk])).text)
    assert label_of("benefit.consulted") in page and entry.reference in page
    assert f"benefit_line {cast.home.alice_line.pk}" in page
    assert "attend son scellé" in page


@pytest.mark.django_db(transaction=True)
def test_a_month_opens_its_own_partition_by_the_index(owner_connection: psycopg.Connection) -> None:
    fill(owner_connection)
    month = timezone.localdate() + datetime.timedelta(days=62)
    plan = plan_of(own_entries(10007, month).order_by("-at", "-id")[:26])
    assert scans_in(plan) == []
    # A month of Paris begins an hour or two before that of the partitions.
    assert len(partitions_in(plan)) <= 2


@pytest.mark.commitment("CGU-3.27")
@pytest.mark.django_db(transaction=True, databases=["default", "sealer"])
def test_a_sealed_entry_comes_with_its_proof_and_its_evidence(cast: Cast, tmp_path: Path) -> None:
    alice = builders.sign_in(Client(), cast.alice_account)
    named = entry_of(cast.alice_account)
    assert alice.get(reverse("privacy:history_proof", kwargs=named)).status_code == 404
    seal_settled()
    assert "Attestation (PDF)" in words_of(alice.get(reverse("privacy:history_entry", kwargs=named)).text)
    proof = alice.get(reverse("privacy:history_proof", kwargs=named))
    evidence = alice.get(reverse("privacy:history_evidence", kwargs=named))
    with pikepdf.open(io.BytesIO(evidence.content)) as pdf:
        attached = {name: bytes(spec.get_file().read_bytes()) for name, spec in pdf.attachments.items()}
        assert pdf.Root.Lang == "fr" and pdf.Root.MarkInfo.Marked
    assert attached[f"ecriture-{named['number']}.tlog-proof"] == proof.content
    for name, content in attached.items():
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-I", "verifier.py", f"ecriture-{named['number']}.tlog-proof"]
    done = subprocess.run(
        [*command, settings.JOURNAL_PUBLIC_KEYS[0]], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout.splitlines()[1])[0] == named["number"]


@pytest.mark.commitment("CGU-3.27")
def test_the_attached_program_is_that_of_the_published_recipe() -> None:
    page = (settings.ROOT / "docs" / "verify.md").read_text("utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert PROGRAM.read_text("utf-8") == program
