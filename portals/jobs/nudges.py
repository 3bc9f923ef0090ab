"""Telling the workers to look. A message carries nothing: whoever gets it does what is due, most urgent first.

The queue therefore never holds more than a handful of messages, however much work is due; a lost message costs
at most one sweep.
"""

import logging
import time

from celery import current_app

logger = logging.getLogger(__name__)

RUN_TASK = "portals.jobs.run"
MANY = 16
"""Waiting messages that are enough for any amount of work: more than the workers of a machine."""
SILENCE = 5.0
"""Seconds without a try after the broker failed to answer, so that requests do not all wait for it in turn."""

_silent_until = 0.0


def nudge(wanted: int = 1) -> None:
    """See that at least `wanted` messages wait in the queue. Errors are logged: the sweeper catches up.

    A message that still waits is as good as a new one: whoever takes it looks at the rows after that.
    """
    global _silent_until  # noqa: PLW0603  one clock per process is what is meant
    if time.monotonic() < _silent_until:
        return
    try:
        _top_up(wanted)
    except Exception as error:
        _silent_until = time.monotonic() + SILENCE
        logger.warning("broker unreachable (%s): jobs wait for the sweeper", type(error).__name__)


def _top_up(wanted: int) -> None:
    queue = current_app.conf.task_default_queue
    with current_app.connection_for_write() as connection, connection.channel() as channel:
        declared = channel.queue_declare(queue=queue, durable=True)  # type: ignore[attr-defined]  # every transport has it
        waiting = declared.message_count
        with current_app.amqp.Producer(channel) as producer:
            for _ in range(wanted - waiting):
                current_app.send_task(RUN_TASK, producer=producer, retry=False)
