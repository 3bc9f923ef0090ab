"""The command as a process: killed in the middle, and its memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config.embedded.processes import wait_until
from members.models import BenefitLine, Plan
from portals.access import isolation
from portals.feeds import load
from portals.feeds.models import FeedRun, FeedState
from tests.builders import feed_files

pytestmark = pytest.mark.django_db(transaction=True)

MANAGE = [sys.executable, "manage.py", "feed"]
# A small process in between: a child's peak starts at that of the process that forked it, and pytest is large.
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
MEGABYTE = 1024


def plan(number: int) -> dict[str, str]:
    return {**feed_files.FILES["plans"][0], "plan_code": f"P{number}"}


def environment() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}


def test_a_feed_killed_in_the_middle_of_its_file_loads_nothing_and_the_next_one_completes(tmp_path: Path) -> None:
    content = feed_files.content([plan(number) for number in range(6_000)])
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    process = subprocess.Popen([*MANAGE, "plans", pipe], cwd=settings.ROOT, env=environment())
    with pipe.open("wb", buffering=0) as half:
        half.write(content[: len(content) // 2])
        assert wait_until(lambda: FeedRun.objects.filter(state=FeedState.RUNNING).exists(), 60)
        process.kill()
        process.wait(60)
    assert not Plan.objects.exists()
    whole = tmp_path / "whole.csv"
    whole.write_bytes(content)
    assert wait_until(lambda: not _is_held(), 60)
    assert load("plans", whole).created == 6_000
    assert list(FeedRun.objects.order_by("pk").values_list("state", flat=True)) == [FeedState.REFUSED, FeedState.DONE]


def _is_held() -> bool:
    """Whether the killed process's session still holds the feed's lock."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid())")
        return bool(cursor.fetchone()[0])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    feed_files.load_portfolio(tmp_path)
    peaks = []
    for lines in (1_000, 60_000):
        file = feed_files.write(tmp_path / f"{lines}.csv", [feed_files.benefit(f"D{n}") for n in range(lines)])
        command = [sys.executable, "-c", MEASURE, *MANAGE, "benefits", str(file)]
        done = subprocess.run(command, cwd=settings.ROOT, env=environment(), stdout=subprocess.PIPE, check=True)
        peaks.append(int(done.stdout.split()[-1]))
    with isolation.system():
        assert BenefitLine.objects.count() == 60_000
    assert peaks[1] - peaks[0] < 10 * MEGABYTE
    assert peaks[1] < 200 * MEGABYTE
