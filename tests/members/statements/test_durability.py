"""Workers die, the broker forgets: every statement is rendered, none twice, nobody helps.

`STATEMENTS_KILLED=500` is the long form of the first test; the suite runs a shorter one.
"""

import collections
import datetime
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config.embedded.processes import wait_until
from members.benefits.models import PaidTo, Source
from members.statements.actions import RENDER, issue_month, prepare_now
from members.statements.models import Statement, StatementState
from portals.access import isolation
from portals.documents.models import StoredFile
from portals.jobs import Job, JobState
from tests import builders
from tests.harness import processes

COUNT = int(os.environ.get("STATEMENTS_KILLED", "60"))
MONTH = datetime.date(2026, 9, 1)
PATIENCE = 60 + COUNT

MANY_PEOPLE = """
    WITH home AS (
        INSERT INTO members_household (member_number)
        SELECT (80000000 + i)::text FROM generate_series(1, %(count)s) i RETURNING id, member_number
    ), holder AS (
        INSERT INTO members_person (person_ref, household_id, rank, role, family_name, birth_name, given_names,
            search_name, birth_date, birth_rank, sex, email, phone, address_line1, address_line2, postcode, city,
            country, scheme_code, office_code, alsace_moselle)
        SELECT member_number || '-1', id, 1, 'member', 'Marin', '', 'Claude', 'marin', '1980-03-14', 1, '2', '', '',
            '4 quai des Sardiniers', '', '56100', 'Lorient', 'FR', '01', '561', false
        FROM home RETURNING id, household_id
    )
    INSERT INTO members_benefitline (benefit_ref, policy_id, person_id, household_id, care_date, act_code, act_label,
        quantity, professional_name, expense, base, scheme_rate, scheme_amount, deduction, mutual_amount,
        other_amount, paid_to, payment_ref, payment_date, source)
    SELECT 'DUR' || id, %(policy)s, id, household_id, '2026-09-01', 'G', 'Consultation', 1, 'Dr Paul Hervé', 30, 30,
        0.7, 19, 2, 9, 0, %(paid_to)s, 'VIR' || id, '2026-09-10', %(source)s
    FROM holder
"""


@pytest.fixture
def month_of_statements(transactional_db: None) -> int:
    """`COUNT` statements issued, none rendered; returns how many."""
    policy = builders.policy(builders.household())
    builders.act("G")
    with isolation.system(), connection.cursor() as cursor:
        cursor.execute("SELECT ensure_month('members_benefitline', %s)", [MONTH])
        cursor.execute(
            MANY_PEOPLE,
            {"count": COUNT, "policy": policy.pk, "paid_to": PaidTo.INSURED, "source": Source.NOEMIE},
        )
    assert issue_month(month=MONTH, by=None) == COUNT
    return COUNT


@pytest.fixture
def beat() -> Iterator[None]:
    """The real beat, which sends the sweeps."""
    schedule = settings.TEST_RUN_DIR / settings.TEST_WORKER / "beat"
    command = [sys.executable, "-m", "celery", "-A", "config", "beat", f"--schedule={schedule}"]
    with processes.running("beat", command):
        yield


def rendered() -> int:
    with isolation.system():
        return Statement.objects.filter(state=StatementState.RENDERED).count()


def kill(worker: subprocess.Popen[bytes]) -> None:
    """`kill -9` of the worker and of the process that renders for it."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@pytest.mark.slow
def test_a_killed_worker_and_a_flushed_broker_lose_and_double_nothing(month_of_statements: int, beat: None) -> None:
    for share in (0.2, 0.5):
        with processes.celery_worker() as worker:
            assert wait_until(lambda share=share: rendered() >= share * COUNT, PATIENCE)  # type: ignore[misc]  # bound on purpose
            kill(worker)
            processes.broker().flushdb()
    with processes.celery_worker():
        assert wait_until(lambda: rendered() == COUNT, PATIENCE)
        done = Job.objects.filter(kind=RENDER, state=JobState.DONE)
        assert wait_until(lambda: done.count() == COUNT, 5)
    with isolation.system():
        files = StoredFile.objects.filter(statement__isnull=False)
        assert files.count() == StoredFile.objects.count() == COUNT, "no file was stored twice"
        numbers = Statement.objects.values_list("number", flat=True)
        assert len(set(numbers)) == COUNT
        fingerprints = collections.Counter(files.values_list("sha256", flat=True))
        assert max(fingerprints.values()) == 1
        for stored in files:
            assert Path(stored.file.path).stat().st_size == stored.size


@pytest.mark.slow
def test_a_statement_asked_for_is_the_next_one_while_a_batch_runs(month_of_statements: int) -> None:
    with processes.celery_worker():
        assert wait_until(lambda: rendered() >= 3, PATIENCE)
        with isolation.system():
            last = Statement.objects.order_by("pk").last()
            assert last is not None
            before = Job.objects.filter(kind=RENDER, state=JobState.DONE).count()
            prepare_now(statement=last)
        job = Job.objects.filter(kind=RENDER, key=str(last.pk), state=JobState.DONE)
        assert wait_until(job.exists, PATIENCE)
        asked = job.get()
        ahead = Job.objects.filter(kind=RENDER, state=JobState.DONE, finished_at__lt=asked.finished_at).count() - before
        assert ahead <= 1, "only the one in hand goes before it"


def test_rendering_works_without_any_worker(month_of_statements: int, capsys: pytest.CaptureFixture[str]) -> None:
    started = time.monotonic()
    with isolation.system():
        keep = list(Statement.objects.order_by("pk").values_list("pk", flat=True)[:3])
        Job.objects.filter(kind=RENDER).exclude(subject_id__in=keep).delete()
    call_command("render_statements")
    assert "rendered=3 left=0" in capsys.readouterr().out
    assert rendered() == 3
    assert time.monotonic() - started < PATIENCE
