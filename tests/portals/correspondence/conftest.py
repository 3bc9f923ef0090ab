"""The tests of this folder stand on Friday 9 October 2026, at noon in Paris."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from portals.accounts.models import Account
from portals.gestion.roles import Role
from tests import builders
from tests.cast import Cast

NOW = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def alice(cast: Cast, client: Client) -> Client:
    return builders.sign_in(client, cast.alice_account)


@pytest.fixture
def agent(db: None) -> Account:
    return builders.colleague(Role.AGENT)
