"""The fixtures that every test may ask for. What they start is in `tests/harness`."""

from __future__ import annotations

import gc
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.template import Engine
from django.test import TransactionTestCase
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from tests.harness import browser, databases, processes
from tests.harness.run import Run, wait_for_template
from tests.harness.standing import Standing
from tests.harness.templates import Refusal

if TYPE_CHECKING:
    from tests.cast import Cast  # a plugin, imported by pytest

pytest_plugins = ["tests.commitments.plugin", "tests.harness.order", "tests.cast"]

RUN = pytest.StashKey[Run]()


def pytest_configure(config: pytest.Config) -> None:
    """The first process of the run starts the servers and the template; xdist's workers use them."""
    gc.set_threshold(50_000, 20, 100)  # short requests leave few cycles; walking the heap took a twelfth of the run
    if hasattr(config, "workerinput") or config.option.collectonly or config.option.help:
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, with everything put away
    config.stash[RUN] = Run()
    config.stash[RUN].start()


def pytest_unconfigure(config: pytest.Config) -> None:
    run = config.stash.get(RUN, None)
    if run is not None:
        run.finish()


@pytest.fixture(scope="session")
def worker_database() -> databases.WorkerDatabase:
    return databases.WorkerDatabase()


@pytest.fixture(scope="session")
def django_db_setup(
    worker_database: databases.WorkerDatabase,
    standing_cast: Standing[Cast],
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """In place of Django's: clones the template, connects as `app`, and never flushes (`app` may not)."""
    wait_for_template()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: worker_database.soil())
        with django_db_blocker.unblock():
            worker_database.renew()
        yield
        with django_db_blocker.unblock():
            standing_cast.leave()
            worker_database.drop()


@pytest.fixture
def fresh_database(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    worker_database: databases.WorkerDatabase,
    django_db_blocker: DjangoDbBlocker,
    standing_cast: Standing[Cast],
) -> None:
    """The worker's database as the migrations left it, its cache and its queue empty."""
    with django_db_blocker.unblock():
        if worker_database.soiled:
            standing_cast.leave()
        worker_database.renew()
        standing_cast.prepare(request.node)


@pytest.fixture
def _django_db_helper(fresh_database: None, _django_db_helper: None) -> None:
    """pytest-django's, after the database was renewed."""


@pytest.fixture
def owner_connection(fresh_database: None, worker_database: databases.WorkerDatabase) -> Iterator[psycopg.Connection]:
    """A connection as role `owner`, outside of the test's transaction: what it writes stays until the test ends."""
    with databases.connect(worker_database.name) as connection:
        yield connection
    worker_database.soil()


@pytest.fixture(autouse=True, scope="session")
def strict_templates() -> None:
    """No template variable is undefined."""
    Engine.get_default().string_if_invalid = Refusal("%s")


@pytest.fixture
def mail_folder(settings: Settings) -> Path:
    """Mail goes to files, as in the demo; returns their folder, empty."""
    folder: Path = settings.MAIL_FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": folder}}}
    return folder


@pytest.fixture
def celery_worker_process(transactional_db: None) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker; the test's data must be committed for it to see, hence `transactional_db`."""
    with processes.celery_worker() as process:
        yield process


@pytest.fixture(scope="session")
def site_address(django_db_setup: None) -> Iterator[str]:
    with processes.site() as address:
        yield address


@pytest.fixture
def live_site(transactional_db: None, site_address: str) -> str:
    """The address of the site, served by gunicorn from this worker's database."""
    return site_address


@pytest.fixture(scope="session")
def chromium(standing_cast: Standing[Cast], django_db_blocker: DjangoDbBlocker) -> Iterator[Browser]:
    if browser.CHROMIUM is None:
        pytest.skip(browser.WHY_SKIPPED)
    with django_db_blocker.unblock():  # from here on this thread has other connections, which do not see it
        standing_cast.leave()
    with pytest.MonkeyPatch.context() as patch, browser.chromium() as opened:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield opened
        with django_db_blocker.unblock():
            standing_cast.leave()


@pytest.fixture
def browser_page(live_site: str, chromium: Browser) -> Iterator[Page]:
    """A page of a real browser on `live_site`."""
    with browser.page_at(chromium, live_site) as page:
        yield page


@pytest.fixture
def phone(live_site: str, chromium: Browser) -> Iterator[browser.Phone]:
    """`phone(client)`: a page of a phone without any script, signed in as the client is."""
    with browser.phones_at(chromium, live_site) as opened:
        yield opened
