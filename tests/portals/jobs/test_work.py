"""What becomes of a job: done once, tried again, given up; never half-done."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone

from portals import jobs
from portals.access import isolation
from portals.jobs import Job, JobState, Priority, registry
from portals.jobs.rules import pause_after, state_after_loss
from portals.jobs.sweeping import free_lost_jobs

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)


class Workshop:
    """Kinds of jobs for these tests, and what they did."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.failures = 0

    def note(self, job: Job) -> None:
        Session.objects.create(session_key=f"{job.kind}-{job.key}", expire_date=timezone.now())
        if self.failures:
            self.failures -= 1
            raise ValueError("Alice Le Goff, 4 rue des Tamaris")
        self.done.append(job.key)


@pytest.fixture
def workshop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    monkeypatch.setattr(registry, "_kinds", {})
    made = Workshop()
    jobs.handler("test.note")(made.note)
    jobs.handler("test.other")(made.note)
    with time_machine.travel(NOON, tick=False):
        yield made


def the_job() -> Job:
    return Job.objects.get()


def test_it_does_the_most_urgent_first_then_the_oldest(workshop: Workshop) -> None:
    for key, priority in (
        ("a", Priority.BATCH),
        ("b", Priority.BATCH),
        ("c", Priority.ORDINARY),
        ("d", Priority.ASKED),
    ):
        jobs.enqueue("test.note", key=key, subject_id=1, priority=priority)
    assert jobs.run_due() == 4
    assert workshop.done == ["d", "c", "a", "b"]


def test_somebody_who_waits_passes_before_a_batch(workshop: Workshop) -> None:
    for key in ("1", "2", "3"):
        jobs.enqueue("test.note", key=key, subject_id=1, priority=Priority.BATCH)
    assert jobs.ask("test.note", key="3")
    jobs.run_due()
    assert workshop.done == ["3", "1", "2"]
    assert not jobs.ask("test.note", key="3"), "what is done cannot be asked for"


def test_a_promise_made_twice_is_kept_once(workshop: Workshop) -> None:
    first = jobs.enqueue("test.note", key="1", subject_id=1, priority=Priority.BATCH)
    second = jobs.enqueue("test.note", key="1", subject_id=1, priority=Priority.ORDINARY)
    assert first.pk is None or first.pk == second.pk
    assert the_job().priority == Priority.ORDINARY, "the more urgent wish counts"
    jobs.run_due()
    jobs.enqueue("test.note", key="1", subject_id=1)
    assert jobs.run_due() == 0
    assert workshop.done == ["1"]


def test_nothing_is_done_before_its_time(workshop: Workshop) -> None:
    jobs.enqueue("test.note", key="1", subject_id=1, due_at=NOON + datetime.timedelta(hours=1))
    assert jobs.run_due() == 0
    with time_machine.travel(NOON + datetime.timedelta(hours=1), tick=False):
        assert jobs.run_due() == 1


def test_a_failure_leaves_nothing_behind_and_is_tried_again(workshop: Workshop) -> None:
    workshop.failures = 1
    jobs.enqueue("test.note", key="1", subject_id=1)
    jobs.run_due()
    job = the_job()
    assert (job.state, job.attempts, job.error) == (JobState.DUE, 1, "ValueError")
    assert not Session.objects.exists(), "what the failed attempt wrote is gone"
    assert job.due_at == NOON + datetime.timedelta(seconds=10)
    with time_machine.travel(job.due_at, tick=False):
        jobs.run_due()
    assert the_job().state == JobState.DONE
    assert Session.objects.count() == 1


def test_the_words_of_an_error_are_neither_kept_nor_logged(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    workshop.failures = 1
    jobs.enqueue("test.note", key="1", subject_id=1)
    jobs.run_due()
    assert "Alice" not in caplog.text + the_job().error
    assert "ValueError at" in caplog.text


def test_it_gives_up_after_eight_attempts(workshop: Workshop) -> None:
    workshop.failures = 100
    jobs.enqueue("test.note", key="1", subject_id=1)
    for hours in range(1, 12):
        with time_machine.travel(NOON + datetime.timedelta(hours=2 * hours), tick=False):
            jobs.run_due()
    assert (the_job().state, the_job().attempts) == (JobState.FAILED, registry.MAX_ATTEMPTS)
    assert jobs.run_due() == 0


def test_a_job_of_a_newer_release_is_left_to_those_who_know_it(workshop: Workshop) -> None:
    jobs.enqueue("test.other", key="1", subject_id=1)
    del registry._kinds["test.other"]
    assert jobs.run_due() == 0
    assert the_job().state == JobState.DUE
    with pytest.raises(jobs.UnknownKind):
        jobs.enqueue("test.other", key="2", subject_id=1)


def test_only_the_kinds_that_one_asks_for_are_done(workshop: Workshop) -> None:
    jobs.enqueue("test.note", key="1", subject_id=1)
    jobs.enqueue("test.other", key="2", subject_id=1)
    assert jobs.run_due(["test.other"]) == 1
    assert workshop.done == ["2"]


def test_a_handler_sees_every_row_as_the_system(workshop: Workshop) -> None:
    seen: list[str] = []

    @jobs.handler("test.scope")
    def look(job: Job) -> None:
        seen.append(isolation._set({"app.scope": "system"})["app.scope"])

    jobs.enqueue("test.scope", key="1", subject_id=1)
    jobs.run_due()
    assert seen == ["system"]


def test_the_job_of_a_dead_worker_is_free_again_after_its_lease(workshop: Workshop) -> None:
    jobs.enqueue("test.note", key="1", subject_id=1)
    lost = {"state": JobState.RUNNING, "attempts": 1, "lease_until": NOON + datetime.timedelta(seconds=10)}
    Job.objects.update(**lost)
    assert free_lost_jobs() == 0, "its lease still runs"
    with time_machine.travel(NOON + datetime.timedelta(seconds=11), tick=False):
        assert free_lost_jobs() == 1
        jobs.run_due()
    assert (the_job().state, the_job().attempts) == (JobState.DONE, 2)


def test_a_job_that_kills_its_workers_is_given_up(workshop: Workshop) -> None:
    jobs.enqueue("test.note", key="1", subject_id=1)
    Job.objects.update(state=JobState.RUNNING, attempts=registry.MAX_ATTEMPTS, lease_until=NOON)
    with time_machine.travel(NOON + datetime.timedelta(seconds=1), tick=False):
        free_lost_jobs()
    assert (the_job().state, the_job().error) == (JobState.FAILED, "WorkerLost")


def test_pauses_double_up_to_an_hour() -> None:
    assert [pause_after(n).total_seconds() for n in (1, 2, 3, 4, 9, 50)] == [10, 20, 40, 80, 2560, 3600]


@pytest.mark.parametrize(
    ("state", "resend", "attempts", "expected"),
    [
        (JobState.RUNNING, False, 1, JobState.DUE),
        (JobState.RUNNING, False, 8, JobState.FAILED),
        (JobState.SENDING, False, 1, JobState.UNKNOWN),
        (JobState.SENDING, True, 1, JobState.DUE),
        (JobState.SENDING, True, 8, JobState.FAILED),
    ],
)
def test_what_a_lost_job_becomes(state: JobState, resend: bool, attempts: int, expected: JobState) -> None:
    assert state_after_loss(state, attempts=attempts, max_attempts=8, resend=resend) == expected
