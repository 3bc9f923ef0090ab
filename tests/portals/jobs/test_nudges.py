"""The queue is a hint: it stays short, and a broker that is down fails nobody."""

import time

import pytest
from celery import current_app

from portals.jobs import nudges
from tests.harness.processes import broker


@pytest.fixture(autouse=True)
def empty_queue(monkeypatch: pytest.MonkeyPatch, fresh_database: None) -> None:
    monkeypatch.setattr(nudges, "_silent_until", 0.0)
    broker().flushdb()


def waiting() -> int:
    return int(broker().llen(current_app.conf.task_default_queue))


def test_the_queue_is_topped_up_and_no_more() -> None:
    nudges.nudge(4)
    assert waiting() == 4
    nudges.nudge(4)
    nudges.nudge()
    assert waiting() == 4


def test_a_message_carries_nothing() -> None:
    nudges.nudge()
    (message,) = broker().lrange(current_app.conf.task_default_queue, 0, -1)
    assert b"W1tdLCB7fSwg" in message, "an empty list and an empty mapping, in base64"


def test_a_broker_that_is_down_fails_nobody(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(wanted: int) -> None:
        with current_app.connection_for_write("redis+socket:///nowhere/valkey.sock") as connection:
            connection.ensure_connection(max_retries=1, timeout=1)

    monkeypatch.setattr(nudges, "_top_up", refuse)
    nudges.nudge()
    assert "broker unreachable" in caplog.text
    started = time.monotonic()
    caplog.clear()
    nudges.nudge()
    assert time.monotonic() - started < 0.05
    assert caplog.text == "", "it does not ask again at once"
