"""A sealer that is killed at work again and again: `python -m tests.privacy.audit.killed_sealer TIMES`."""

import os
import random
import signal
import sys
import time

import django


def main(times: int) -> None:
    """Each life lasts up to a second; the settings are read once, before the first."""
    django.setup()
    from privacy.audit.exporting import export_due
    from privacy.audit.sealing import ALIAS, seal_due

    for number in range(times):
        child = os.fork()
        if not child:
            while True:
                seal_due()
                export_due(using=ALIAS)
        time.sleep(random.Random(number).uniform(0.2, 1.0))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
