"""Every address, in every state, with every method: one exact status. A new address that is not in the table fails."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from members.statements.actions import issue_month
from members.statements.models import Statement
from portals.access import isolation
from portals.accounts.models import Account, AccountState
from tests import builders
from tests.cast import Cast
from tests.permissions.matrix import TABLE, expectations, url_names

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-1.1")]

PAID_IN = datetime.date(2026, 10, 1)


def statement_of(cast: Cast) -> Statement:
    """Alice's statement of the month in which her line was paid."""
    issue_month(month=PAID_IN, by=None)
    with isolation.system():
        return Statement.objects.get(recipient=cast.alice)


# What stands in an address: always Alice's, so that every other state is somebody else's eyes on it.
OBJECTS: dict[str, Callable[[Cast], dict[str, object]]] = {
    "members:benefit": lambda cast: {"line_id": cast.home.alice_line.pk},
    "members:statement_pdf": lambda cast: {"statement_id": statement_of(cast).pk},
    "members:statement_prepare": lambda cast: {"statement_id": statement_of(cast).pk},
    "portals:terms_version": lambda cast: {"number": builders.current_terms().number},
    "portals:password_reset": lambda cast: {"reference": "1", "token": "never-given"},
    "demo:mail": lambda cast: {"name": "nothing-0"},
}


def accounts(cast: Cast) -> dict[str, Account | None]:
    ended = builders.person(builders.household(), family_name="Ancien")
    yesterday = datetime.date.today() - datetime.timedelta(days=1)  # noqa: DTZ011  (a day, not an instant)
    newcomer = builders.person(builders.household(), family_name="Nouvelle")
    reader = builders.person(builders.household(), family_name="Lectrice")
    unread = builders.account(reader)
    unread.accepted_terms = None
    unread.save(update_fields=["accepted_terms"])
    return {
        "anonymous": None,
        "password_to_choose": builders.account(newcomer, state=AccountState.STARTED, must_choose_password=True),
        "terms_to_accept": unread,
        "member": cast.alice_account,
        "other_member": cast.bob_account,
        "company": cast.company_account,
        "professional": cast.professional_account,
        "access_ended": builders.account(ended, access_until=yesterday),
    }


def test_every_address_is_in_the_table() -> None:
    assert sorted(url_names()) == sorted(TABLE["urls"])


@pytest.mark.parametrize("url_name", sorted(TABLE["urls"]))
def test_each_state_gets_its_exact_status(url_name: str, cast: Cast) -> None:
    people = accounts(cast)
    address = reverse(url_name, kwargs=OBJECTS.get(url_name, lambda _cast: {})(cast))
    wrong = []
    for expected in expectations():
        if expected.url_name != url_name:
            continue
        client = Client()
        if account := people[expected.state]:
            builders.sign_in(client, account)
        answer = client.generic(expected.method, address)
        leave(answer)
        if answer.status_code != expected.status:
            wrong.append(f"{expected.method} as {expected.state}: {answer.status_code}, not {expected.status}")
    assert wrong == []


@pytest.mark.parametrize("url_name", ["members:benefit", "members:statement_pdf", "members:statement_prepare"])
def test_somebody_elses_object_looks_exactly_like_a_missing_one(url_name: str, cast: Cast) -> None:
    mine = OBJECTS[url_name](cast)
    missing = dict.fromkeys(mine, 999_999_999)
    client = Client()
    builders.sign_in(client, cast.bob_account)
    theirs, nobodys = (client.get(reverse(url_name, kwargs=kwargs)) for kwargs in (mine, missing))
    assert theirs.status_code == nobodys.status_code
    assert without_what_is_drawn(theirs) == without_what_is_drawn(nobodys)


def leave(answer: HttpResponseBase) -> None:
    """Close what a file answer holds, and not the connection that the test's transaction lives on."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)


def without_what_is_drawn(answer: HttpResponseBase) -> bytes:
    """The page without its reference and its form tokens, drawn anew for each answer."""
    page = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", b"".join(answer))
    return page.replace(answer["X-Reference"].encode(), b"")
