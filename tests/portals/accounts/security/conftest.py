"""The clock of what lasts minutes or hours."""

from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-10-14T10:00:00Z", tick=False) as traveller:
        yield traveller
