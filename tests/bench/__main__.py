"""Runs the benchmarks on the embedded services, in a directory of their own, or on the servers that the environment names."""

import argparse
import json
import os
import shutil
import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

from tests.bench.rows import SCALES, Row

ROOT = Path(__file__).resolve().parent.parent.parent
STACK = ROOT / "var" / "bench" / "stack"


def main() -> int:
    arguments = _arguments()
    os.environ["DEMO_DIR"] = str(STACK)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
    if arguments.scale == "full":  # a portfolio of millions is not kept by a server sized for a demo
        os.environ.setdefault("POSTGRES_SHARED_BUFFERS", f"{_memory() // 4 // 2**20}MB")
    from config.embedded import services

    shutil.rmtree(
        STACK, ignore_errors=True
    )  # every run starts from an empty cluster: some schemas are not ours to drop
    STACK.parent.mkdir(parents=True, exist_ok=True)
    configured = all(os.environ.get(name) for name in ("DATABASE_URL", "REDIS_URL"))
    with nullcontext() if configured else services(STACK):
        rows = _run(arguments.only, arguments.scale)
    report = STACK.parent / f"{arguments.scale}.json"
    report.write_text(json.dumps([asdict(row) | {"ratio": row.ratio} for row in rows], indent=1), encoding="utf-8")
    _print(rows)
    return 0 if arguments.scale == "smoke" or all(row.reached for row in rows) else 1


def _memory() -> int:
    """Bytes of this machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="P6")
    parser.add_argument("--scale", choices=list(SCALES), default="smoke")
    return parser.parse_args()


def _run(only: list[str], scale: str) -> list[Row]:
    import django
    from django.conf import settings

    # Nobody downloads what is collected: pages need the names, and no compressed copies.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from tests.bench.directory import p10
    from tests.bench.feeds import p8
    from tests.bench.imports import p13
    from tests.bench.invoices import p3
    from tests.bench.journal import p12
    from tests.bench.package import p11
    from tests.bench.pages import p1, p2, p4
    from tests.bench.retention import r1
    from tests.bench.rights import p9
    from tests.bench.statements import p5, p6
    from tests.harness import assessed

    assessed.main()

    rows: list[Row] = []
    try:
        for bench in (p1, p2, p3, p4, p5, p6, p8, p9, p10, p11, p12, p13, r1):
            if not only or bench.__name__.upper() in only:
                rows += bench(SCALES[scale])
    finally:
        for connection in connections.all():
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()
    return rows


def _print(rows: list[Row]) -> None:
    head = f"{'id':<4} {'work':<52} {'ours':>11} {'floor':>11} {'ratio':>7} {'reach':>6}  verdict\n"
    lines = [
        f"{row.id:<4} {row.work:<52} {row.ours:>10.4g}{row.unit:<1} {row.floor:>10.4g}{row.unit:<1} "
        f"{row.ratio:>7.2f} {row.reach:>6.2f}  {'reached' if row.reached else 'missed'} {row.note}\n"
        for row in rows
    ]
    sys.stdout.write(head + "".join(lines))


if __name__ == "__main__":
    sys.exit(main())
