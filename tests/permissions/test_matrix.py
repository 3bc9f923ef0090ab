"""Every address, in every state, with every method: one exact status. A new address that is not in the table fails."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from portals.accounts.models import Account, AccountState
from tests import builders
from tests.cast import Cast
from tests.permissions.matrix import TABLE, expectations, url_names

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-1.1")]

# What stands in an address: always Alice's, so that every other state is somebody else's eyes on it.
OBJECTS: dict[str, Callable[[Cast], dict[str, object]]] = {
    "members:benefit": lambda cast: {"line_id": cast.home.alice_line.pk},
    "members:statement_pdf": lambda cast: {"statement_id": builders.statement(cast.alice).pk},
    "members:statement_ask": lambda cast: {"statement_id": builders.statement(cast.alice).pk},
    "portals:terms_version": lambda cast: {"number": builders.current_terms().number},
    "portals:password_reset": lambda cast: {"uidb36": "1", "key": "never-given"},
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
            client.force_login(account)
        status = client.generic(expected.method, address).status_code
        if status != expected.status:
            wrong.append(f"{expected.method} as {expected.state}: {status} instead of {expected.status}")
    assert wrong == []


@pytest.mark.parametrize("url_name", [name for name in TABLE["urls"] if name in OBJECTS and name.startswith("members:")])
def test_somebody_elses_object_looks_exactly_like_a_missing_one(url_name: str, cast: Cast) -> None:
    mine = OBJECTS[url_name](cast)
    missing = dict.fromkeys(mine, 999_999_999)
    client = Client()
    client.force_login(cast.bob_account)
    theirs, nobodys = (client.get(reverse(url_name, kwargs=kwargs)) for kwargs in (mine, missing))
    assert theirs.status_code == nobodys.status_code
    strip = lambda answer: answer.content.replace(answer["X-Reference"].encode(), b"")  # noqa: E731
    assert strip(theirs) == strip(nobodys)
