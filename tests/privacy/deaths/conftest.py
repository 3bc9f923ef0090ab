"""The tests of this folder stand on Friday 9 October 2026, at noon in Paris."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

NOW = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def october() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
