"""The tests of this folder stand on 9 October 2026, at noon in Paris, behind the counter of a practice."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from portals.accounts.limits import Limit
from providers.rights import quotas
from tests import builders
from tests.cast import Cast
from tests.providers.rights.counter import NOON


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter(cast: Cast, client: Client) -> Client:
    return builders.sign_in(client, cast.professional_account)


@pytest.fixture
def minutes_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Valkey's clock does not travel: what is asked minutes apart here would all fall into one of its minutes."""
    for name in ("ACCOUNT_MINUTE", "PRACTICE_MINUTE"):
        monkeypatch.setattr(quotas, name, Limit(name.lower(), 10_000, 60))
