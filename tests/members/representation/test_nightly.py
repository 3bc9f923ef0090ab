"""What the night does to representations: they follow the covers, and drafts never sent are forgotten (CGU-2.11, 7.3)."""

import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from members.representation.drafts import purge_drafts
from members.representation.models import Ending, Representation, State
from portals import jobs
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.documents.models import StoredFile, Upload
from portals.documents.uploads import CleanFile, receive
from portals.secrets.models import SubjectKey
from tests import builders
from tests.builders import feed_files as feeds
from tests.cast import Cast
from tests.members.representation import objects
from tests.members.representation.conftest import represent

pytestmark = pytest.mark.django_db
D = datetime.date


def end_cover(cast: Cast, day: datetime.date) -> None:
    with isolation.system():
        cast.bob.covers.update(end_date=day)


@pytest.mark.commitment("CGU-2.11", "CGU-7.3")
def test_the_daily_run_closes_it_with_the_persons_own_access(cast: Cast, guardian: Account, staff: Account) -> None:
    made = represent(guardian, cast.bob, staff, end=D(2040, 1, 1))
    end_cover(cast, D(2025, 3, 31))
    call_command("expire_access", today=D(2026, 10, 9))
    own = Grant.objects.get(account=cast.bob_account)
    assert (own.closes_on, made.grant.closes_on) == (D(2027, 3, 31), D(2027, 3, 31))
    assert made.grant.ended_on == D(2025, 3, 31)
    call_command("expire_access", today=D(2027, 3, 31))
    with isolation.system():
        made.representation.refresh_from_db()
    assert (made.representation.state, made.representation.ending) == (State.ENDED, Ending.COVER)


@pytest.mark.commitment("CGU-2.11")
def test_a_feed_of_covers_does_not_wait_for_the_night(
    cast: Cast, guardian: Account, staff: Account, tmp_path: Path
) -> None:
    made = represent(guardian, cast.bob, staff, end=D(2040, 1, 1))
    end_cover(cast, D(2025, 3, 31))
    feeds.load_portfolio(tmp_path)
    jobs.run_due()
    assert made.grant.closes_on == D(2027, 3, 31)


def test_a_draft_goes_after_thirty_days_with_its_documents_and_keys(cast: Cast) -> None:
    before = timezone.now()
    row_id = objects.draft_of(cast.alice_account)
    with isolation.system():
        row = Representation.objects.get(pk=row_id)
        row.proofs.add(*receive([CleanFile("jugement.pdf", "application/pdf", b"%PDF-")], by=cast.alice_account))
        upload = Upload.objects.get()
        assert purge_drafts(now=before + datetime.timedelta(days=29)) == 0
        assert purge_drafts(now=before + datetime.timedelta(days=30, seconds=1)) == 1
        assert not Representation.objects.filter(pk=row_id).exists()
    assert not Upload.objects.exists()
    assert not StoredFile.objects.exists()
    keys = [f"representation:{row.reference}", f"upload:{upload.reference}"]
    assert not SubjectKey.objects.filter(subject__in=keys).exists()


def test_what_was_sent_is_never_a_draft_to_forget(cast: Cast) -> None:
    with isolation.system():
        row = Representation.objects.get(pk=objects.draft_of(cast.alice_account))
        row.state = State.ASKED
        row.asked_at = row.created_at
        row.save()
        assert purge_drafts(now=timezone.now() + datetime.timedelta(days=300)) == 0


def test_the_account_leads_to_whoever_represents(cast: Cast) -> None:
    page = builders.sign_in(Client(), cast.alice_account).get("/compte/").content.decode()
    assert '<a href="/adherent/representation/">Qui me représente</a>' in page
    other = builders.sign_in(Client(), cast.company_account).get("/compte/").content.decode()
    assert "Qui me représente" not in other
