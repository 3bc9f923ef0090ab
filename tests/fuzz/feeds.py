"""`python -m tests.fuzz.feeds [NUMBER] [FIRST SEED]`: damaged feed files by the thousand, on services of its own.

The suite judges a few hundred (`tests/portals/feeds/test_damage.py`); this is the long form, 10 000 by default.
"""

import collections
import os
import sys
import tempfile
from pathlib import Path


def main(number: int = 10_000, first: int = 0) -> int:
    with tempfile.TemporaryDirectory(prefix="feeds-fuzz-") as name:
        os.environ["DEMO_DIR"] = f"{name}/stack"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
        from config.embedded import services

        with services(f"{name}/stack", durable=False):
            return _run(number, first, Path(name))


def _run(number: int, first: int, folder: Path) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from tqdm import tqdm

    from tests.builders.feed_files import load_portfolio
    from tests.fuzz.damage import damaged
    from tests.fuzz.judge import contents, judge

    call_command("migrate", verbosity=0)
    load_portfolio(folder)
    files, outcomes = contents(), collections.Counter[str]()
    failures = 0
    for seed in tqdm(range(first, first + number), disable=None):
        kind, done, content = damaged(seed, files)
        try:
            outcomes[judge(kind, content, folder)] += 1
        except Exception as error:
            failures += 1
            sys.stderr.write(f"seed {seed}: {kind}, {done}: {type(error).__name__}: {error}\n")
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    sys.stdout.write(f"{number} files, {failures} failures, {dict(outcomes)}\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
