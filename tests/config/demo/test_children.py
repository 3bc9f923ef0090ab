import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.demo import children
from config.demo.children import Child
from config.embedded.processes import exists, wait_until

SLEEP = "import time; time.sleep(60)"
FAIL = "print('the reason'); raise SystemExit(3)"
WITH_GRANDCHILD = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "child.log"


@pytest.fixture
def sleeper(log: Path) -> Iterator[Child]:
    child = Child("sleeper", [sys.executable, "-c", SLEEP], log=log)
    child.start()
    yield child
    child.stop()


def watch_until(child: Child, *, running: bool) -> bool:
    def looked() -> bool:
        child.watch()
        return child.running is running

    return wait_until(looked, 10)


def test_a_child_that_dies_is_started_again(sleeper: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "FIRST_DELAY", 0.0)
    sleeper._delay = 0.0
    assert sleeper._process is not None
    first = sleeper._process.pid

    os.kill(first, signal.SIGKILL)
    assert wait_until(lambda: not sleeper.running, 10)

    assert watch_until(sleeper, running=True)
    assert sleeper._process.pid != first


def test_its_death_is_told_once_with_the_reason(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    child = Child("beat", [sys.executable, "-c", FAIL], log=log)
    child.start()
    assert wait_until(lambda: not child.running, 10)
    child.watch()
    child.watch()

    told = capsys.readouterr().out
    assert told.count("beat stopped (exit status 3)") == 1
    assert "the reason" in told
    assert not child.running, "it waits before it starts again"


def test_stopping_leaves_no_orphan_even_of_a_stubborn_child(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "STOP_SECONDS", 0.2)
    child = Child("stubborn", [sys.executable, "-c", WITH_GRANDCHILD], log=log)
    child.start()
    assert wait_until(lambda: log.read_text().strip().isdigit(), 10)
    grandchild = int(log.read_text())

    started = time.monotonic()
    child.stop()

    assert wait_until(lambda: not exists(grandchild), 10)
    assert time.monotonic() - started < 10
