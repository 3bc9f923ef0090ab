"""A child near the limit of age: announced once, ninety days ahead; kept on proof, or ended by the rule."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.test import Client

from members.beneficiaries import deciding, limits, planned
from members.beneficiaries.models import BeneficiaryRequest, LimitNotice
from members.beneficiaries.words import Kind
from members.coverage.models import Cover
from members.households.models import Role
from portals import jobs
from portals.access import isolation
from portals.accounts.models import Account
from portals.signals import announce
from tests import builders
from tests.cast import Cast
from tests.members.beneficiaries.objects import draft_of, sent_of
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.10")]

D = datetime.date
TODAY = D(2026, 10, 9)
LAST = D(2026, 12, 31)


@pytest.fixture
def maya(cast: Cast) -> Cover:
    """A daughter of Alice who is 18 on 1 January 2027."""
    child = builders.person(
        cast.alice.household, role=Role.CHILD, family_name="Benali", given_names="Maya", birth_date=D(2009, 1, 1)
    )
    with isolation.system():
        policy = cast.alice.covers.get().policy
    return builders.cover(policy, child)


def run(day: datetime.date) -> None:
    with time_machine.travel(datetime.datetime(day.year, day.month, day.day, 10, tzinfo=datetime.UTC), tick=False):
        with isolation.system():
            limits.announce(today=day)
            limits.close(today=day)
        jobs.run_due()


def end_of(cover: Cover) -> datetime.date | None:
    with isolation.system():
        return Cover.objects.get(pk=cover.pk).end_date


def subjects() -> list[str]:
    return [str(message.subject) for message in mail.outbox]


def test_it_is_announced_once_and_ninety_days_ahead(maya: Cover, cast: Cast, alice: Client) -> None:
    run(LAST - datetime.timedelta(days=91))
    assert not LimitNotice.objects.exists()
    for days in (90, 89, 60):
        run(LAST - datetime.timedelta(days=days))
    with isolation.system():
        notice = LimitNotice.objects.get()
    assert (notice.person_id, notice.limit_day, notice.last_day) == (maya.person_id, LAST, LAST)
    assert subjects().count("Une limite d’âge approche sur votre contrat") == 1
    assert not any("Maya" in f"{message.subject}{message.body}" for message in mail.outbox)
    page = words_of(alice.get("/adherent/beneficiaires/").content.decode())
    assert "La couverture de Maya va jusqu’au 31\u00a0décembre\u00a02026" in page
    assert "Garder la couverture\u00a0: Maya" in words_of(alice.get("/adherent/").content.decode())
    assert "Certificat de scolarité" in words_of(
        alice.get(f"/adherent/beneficiaires/{maya.person_id}/maintenir/").content.decode()
    )


def test_the_cover_ends_at_the_limit_and_not_before(maya: Cover) -> None:
    run(LAST - datetime.timedelta(days=90))
    run(LAST - datetime.timedelta(days=1))
    assert end_of(maya) is None
    run(LAST)
    assert end_of(maya) == LAST
    assert "Une couverture a pris fin sur votre contrat" in subjects()


def test_a_late_announcement_leaves_ninety_days(maya: Cover) -> None:
    run(D(2026, 12, 1))
    run(LAST)
    assert end_of(maya) is None
    run(D(2027, 3, 1))
    assert end_of(maya) == D(2027, 3, 1)


def test_a_child_beyond_the_age_on_a_ground_we_do_not_know_is_left_alone(cast: Cast) -> None:
    run(TODAY)
    with isolation.system():
        assert Cover.objects.get(person=cast.home.lina).end_date is None
        assert not LimitNotice.objects.exists()


@pytest.mark.commitment("CGU-3.9")
def test_a_student_is_kept_and_a_request_that_waits_holds_the_end_back(maya: Cover, cast: Cast, staff: Account) -> None:
    run(LAST - datetime.timedelta(days=90))
    sent = sent_of(
        cast.alice_account,
        cast.alice,
        kind=Kind.KEEP,
        case="student",
        person=maya.person,
        event_date=None,
        effect=TODAY,
    )
    run(LAST)
    assert end_of(maya) is None
    deciding.accept(by=staff, request=sent)
    run(D(2027, 1, 5))
    assert end_of(maya) is None


def test_a_cover_that_had_ended_at_the_limit_runs_on_once_it_is_proved(maya: Cover, cast: Cast, staff: Account) -> None:
    run(LAST - datetime.timedelta(days=90))
    run(LAST)
    sent = sent_of(
        cast.alice_account,
        cast.alice,
        kind=Kind.KEEP,
        case="student",
        person=maya.person,
        event_date=None,
        effect=TODAY,
    )
    deciding.accept(by=staff, request=sent)
    assert end_of(maya) is None


def test_old_drafts_and_those_of_an_account_that_goes_are_forgotten(cast: Cast) -> None:
    draft_of(cast.alice_account, cast.alice)
    now = datetime.datetime(2026, 11, 7, tzinfo=datetime.UTC)
    with isolation.system():
        planned.forget_drafts(now)
        assert BeneficiaryRequest.objects.count() == 1
        planned.forget_drafts(now + datetime.timedelta(days=2))
        assert BeneficiaryRequest.objects.count() == 0
    draft_of(cast.alice_account, cast.alice)
    announce("account.deleted", by=None, object_kind="account", object_id=cast.alice_account.pk)
    with isolation.system():
        assert BeneficiaryRequest.objects.count() == 0
