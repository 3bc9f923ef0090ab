"""A message leaves once, or is marked as uncertain; only what carries a new secret may leave again."""

import datetime
import smtplib
from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage

from portals import jobs
from portals.jobs import Job, JobState, registry
from portals.jobs.sweeping import free_lost_jobs

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_kinds", {})

    def compose(job: Job) -> EmailMessage | None:
        return EmailMessage("Un relevé vous attend", "Bonjour", to=["a@example.org"]) if job.subject_id else None

    jobs.mail_handler("test.notice")(compose)
    jobs.mail_handler("test.secret", resend_when_unknown=True)(compose)
    with time_machine.travel(NOON, tick=False):
        yield


def run(kind: str, subject_id: int = 1) -> Job:
    jobs.enqueue(kind, key="1", subject_id=subject_id)
    jobs.run_due()
    return Job.objects.get()


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """The mail server fails like this."""

    def send(self: EmailMessage, **options: object) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", send)


def test_a_message_is_sent_once_under_a_name_of_its_own() -> None:
    job = run("test.notice")
    assert job.state == JobState.DONE
    assert len(mail.outbox) == 1
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<job-{job.pk}@")


def test_nothing_to_say_is_done_without_a_message() -> None:
    assert run("test.notice", subject_id=0).state == JobState.DONE
    assert mail.outbox == []


@pytest.mark.parametrize("error", [ConnectionRefusedError(), smtplib.SMTPResponseException(451, b"later")])
def test_a_message_that_certainly_did_not_leave_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    fail_with(monkeypatch, error)
    job = run("test.notice")
    assert (job.state, job.error) == (JobState.DUE, type(error).__name__)


def test_a_message_that_may_have_left_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, smtplib.SMTPServerDisconnected())
    job = run("test.notice")
    assert (job.state, job.error) == (JobState.UNKNOWN, "SMTPServerDisconnected")


def test_a_new_secret_may_be_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, smtplib.SMTPServerDisconnected())
    assert run("test.secret").state == JobState.DUE


@pytest.mark.parametrize(("kind", "state"), [("test.notice", JobState.UNKNOWN), ("test.secret", JobState.DUE)])
def test_a_worker_lost_while_sending(kind: str, state: JobState) -> None:
    jobs.enqueue(kind, key="1", subject_id=1)
    Job.objects.update(state=JobState.SENDING, attempts=1, lease_until=NOON)
    with time_machine.travel(NOON + datetime.timedelta(seconds=1), tick=False):
        free_lost_jobs()
    assert Job.objects.get().state == state
    assert mail.outbox == []
