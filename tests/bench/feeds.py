"""P8: a million benefit lines through the feed, against a raw COPY of the same file."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from portals.feeds import load
from portals.feeds.counts import FeedCounts
from tests.bench.rows import Row, Scale, seconds

LINES_PER_HOUSEHOLD = 150
BEFORE = ("plans", "guarantees", "persons", "policies", "covers")
MEMORY_REACH = 200  # MB
BLOCK = 1 << 20


def p8(scale: Scale) -> list[Row]:
    """First load and re-load of the same file, and the memory of a process that loads it."""
    folder = settings.DEMO_DIR.parent / f"feed-{scale.lines}"
    file = folder / "benefits.csv"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        households = max(20, scale.lines // LINES_PER_HOUSEHOLD)
        call_command("populate", members=households, seed=8, out=folder, no_load=True, stdout=StringIO())
    for kind in BEFORE:
        load(kind, folder / f"{kind}.csv")
    empty_benefits()

    floor = raw_copy(file)
    counts: dict[str, FeedCounts] = {}
    first = seconds(lambda: counts.update(first=load("benefits", file)))
    again = seconds(lambda: counts.update(again=load("benefits", file)))
    floor_again = raw_copy(file)
    assert counts["first"].rejected == 0, counts
    assert (counts["again"].created, counts["again"].updated) == (0, 0), counts
    read = f"{counts['first'].read:,} lines"
    return [
        Row("P8", "feed benefits, first load", first, floor, 6.0, note=read),
        Row("P8", "feed benefits, nothing changed", again, floor_again, 4.0, note=read),
        Row("P8", "memory of the feed's process", memory_of_a_load(file), MEMORY_REACH, 1.0, unit="M"),
    ]


def empty_benefits() -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE members_benefitline, members_benefitlineevent")


def raw_copy(file: Path) -> float:
    """Seconds of a COPY of the file into an unlogged table with the same columns, without index or constraint."""
    with file.open("rb") as content:
        delimiter = ";" if b";" in content.readline() else ","
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_lines")
        cursor.execute(
            """CREATE UNLOGGED TABLE bench_lines (benefit_ref text, policy_number text, person_ref text, care_date date,
            act_code text, act_label text, quantity numeric(8, 2), professional_name text, expense numeric(12, 2),
            base numeric(12, 2), scheme_rate numeric(5, 4), scheme_amount numeric(12, 2), deduction numeric(12, 2),
            mutual_amount numeric(12, 2), other_amount numeric(12, 2), paid_to text, payment_ref text, payment_date date,
            source text)"""
        )

        def copy() -> None:
            statement = f"COPY bench_lines FROM STDIN WITH (FORMAT csv, HEADER match, DELIMITER '{delimiter}')"
            with cursor.copy(statement) as target, file.open("rb") as content:
                while block := content.read(BLOCK):
                    target.write(block)

        return seconds(copy)


MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "manage.py", "feed", "benefits", sys.argv[1]], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def memory_of_a_load(file: Path) -> float:
    """Peak resident memory, in MB, of `manage.py feed benefits FILE`.

    Asked of a small process in between: a child starts as a copy of its parent, and would count the bench's own memory.
    """
    asked = subprocess.run(
        [sys.executable, "-c", MEASURED, str(file)], cwd=settings.ROOT, env=os.environ, check=True, capture_output=True
    )
    return float(asked.stdout)
