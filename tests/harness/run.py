"""One test run: its directory, its servers, the template that each worker's database is a clone of.

The process that starts the run (the only one without xdist) owns all of it. It prepares the template
in the background, while the workers collect their tests; they wait for it at their first database test.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from django.conf import settings

from config.embedded.lease import unused
from config.embedded.placement import placement
from config.embedded.processes import exists, wait_until
from config.embedded.running import Services, stop_services
from tests.harness import databases, kept

READY = "template.ready"
FAILED = "template.failed"
RUN_NAME = re.compile(r"mutuelle-tests-(\d+)-[0-9a-f]{6}")
TEMPLATE_SECONDS = 900


class Run:
    """The servers and the template, from the start of a run to its end."""

    def __init__(self) -> None:
        self.directory: Path = settings.TEST_RUN_DIR
        self._services: Services | None = None
        self._migration: subprocess.Popen[str] | None = None
        self._preparation = threading.Thread(target=self._prepare, name="template")

    def start(self) -> None:
        remove_abandoned()
        self.directory.mkdir(parents=True, exist_ok=True)
        self._preparation.start()

    def finish(self) -> None:
        """Stops and removes everything, whatever state the run is in."""
        migration = self._migration
        if migration is not None and migration.poll() is None:
            migration.terminate()
        self._preparation.join()
        if self._services is not None:
            self._services.close()
        _remove(self.directory)

    def _prepare(self) -> None:
        try:
            if not os.environ.get("DATABASE_URL") or not os.environ.get("REDIS_URL"):
                found = kept.fetch(self.directory)
                self._services = Services(self.directory, durable=False)
                if not found:
                    self._make_and_keep()
            else:
                databases.create_template(self._migrate)
            (self.directory / READY).touch()
        except Exception as error:
            (self.directory / FAILED).write_text(f"{type(error).__name__}: {error}")

    def _make_and_keep(self) -> None:
        """Kept before the first test rather than after the last: a run beside this one need not migrate as well."""
        made_as = kept.name()
        databases.create_template(self._migrate)
        if kept.wanted() and self._services is not None:
            self._services.close()
            kept.keep(self.directory, made_as)
            self._services = Services(self.directory, durable=False)

    def _migrate(self) -> None:
        """`manage.py migrate` on the template, then what a mutual at work has decided: collecting goes on meanwhile."""
        self._run(str(settings.ROOT / "manage.py"), "migrate", "--verbosity=0")
        self._run("-m", "tests.harness.assessed")

    def _run(self, *arguments: str) -> None:
        self._migration = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.ROOT,
            env={**os.environ, "TEST_DATABASE": databases.TEMPLATE, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        output, _ = self._migration.communicate()
        if self._migration.returncode:
            raise RuntimeError(f"the migrations failed:\n{output[-8000:]}")


def wait_for_template() -> None:
    """Returns when the template can be cloned; raises with the reason when it never will be."""
    directory: Path = settings.TEST_RUN_DIR
    ready, failed = directory / READY, directory / FAILED
    if not wait_until(lambda: ready.exists() or failed.exists(), TEMPLATE_SECONDS):
        raise RuntimeError("the template database is still not there")
    if failed.exists():
        raise RuntimeError(failed.read_text())


def remove_abandoned() -> None:
    """Stops and removes what runs killed without notice left behind."""
    for directory in Path(tempfile.gettempdir()).glob("mutuelle-tests-*"):
        name = RUN_NAME.fullmatch(directory.name)
        if name is None or exists(int(name[1])) or directory.stat().st_uid != os.geteuid():
            continue
        with unused(directory) as alone:
            if alone:
                stop_services(placement(directory))
        if alone:
            _remove(directory)


def _remove(directory: Path) -> None:
    place = placement(directory)
    for folder in {place.store, place.sockets, directory}:
        shutil.rmtree(folder, ignore_errors=True)
