"""The long-lived processes of the demo: started, watched, started again, stopped without orphans."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from config.demo.console import say
from config.embedded.processes import tail

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
FIRST_DELAY = 1.0  # seconds before a dead child is started again; doubles up to the longest
LONGEST_DELAY = 30.0
STEADY = 60.0  # a child that lived this long starts again from the first delay
STOP_SECONDS = 15


class Child:
    """One program under supervision, writing to its own log."""

    def __init__(
        self, name: str, command: Sequence[str], *, log: Path, pass_fds: Sequence[int] = (), niceness: int = 0
    ) -> None:
        self.name = name
        self.log = log
        self._command = command
        self._pass_fds = pass_fds
        self._niceness = niceness
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._delay = FIRST_DELAY
        self._next_start = 0.0

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a terminal's Ctrl-C reaches the supervisor only, which stops in order
                pass_fds=self._pass_fds,
                preexec_fn=self._before_exec,  # noqa: PLW1509  (the supervisor has no threads)
            )
        self._started = time.monotonic()

    def watch(self) -> None:
        """Reports a death once, and starts the child again when its delay has passed."""
        if self.running:
            return
        if self._process is not None:
            self._report(self._process.returncode)
            self._kill_group(self._process)
            self._process = None
        if time.monotonic() >= self._next_start:
            self.start()

    def stop(self) -> None:
        """Asks politely, waits, then ends whatever is left of it."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                say(f"  {self.name} did not stop within {STOP_SECONDS} s: ended by force")
        self._kill_group(process)
        process.wait()

    def _before_exec(self) -> None:
        """In the child: it is asked to stop when the supervisor is killed without notice (Linux), and gives way."""
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        os.nice(self._niceness)

    def _report(self, status: int) -> None:
        lived = time.monotonic() - self._started
        self._delay = FIRST_DELAY if lived > STEADY else self._delay
        self._next_start = time.monotonic() + self._delay
        say(f"\n{self.name} stopped ({ending(status)}) and starts again in {self._delay:.0f} s. The end of {self.log}:")
        say(tail(self.log))
        self._delay = min(self._delay * 2, LONGEST_DELAY)

    @staticmethod
    def _kill_group(process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def ending(status: int) -> str:
    """How a process ended, in words."""
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
