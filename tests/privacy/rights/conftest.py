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
def october() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def alice(cast: Cast, client: Client) -> Client:
    return builders.sign_in(client, cast.alice_account)


@pytest.fixture
def officer(db: None) -> Account:
    return builders.colleague(Role.DPO)


@pytest.fixture
def desk(officer: Account) -> Client:
    """The data protection officer, in mode gestion."""
    return builders.enter_gestion(Client(), officer)
