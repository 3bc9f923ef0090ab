"""The tests of this folder stand on 9 October 2026, 12 h in Paris."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests import builders
from tests.cast import Cast

NOON = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def october() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def alice(cast: Cast, client: Client) -> Client:
    return builders.sign_in(client, cast.alice_account)
