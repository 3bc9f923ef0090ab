import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from config.embedded.placement import placement
from config.embedded.processes import wait_until
from config.embedded.running import stop_services

START_SECONDS = 600  # the first start prepares everything, on a machine that may do other things
SECOND_START_SECONDS = 180  # ten times what an idle machine takes
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "TEST_RUN_DIR", "TEST_DATABASE", "SITE_ADDRESS")


class RunningDemo:
    """`python -m config.demo` as an operator starts it."""

    def __init__(self, directory: Path, port: int, *, output: str = "first.out") -> None:
        self.directory = directory
        self.output = directory.with_name(output)
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        environment |= {"DEMO_DIR": str(directory), "PORT": str(port), "MEMBERS": "5"}
        with self.output.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.demo"],
                cwd=settings.ROOT,
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def wait(self, text: str, seconds: float = START_SECONDS) -> None:
        assert wait_until(lambda: text in self.said or self.process.poll() is not None, seconds), self.said
        assert text in self.said, self.said

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(60)

    def processes(self) -> list[int]:
        """The processes that carry this demo's directory in their environment."""
        mark = f"DEMO_DIR={self.directory}\0".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
        return found

    def child(self, words: str) -> int:
        """The process of this demo whose command holds `words`, the eldest first."""
        commands = {number: Path(f"/proc/{number}/cmdline").read_bytes() for number in sorted(self.processes())}
        return next(number for number, command in commands.items() if words.encode() in command.replace(b"\0", b" "))


@pytest.fixture
def directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="m-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder / "demo"
        stop_services(placement(folder / "demo"))


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.slow
def test_a_demo_from_its_first_start_to_its_second_end(directory: Path, taken_port: int) -> None:
    demo = RunningDemo(directory, taken_port)
    try:
        demo.wait("Ctrl-C stops everything")
        assert f"port {taken_port} is taken: using" in demo.said
        noted = json.loads((directory / "demo.json").read_text())
        assert noted["base_url"] in demo.said
        with urllib.request.urlopen(f"http://127.0.0.1:{noted['port']}/connexion/") as answer:
            assert answer.status == 200

        os.kill(demo.child("celery -A config beat"), signal.SIGKILL)
        demo.wait("beat stopped (signal SIGKILL) and starts again")

        rival = RunningDemo(directory, taken_port, output="rival.out")
        rival.process.wait(60)
        assert "a demo already runs" in rival.said
    finally:
        assert demo.stop() == 0
    assert demo.processes() == []

    demo = RunningDemo(directory, taken_port, output="second.out")
    try:
        demo.wait("Ctrl-C stops everything", SECOND_START_SECONDS)
        assert not re.search(r"created=[1-9]", demo.said), "the second start keeps its data"
    finally:
        assert demo.stop() == 0
    assert demo.processes() == []
