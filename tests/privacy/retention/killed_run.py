"""A run that is killed at a random statement, again and again: `python -m tests.privacy.retention.killed_run TIMES`."""

import os
import random
import signal
import sys
from typing import Any

import django

LONGEST = 90
"""Statements of one life: a run takes several."""


def main(times: int) -> None:
    """Each life ends at a statement drawn by lot, or with the work; the last one ends with the work."""
    django.setup()
    from privacy.retention import engine
    from privacy.retention.running import run_asked

    engine.ROWS, engine.TOGETHER = 5, 3  # small batches, so that there is something between them
    chance, killed = random.Random(11), 0
    for _number in range(times):
        child = os.fork()
        if not child:
            _die_at(chance.randrange(1, LONGEST))
            run_asked()
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    run_asked()
    sys.stdout.write(f"killed={killed}\n")


def _die_at(statement: int) -> None:
    from django.db import connections

    seen = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    connections["eraser"].execute_wrappers.append(count)


if __name__ == "__main__":
    main(int(sys.argv[1]))
