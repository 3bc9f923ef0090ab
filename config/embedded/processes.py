"""Starting servers that outlive the command that started them, and asking whether they live."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from config.embedded.placement import ServerUser

PROC = Path("/proc")
PROC_THERE = (PROC / "self").exists()  # Linux; elsewhere a number is all that we can go by
BIGGEST_LOG = 10_000_000  # bytes; a longer log is set aside at the next start
# Answers the server's pid, then leaves: the server belongs to init and is nobody's zombie.
DETACH = '"$@" </dev/null >&2 & echo $!'


def start_detached(
    command: Sequence[str | Path], *, user: ServerUser | None, log: Path, environment: Mapping[str, str]
) -> int:
    """Starts `command` in its own session (a terminal's Ctrl-C does not reach it); returns its pid."""
    if log.exists() and log.stat().st_size > BIGGEST_LOG:
        log.replace(log.with_suffix(".1.log"))
    with log.open("ab") as output:
        finished = subprocess.run(
            ["/bin/sh", "-c", DETACH, "sh", *map(str, command)],
            stdout=subprocess.PIPE,
            stderr=output,
            cwd="/",
            env=dict(environment),
            start_new_session=True,
            umask=0o077,
            check=True,
            **as_user(user),
        )
    return int(finished.stdout)


class Identity(TypedDict, total=False):
    """The arguments of `subprocess` that say whom a process runs as."""

    user: int
    group: int
    extra_groups: list[int]


def as_user(user: ServerUser | None) -> Identity:
    """The arguments that make `subprocess` drop to `user`, its groups included."""
    if user is None:
        return {}
    return {"user": user.uid, "group": user.gid, "extra_groups": []}


def exists(pid: int) -> bool:
    """Whether a process has this number; one that ended and was not collected does not count."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return not PROC_THERE


def is_alive(pid: int, *, folder: Path) -> bool:
    """Whether `pid` is a live process working in `folder`, and not another one that got its number."""
    if not exists(pid):
        return False
    try:
        return (PROC / str(pid) / "cwd").resolve(strict=True) == folder.resolve()
    except OSError:
        return not PROC_THERE


def stop(pid: int, *, folder: Path, signals: Sequence[signal.Signals], patience: float) -> None:
    """Sends each signal in turn, leaving `patience` seconds to each, until the process is gone."""
    for number in signals:
        if not is_alive(pid, folder=folder):
            return
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        if wait_until(lambda: not is_alive(pid, folder=folder), patience):
            return


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether `condition` came true within `seconds`."""
    deadline = time.monotonic() + seconds
    pause = 0.005
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    return True


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, to be shown with an error."""
    if not log.exists():
        return ""
    with log.open("rb") as content:
        content.seek(max(0, log.stat().st_size - 8192))
        return "\n".join(content.read().decode(errors="replace").splitlines()[-lines:])
