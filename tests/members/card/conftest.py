"""The tests of this folder stand on 9 October 2026."""

import pytest
import time_machine


@pytest.fixture(autouse=True)
def stand_in_october(october: time_machine.Traveller | None) -> None:
    """`None` where a file has put its own `october` in place of the day."""
