"""The statements of September and October 2026, seen from the beginning of November."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

SECOND_OF_NOVEMBER = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC)


@pytest.fixture
def november() -> Iterator[None]:
    """The test stands on 2 November 2026, 10 h in Paris."""
    with time_machine.travel(SECOND_OF_NOVEMBER, tick=False):
        yield
