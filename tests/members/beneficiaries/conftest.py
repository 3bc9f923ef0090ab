"""The tests of this folder stand on 9 October 2026, a Friday."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from portals.accounts.models import Account
from portals.gestion.roles import Role
from tests import builders
from tests.cast import Cast

TODAY = datetime.date(2026, 10, 9)


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def staff(db: None) -> Account:
    return builders.staff()


@pytest.fixture
def alice(cast: Cast, client: Client) -> Client:
    return builders.sign_in(client, cast.alice_account)


@pytest.fixture
def agent(db: None) -> Client:
    return builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
