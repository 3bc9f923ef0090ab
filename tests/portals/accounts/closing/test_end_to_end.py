"""Deletion by a real worker, coming back by the form, and taking everything away while a space closes (CGU-7)."""

import datetime
import io
import zipfile

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from config.embedded.processes import wait_until
from portals import jobs
from portals.access.actions import withdraw
from portals.access.models import Grant
from portals.accounts.closing.actions import DELETE, TELL
from portals.accounts.models import Account, AccountState, Space
from portals.gestion.roles import Role
from portals.jobs import Job, JobState
from portals.jobs.nudges import nudge
from tests import builders
from tests.cast import Cast, build_cast
from tests.newcomer import CHOSEN, accept_terms, choose_password, credentials, mails, sign_in, sign_up_as_member
from tests.portals.accounts.export.links import link_of

DELETION, EXPORT = "/compte/supprimer/", "/compte/export/"
BOB = {"member_number": "55001122", "family_name": "Tanguy", "birth_date": "14/03/1980", "email": "bob@example.org"}


def ask(account: Account) -> Client:
    client = builders.sign_in(Client(), account)
    assert client.post(DELETION, {"understood": "on"}).status_code == 302
    return client


@pytest.mark.django_db(transaction=True)
@pytest.mark.commitment("CGU-7.7")
def test_a_real_worker_deletes_the_account_and_says_so(celery_worker_process: object) -> None:
    account = build_cast().alice_account
    client = ask(account)
    assert Job.objects.filter(kind=DELETE).update(due_at=timezone.now()) == 1  # as if the seven days were over
    nudge()

    def is_over() -> bool:
        told = Job.objects.filter(kind=TELL, state=JobState.DONE).exists()
        return told and Account.objects.get(pk=account.pk).state == AccountState.CLOSED

    assert wait_until(is_over, 30)
    account.refresh_from_db()
    assert (account.email, account.is_active, account.has_usable_password()) == ("", False, False)
    assert not Grant.objects.filter(account=account, revoked_at=None).exists()
    assert client.get("/adherent/")["Location"].startswith("/connexion/")
    assert sign_in(Client(), account.identifier, builders.PASSWORD).status_code == 200, "the form again, nobody enters"


@pytest.mark.django_db
@pytest.mark.commitment("CGU-1.2", "CGU-7.7")
def test_the_same_person_signs_up_again_by_the_form(cast: Cast, client: Client) -> None:
    gone = cast.bob_account
    ask(gone)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8), tick=False):
        mails()
        assert Account.objects.get(pk=gone.pk).state == AccountState.CLOSED
        sign_up_as_member(client, **BOB)
        identifier, temporary = credentials(mails())
        assert identifier != gone.identifier
        sign_in(client, identifier, temporary)
        choose_password(client, CHOSEN)
        accept_terms(client, version=str(builders.current_terms().number))
        client.get("/inscription/validation/")
        assert "Vaccin de Bob" in client.get("/adherent/prestations/").content.decode()
    opened = Account.objects.get(identifier=identifier)
    assert opened.state == AccountState.VALIDATED
    assert Grant.objects.get(account=opened, revoked_at=None).subject_id == cast.bob.pk


@pytest.mark.django_db
@pytest.mark.commitment("CGU-7.5")
def test_everything_can_be_taken_away_while_a_space_closes(cast: Cast) -> None:
    now = timezone.now()
    closes, until = now + datetime.timedelta(days=30), now + datetime.timedelta(days=90)
    withdraw(
        by=builders.colleague(Role.SECURITY), space=Space.MEMBER, message="Fin.", closes_at=closes, export_until=until
    )
    with time_machine.travel(until - datetime.timedelta(minutes=5), tick=False):
        client = builders.sign_in(Client(), cast.alice_account)
        closed = client.get("/adherent/")
        assert closed.status_code == 403
        assert f'href="{EXPORT}"' in closed.content.decode()
        assert client.post(EXPORT).status_code == 302
        jobs.run_due()
        archive = zipfile.ZipFile(io.BytesIO(b"".join(client.get(link_of(client)))))
    assert "adherent/prestations.csv" in archive.namelist()
