"""A link to somebody's data serves once, for a day, for them alone, and only after they have proved themselves."""

import datetime
import threading
import time

import pytest
import time_machine
from django.db import connection
from django.test import Client

from portals import jobs
from portals.access import isolation
from portals.accounts import sessions
from portals.accounts.export.links import LinkOver, give_link, take
from portals.accounts.export.models import ExportLink
from portals.accounts.models import Account
from portals.documents.models import StoredFile
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast, build_cast
from tests.pages import words_of
from tests.portals.accounts.export.links import LINK, link_of

pytestmark = [pytest.mark.commitment("PDP-8.1", "CGU-3.26")]

PAGE = "/compte/export/"


def made_for(account: Account) -> Client:
    client = builders.sign_in(Client(), account)
    assert client.post(PAGE).status_code == 302
    jobs.run_due()
    return client


@pytest.mark.django_db
def test_a_link_serves_once(cast: Cast) -> None:
    client = made_for(cast.alice_account)
    link = link_of(client)
    assert client.head(link).status_code == 200  # looking is not taking
    first = client.get(link)
    assert first.status_code == 200
    assert b"".join(first)
    second = client.get(link)
    assert second.status_code == 410
    assert "Ce lien ne sert plus" in words_of(second.content.decode())
    assert Entry.objects.filter(action="account.export_downloaded").count() == 1


@pytest.mark.django_db
def test_another_account_cannot_use_it(cast: Cast) -> None:
    link = link_of(made_for(cast.alice_account))
    assert builders.sign_in(Client(), cast.bob_account).get(link).status_code == 410
    assert Client().get(link).status_code == 302
    assert ExportLink.objects.filter(used_at=None).count() == 1


@pytest.mark.django_db
def test_it_is_good_for_a_day_and_a_new_one_ends_the_one_before(cast: Cast) -> None:
    client = made_for(cast.alice_account)
    first, second = link_of(client), link_of(client)
    assert client.get(first).status_code == 410
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=24), tick=False):
        assert builders.sign_in(Client(), cast.alice_account).get(second).status_code == 410


@pytest.mark.django_db
def test_none_is_given_without_a_fresh_proof(cast: Cast) -> None:
    made_for(cast.alice_account)
    client = builders.sign_in(Client(), cast.alice_account)
    session = client.session
    session[sessions.BEGAN] = int(time.time()) - 600
    session.save()
    assert client.post(LINK)["Location"].startswith("/compte/confirmer/") or "next=" in client.post(LINK)["Location"]
    assert not ExportLink.objects.exists()


@pytest.mark.django_db
def test_the_secret_of_a_link_is_kept_nowhere(cast: Cast) -> None:
    made_for(cast.alice_account)
    given = give_link(by=cast.alice_account)
    with isolation.system():
        assert given.secret not in str(list(ExportLink.objects.values())) + str(list(Entry.objects.values("details")))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_instant_one_gets_it() -> None:
    account = build_cast().alice_account
    with isolation.system():
        export = account.exports.create(
            state="ready", expires_at=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1),
            file=StoredFile.objects.create(file="x.zip", sha256="0" * 64, size=1, content_type="application/zip"),
        )  # fmt: skip
    secret = give_link(by=account).secret
    start, taken = threading.Barrier(4), []

    def one() -> None:
        start.wait()
        try:
            taken.append(take(by=account, secret=secret).pk)
        except LinkOver:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken == [export.pk]
