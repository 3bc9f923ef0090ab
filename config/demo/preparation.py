"""What happens before the demo serves its first page: static files, tables, portfolio."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from config.demo.console import step

STATIC_SOURCES = ("static", "package-lock.json", "requirements.txt")
STOP_SECONDS = 20


class StepFailed(RuntimeError):
    """A management command failed; the message is what it said."""


class Preparation:
    """The steps, for the project at `root` and the data at `directory`."""

    def __init__(self, root: Path, directory: Path) -> None:
        self._root = root
        self._directory = directory

    def run(self) -> None:
        with step("static files"):
            self._collect_static()
        with step("database tables"):
            self.manage("migrate", "--verbosity=0", capture=True)
        with step("demo portfolio", talkative=True):
            self.manage("load_demo")

    def manage(self, *arguments: str, capture: bool = False) -> str:
        """Runs `manage.py` in a process of its own; returns what it printed when `capture`.

        Raises StepFailed when the command does not end well.
        """
        process = subprocess.Popen(
            [sys.executable, self._root / "manage.py", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if capture else None,
            stderr=subprocess.STDOUT if capture else None,
            text=True,
            start_new_session=True,
        )
        try:
            output, _ = process.communicate()
        except BaseException:
            process.terminate()
            process.wait(STOP_SECONDS)
            raise
        if process.returncode:
            raise StepFailed(f"manage.py {arguments[0]} failed\n{(output or '')[-6000:]}".rstrip())
        return output or ""

    def _collect_static(self) -> None:
        """Collects and compresses only when something changed since the last start."""
        stamp = self._directory / "static.fingerprint"
        fingerprint = self._static_fingerprint()
        if stamp.exists() and stamp.read_text() == fingerprint and (self._directory / "static").exists():
            return
        self.manage("collectstatic", "--noinput", "--clear", "--verbosity=0", capture=True)
        stamp.write_text(fingerprint)

    def _static_fingerprint(self) -> str:
        digest = hashlib.sha256()
        for source in STATIC_SOURCES:
            path = self._root / source
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                if file.is_file():
                    found = file.stat()
                    digest.update(f"{os.fspath(file)} {found.st_size} {found.st_mtime_ns}\n".encode())
        return digest.hexdigest()
