"""The end of a whole space: announced, then an export window, then nothing (CGU-7.5)."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portals.access import actions
from portals.access.actions import AlreadyAnnounced, AlreadyLifted, EndsBeforeItBegins, cancel, withdraw
from portals.access.models import Withdrawal
from portals.accounts.models import Account, Space
from portals.gestion.roles import Role
from portals.jobs import Job, JobState, run_due
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-7.5")]

MESSAGE = "La mutuelle confie ses services en ligne à l’union dont elle est membre."
CLOSES = datetime.datetime(2027, 3, 1)  # noqa: DTZ001  made aware below
EXPORT = datetime.datetime(2027, 5, 1)  # noqa: DTZ001  made aware below


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC), tick=False) as travelling:
        yield travelling


@pytest.fixture
def officer(db: None, clock: time_machine.Traveller) -> Account:
    return builders.colleague(Role.SECURITY)


def announce(by: Account, space: str = Space.MEMBER) -> Withdrawal:
    return withdraw(
        by=by,
        space=space,
        message=MESSAGE,
        closes_at=timezone.make_aware(CLOSES),
        export_until=timezone.make_aware(EXPORT),
    )


def test_its_whole_calendar(clock: time_machine.Traveller, officer: Account, cast: Cast, client: Client) -> None:
    announce(officer)
    builders.sign_in(client, cast.alice_account)
    page = words_of(client.get("/adherent/").content.decode())
    assert "prennent fin le 1er\u00a0mars\u00a02027 à 0\u00a0h" in page
    assert MESSAGE in page
    clock.move_to(datetime.datetime(2027, 2, 28, 22, 59, tzinfo=datetime.UTC))
    builders.sign_in(client, cast.alice_account)
    assert client.get("/adherent/").status_code == 200
    clock.move_to(datetime.datetime(2027, 2, 28, 23, tzinfo=datetime.UTC))
    answer = client.get("/adherent/")
    assert answer.status_code == 403
    assert MESSAGE in words_of(answer.content.decode())
    assert client.post(reverse("members:benefits")).status_code == 403
    assert client.get(reverse("portals:export")).status_code == 200


def test_the_other_spaces_go_on(officer: Account, cast: Cast, client: Client) -> None:
    announce(officer, Space.PROFESSIONAL)
    builders.sign_in(client, cast.alice_account)
    assert MESSAGE not in client.get("/adherent/").content.decode()


def test_the_sign_up_page_says_it_too(officer: Account, client: Client, clock: time_machine.Traveller) -> None:
    announce(officer, Space.EMPLOYER)
    assert MESSAGE in words_of(client.get(reverse("portals:signup_employer")).content.decode())
    assert MESSAGE not in client.get(reverse("portals:signup_member")).content.decode()
    clock.move_to(datetime.datetime(2027, 3, 2, tzinfo=datetime.UTC))
    answer = client.get(reverse("portals:signup_employer"))
    assert answer.status_code == 403
    assert "ont pris fin" in words_of(answer.content.decode())


def test_cancelling_opens_again(officer: Account, cast: Cast, client: Client, clock: time_machine.Traveller) -> None:
    withdrawal = announce(officer)
    clock.move_to(datetime.datetime(2027, 3, 10, tzinfo=datetime.UTC))
    cancel(by=officer, withdrawal=withdrawal)
    builders.sign_in(client, cast.alice_account)
    assert client.get("/adherent/").status_code == 200
    with pytest.raises(AlreadyLifted):
        cancel(by=officer, withdrawal=withdrawal)
    announce_again = withdraw(
        by=officer,
        space=Space.MEMBER,
        message=MESSAGE,
        closes_at=timezone.make_aware(EXPORT),
        export_until=timezone.make_aware(EXPORT) + datetime.timedelta(days=30),
    )
    assert announce_again.pk != withdrawal.pk


def test_what_is_refused(officer: Account) -> None:
    announce(officer)
    with pytest.raises(AlreadyAnnounced):
        announce(officer)
    now = timezone.now()
    for closes, export in (
        (now, now + datetime.timedelta(1)),
        (now + datetime.timedelta(2), now + datetime.timedelta(1)),
    ):
        with pytest.raises(EndsBeforeItBegins):
            withdraw(by=officer, space=Space.EMPLOYER, message=MESSAGE, closes_at=closes, export_until=export)
    for by, space in ((builders.colleague(Role.DPO), Space.EMPLOYER), (officer, Space.STAFF)):
        with pytest.raises(PermissionDenied):
            announce(by, space)


def test_every_account_of_the_space_is_told_once_page_by_page(
    officer: Account, cast: Cast, monkeypatch: pytest.MonkeyPatch, mail_folder: object
) -> None:
    monkeypatch.setattr(actions, "ACCOUNTS_AT_A_TIME", 2)
    withdrawal = announce(officer)
    while run_due():
        pass
    told = Job.objects.filter(kind="access.withdrawal_announced", state=JobState.DONE)
    members = Account.objects.filter(space=Space.MEMBER)
    assert sorted(told.values_list("subject_id", flat=True)) == sorted(members.values_list("pk", flat=True))
    Job.objects.filter(kind="access.tell_announced").update(state=JobState.DUE, finished_at=None)
    while run_due():
        pass
    assert Job.objects.filter(kind="access.withdrawal_announced").count() == members.count()
    assert withdrawal.cancelled_at is None


def test_an_announcement_that_is_cancelled_is_told_no_further(
    officer: Account, cast: Cast, mail_folder: object
) -> None:
    cancel(by=officer, withdrawal=announce(officer))
    while run_due():
        pass
    assert not Job.objects.filter(kind="access.withdrawal_announced").exists()
    assert Job.objects.filter(kind="access.withdrawal_cancelled", state=JobState.DONE).exists()


def test_a_message_that_waited_until_after_the_cancellation_is_not_sent(officer: Account, cast: Cast) -> None:
    withdrawal = announce(officer)
    run_due(["access.tell_announced"])
    assert Job.objects.filter(kind="access.withdrawal_announced", state=JobState.DUE).exists()
    cancel(by=officer, withdrawal=withdrawal)
    while run_due():
        pass
    assert {message.subject for message in mail.outbox} == {"Vos services en ligne continuent"}


def test_a_page_of_accounts_is_promised_in_one_statement(officer: Account, cast: Cast) -> None:
    def cost() -> int:
        withdrawal = announce(officer)
        with CaptureQueriesContext(connection) as captured:
            run_due(["access.tell_announced"])
        cancel(by=officer, withdrawal=withdrawal)
        return len(captured)

    few = cost()
    for _ in range(5):
        builders.account(builders.person())
    assert cost() == few


def test_staff_announce_and_cancel_from_their_pages_after_a_fresh_proof(
    officer: Account, client: Client, clock: time_machine.Traveller
) -> None:
    builders.enter_gestion(client, officer)
    address = reverse("admin:portals_withdrawal_announce")
    answers = {"space": "employeur", "message": MESSAGE, "closes_on": "01/03/2027", "export_until": "01/05/2027"}
    assert client.post(address, {**answers, "export_until": "01/02/2027"}).status_code == 200
    assert client.post(address, answers)["Location"] == reverse("admin:portals_withdrawal_changelist")
    withdrawal = Withdrawal.objects.get()
    assert timezone.localtime(withdrawal.closes_at).date() == datetime.date(2027, 3, 1)
    clock.shift(datetime.timedelta(minutes=6))
    cancelling = reverse("admin:portals_withdrawal_cancel", args=[withdrawal.pk])
    assert client.post(cancelling)["Location"].startswith(reverse("portals:step_up"))
    builders.enter_gestion(client, officer)
    client.post(cancelling)
    withdrawal.refresh_from_db()
    assert withdrawal.cancelled_at is not None
