"""An eraser that is killed at a random statement, again and again: `python -m tests.privacy.erasure.killed_eraser TIMES`."""

import os
import random
import signal
import sys
from typing import Any

import django

LONGEST = 400
"""Statements of one life; the whole erasure of the test takes more than that."""


def main(times: int) -> None:
    """Each life ends at a statement drawn by lot, or with the work; the last one ends with the work."""
    django.setup()
    from privacy.erasure.running import run_due

    chance, killed = random.Random(7), 0
    for _number in range(times):
        child = os.fork()
        if not child:
            _die_at(chance.randrange(1, LONGEST))
            run_due()
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    run_due()
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
