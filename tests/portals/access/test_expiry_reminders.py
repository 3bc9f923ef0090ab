"""Reminders at 60 and 15 days, and the closing: each exactly once, late rather than never, never too late."""

import datetime
import os
import subprocess
import sys

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.utils import timezone

from portals import jobs
from portals.access import ending, isolation
from portals.access.models import EndNotice, EndStep, Grant
from portals.jobs import Job, schedules
from portals.jobs.calendar import PARIS
from privacy.audit.models import Entry
from tests.portals.access.holders import SPACES, Story, story

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-7.3")]

END = datetime.date(2025, 3, 31)
FIRST, LAST, CLOSING = datetime.date(2027, 1, 30), datetime.date(2027, 3, 16), datetime.date(2027, 3, 31)
DAY = datetime.timedelta(days=1)


def night(day: datetime.date) -> list[str]:
    """The run of one night, in Paris, and the subjects of the e-mails that left."""
    before = len(mail.outbox)
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(0, 10), tzinfo=PARIS), tick=False):
        ending.expire(today=timezone.localdate())
        jobs.run_due()
    return [str(message.subject) for message in mail.outbox[before:]]


def closings(told: Story) -> int:
    return Entry.objects.filter(action="access.closed", object_id=str(told.grant.pk)).count()


@pytest.mark.parametrize("space", SPACES)
def test_each_is_sent_on_its_day_and_once(space: str) -> None:
    told = story(space, end_date=END)
    sent = {}
    day = datetime.date(2027, 1, 25)
    while day <= datetime.date(2027, 4, 3):
        if subjects := night(day) + night(day):
            sent[day] = subjects
        day += DAY
    assert sent == {
        FIRST: ["Votre espace en ligne va bientôt fermer"],
        LAST: ["Dernier rappel avant la fermeture de votre espace en ligne"],
        CLOSING: ["Votre espace en ligne est fermé"],
    }
    assert closings(told) == 1


def test_a_reminder_whose_night_was_missed_leaves_late() -> None:
    story("adherent", end_date=END)
    assert night(FIRST + 5 * DAY) == ["Votre espace en ligne va bientôt fermer"]
    assert night(LAST + 10 * DAY) == ["Dernier rappel avant la fermeture de votre espace en ligne"]


def test_the_first_reminder_is_left_out_once_the_last_is_due_and_both_once_it_is_closed() -> None:
    story("adherent", end_date=END)
    assert night(LAST) == ["Dernier rappel avant la fermeture de votre espace en ligne"]
    other = story("employeur", end_date=END)
    assert night(CLOSING + 3 * DAY) == ["Votre espace en ligne est fermé"] * 2
    assert closings(other) == 1


def test_a_reminder_that_waited_for_the_mail_server_until_after_the_closing_is_not_sent() -> None:
    story("adherent", end_date=END)
    with time_machine.travel(datetime.datetime(2027, 3, 30, 12, tzinfo=PARIS), tick=False):
        ending.expire(today=timezone.localdate())
    with time_machine.travel(datetime.datetime(2027, 3, 31, 0, 1, tzinfo=PARIS), tick=False):
        jobs.run_due()
    assert mail.outbox == []


def test_a_cover_that_resumes_stops_what_was_promised_and_starts_anew_when_it_ends_again() -> None:
    told = story("adherent", end_date=END)
    assert len(night(FIRST)) == 1
    told.start(start_date=FIRST + DAY, end_date=datetime.date(2027, 6, 30))
    assert night(LAST) == []
    assert told.grant.closes_on == datetime.date(2029, 6, 30)
    assert night(datetime.date(2029, 5, 1)) == ["Votre espace en ligne va bientôt fermer"]


def test_messages_name_nobody_and_lead_to_the_archive() -> None:
    story("adherent", end_date=END)
    night(FIRST)
    (message,) = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    whole = "".join(str(part) for part in (message.subject, message.body, message.alternatives[0][0]))
    assert "/compte/export/" in whole
    assert "31\u00a0mars\u00a02027 à 0\u00a0h" in whole
    assert not {"Marin", "Claude", "Lorient"} & set(whole.split())


def test_revoked_and_unopened_accounts_are_not_written_to() -> None:
    revoked = story("adherent", end_date=END)
    Grant.objects.filter(account=revoked.account).update(revoked_at=timezone.now())
    unopened = story("adherent", end_date=END)
    unopened.account.state = "started"
    unopened.account.save(update_fields=["state"])
    assert night(FIRST) == []


def test_the_command_says_what_it_did_and_a_second_one_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    story("adherent", end_date=END)
    call_command("expire_access", "--today=2027-01-30")
    assert capsys.readouterr().out == "read=1 changed=1 unknown=0 first=1 last=0 closed=0\n"
    call_command("expire_access", "--today=2027-01-30")
    assert capsys.readouterr().out == "read=1 changed=0 unknown=0 first=0 last=0 closed=0\n"


def test_the_nightly_schedule_catches_up_missed_nights_with_one_message() -> None:
    story("adherent", end_date=END)
    for instant in (datetime.datetime(2027, 1, 27, 12), datetime.datetime(2027, 2, 2, 9)):  # noqa: DTZ001  (Paris, below)
        with time_machine.travel(instant.replace(tzinfo=PARIS), tick=False):
            schedules.make_occurrences()
            schedules.make_occurrences()
            jobs.run_due()
    assert [message.subject for message in mail.outbox] == ["Votre espace en ligne va bientôt fermer"]
    assert Job.objects.filter(kind=schedules.KIND, key__startswith="access.expire ").count() == 6


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_time_tell_nothing_twice() -> None:
    for _ in range(12):
        story("adherent", end_date=END)
    command = [sys.executable, "manage.py", "expire_access", "--today=2027-01-30"]
    runs = [
        subprocess.Popen(command, cwd=settings.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                         env=environment())
        for _ in range(2)
    ]  # fmt: skip
    outs = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outs
    assert sum(int(out.split("first=")[1].split()[0]) for out, _ in outs) == 12
    with isolation.system():
        assert EndNotice.objects.filter(step=EndStep.FIRST).count() == 12
    assert Job.objects.filter(kind=ending.TELL).count() == 12


def environment() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
