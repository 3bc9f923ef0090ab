"""The demo from its start to its end."""

import contextlib
import fcntl
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from config.demo.children import Child
from config.demo.console import say, step, table
from config.demo.ports import listen
from config.demo.preparation import Preparation
from config.embedded.placement import create_directory
from config.embedded.processes import tail
from config.embedded.running import Services

READY_SECONDS = 60
WATCH_SECONDS = 0.5


class Stopped(BaseException):
    """Someone asked the demo to stop; not an `Exception`, so that nothing swallows it."""


class DemoFailed(RuntimeError):
    """The demo cannot run; the message says why and what to do."""


class Demo:
    """The product on this machine: services, data, web, worker, beat."""

    def __init__(self, *, root: Path, directory: Path, port: int) -> None:
        self._root = root
        self._directory = directory
        self._port = port
        self._preparation = Preparation(root, directory)

    def run(self) -> None:
        """Runs until someone stops it (Stopped); everything that it started has ended when it returns."""
        started = time.monotonic()
        create_directory(self._directory)
        say(f"Demo in {self._directory}")
        with contextlib.ExitStack() as ending:
            ending.enter_context(self._alone())
            if not all(os.environ.get(name) for name in ("DATABASE_URL", "REDIS_URL")):
                with step("PostgreSQL and Valkey"):
                    ending.enter_context(Services(self._directory))
            listener = ending.enter_context(listen(self._port))
            self._announce_port(listener)
            self._preparation.run()
            accounts = self._accounts()
            children = self._children(listener)
            ending.callback(stop_all, children)
            with step("web, worker, beat"):
                self._start(children, listener)
            say(f"Ready after {time.monotonic() - started:.1f} s\n\n  {self._address}/\n\n{accounts}\n")
            say(f"  Mail: {self._address}/demo/courriels/ (files in {self._directory / 'mail'})")
            say(f"  Logs: {self._directory / 'logs'}")
            say("  Ctrl-C stops everything; the data stays.")
            while True:
                time.sleep(WATCH_SECONDS)
                for child in children:
                    child.watch()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One demo a directory: a second one would fight over its data."""
        with (self._directory / "demo.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DemoFailed(f"a demo already runs in {self._directory}; choose another DEMO_DIR") from None
            yield

    def _announce_port(self, listener: socket.socket) -> None:
        port = listener.getsockname()[1]
        if self._port not in {0, port}:
            say(f"  port {self._port} is taken: using {port}")
        self._address = f"http://localhost:{port}"
        os.environ |= {"PORT": str(port), "SITE_ADDRESS": self._address}  # the children write links into e-mails
        facts = {"port": port, "base_url": self._address, "pid": os.getpid()}
        (self._directory / "demo.json").write_text(json.dumps(facts), encoding="utf-8")

    def _children(self, listener: socket.socket) -> list[Child]:
        """In the order in which they start; they stop in the reverse one."""
        logs = self._directory / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        bind = f"--bind=fd://{listener.fileno()}"
        # preload: the application is read once, before the two processes part
        gthread = ["--worker-class=gthread", "--workers=2", "--threads=4", "--graceful-timeout=5", "--preload"]
        web = ["gunicorn", "config.wsgi", bind, *gthread, "--no-control-socket"]
        celery = ["celery", "-A", "config"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        worker = [*celery, "worker", "--concurrency=2", "--prefetch-multiplier=1", "--loglevel=INFO", *quiet]
        beat = [*celery, "beat", "--loglevel=INFO", "--pidfile=", f"--schedule={self._directory / 'beat-schedule'}"]

        def child(name: str, command: list[str], *, pass_fds: Sequence[int] = (), niceness: int = 0) -> Child:
            command = [sys.executable, "-m", *command]
            return Child(name, command, log=logs / f"{name}.log", pass_fds=pass_fds, niceness=niceness)

        return [
            child("web", web, pass_fds=[listener.fileno()]),
            child("beat", beat),
            child("sealer", ["django", "seal_journal", "--every", "15"], niceness=10),
            child("eraser", ["django", "run_erasures", "--every", "15"], niceness=10),
            child("worker", worker, niceness=10),  # a batch of documents leaves the pages their processor
        ]

    def _start(self, children: list[Child], listener: socket.socket) -> None:
        """The web first: its first page does not wait for the others to load."""
        web = children[0]
        web.start()
        deadline = time.monotonic() + READY_SECONDS
        while not answers(f"http://127.0.0.1:{listener.getsockname()[1]}/healthz"):
            if not web.running or time.monotonic() > deadline:
                raise DemoFailed(f"the web process does not answer. The end of {web.log}:\n{tail(web.log, 30)}")
            time.sleep(0.05)
        for child in children[1:]:
            child.start()

    def _accounts(self) -> str:
        shown = json.loads(self._preparation.manage("demo_accounts", "--json", capture=True))
        rows = [["role", "identifier", "password", "second factor", "note"]]
        for account in shown["accounts"]:
            columns = ("role", "identifier", "password", "totp_secret", "note")
            rows.append([str(account.get(column) or "") for column in columns])
        return table(rows)


def stop_all(children: list[Child]) -> None:
    """Ends the children, last started first; impatient signals change nothing any more."""
    ignore_signals()
    for child in reversed(children):
        child.stop()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=READY_SECONDS):  # noqa: S310  (our own address)
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def listen_to_signals() -> None:
    """Ctrl-C, `kill` and a closed terminal all end the demo in the same orderly way."""

    def stop(number: int, frame: FrameType | None) -> None:
        ignore_signals()
        say("\nStopping …")
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
