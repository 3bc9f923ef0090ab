"""Every address, in every state, with every method: one exact status. A new address that is not in the table fails."""

import copy
import re
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from portals.terms.middleware import ALWAYS_OPEN
from tests import builders
from tests.cast import Cast
from tests.harness.visits import Visit
from tests.permissions.matrix import TABLE, expectations_of, url_names
from tests.permissions.objects import OBJECTS
from tests.permissions.people import people_of
from tests.permissions.walks import address_of, first_and_last, leave, together, undone

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-1.1")]


def test_every_address_is_in_the_table() -> None:
    assert sorted(url_names()) == sorted(TABLE["urls"])


@pytest.mark.parametrize("some", together(sorted(TABLE["urls"])), ids=first_and_last)
def test_each_state_gets_its_exact_status(some: list[str], cast: Cast) -> None:
    sessions = {state: visitor.enter().cookies for state, visitor in people_of(cast).items()}
    wrong = []
    for url_name in some:
        with undone():
            wrong += faults_at(url_name, address_of(url_name, cast), sessions)
    assert wrong == [], "\n".join(wrong)


def faults_at(url_name: str, address: str, sessions: dict[str, SimpleCookie]) -> list[str]:
    """What is not as in the table; what one state does is undone before the next one comes."""
    wrong = []
    client = Visit()
    for state, expected in expectations_of(url_name).items():
        with transaction.atomic():
            client.cookies = copy.deepcopy(sessions[state])
            for method, status in expected.items():
                answer = client.generic(method, address)
                leave(answer)
                if answer.status_code != status:
                    wrong.append(f"{url_name}: {method} as {state}: {answer.status_code}, not {status}")
            transaction.set_rollback(True)
    return wrong


def test_a_password_alone_opens_only_what_is_open_before_the_second_factor() -> None:
    opened = {name for name in TABLE["urls"] if 200 in expectations_of(name)["password_only"].values()}
    assert opened <= ALWAYS_OPEN


@pytest.mark.parametrize("url_name", ["members:benefit", "members:statement_pdf", "members:statement_prepare"])
def test_somebody_elses_object_looks_exactly_like_a_missing_one(url_name: str, cast: Cast) -> None:
    mine = OBJECTS[url_name](cast)
    missing = dict.fromkeys(mine, 999_999_999)
    client = Client()
    builders.sign_in(client, cast.bob_account)
    theirs, nobodys = (client.get(reverse(url_name, kwargs=kwargs)) for kwargs in (mine, missing))
    assert theirs.status_code == nobodys.status_code
    assert without_what_is_drawn(theirs) == without_what_is_drawn(nobodys)


def without_what_is_drawn(answer: HttpResponseBase) -> bytes:
    """The page without its reference and its form tokens, drawn anew for each answer."""
    page = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", b"".join(answer))
    return page.replace(answer["X-Reference"].encode(), b"")
