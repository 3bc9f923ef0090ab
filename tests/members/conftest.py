"""What tests of the member's space share: the day they stand on, and Alice's browser."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests import builders
from tests.cast import Cast

NOON = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)


@pytest.fixture
def october() -> Iterator[time_machine.Traveller]:
    """It is 9 October 2026, 12 h in Paris, and stays so until the traveller moves."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def alice(cast: Cast, client: Client) -> Client:
    return builders.sign_in(client, cast.alice_account)
