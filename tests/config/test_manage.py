import os
import subprocess
import sys
from pathlib import Path

import pytest

import manage


@pytest.fixture(autouse=True)
def demo_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a newcomer's shell holds: nothing that says which servers to use."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.demo")


@pytest.mark.parametrize(
    "arguments", [["migrate"], ["feed", "benefits", "file.csv"], ["runserver"], ["check", "--database", "default"]]
)
def test_commands_that_use_the_database_get_the_embedded_services(arguments: list[str]) -> None:
    assert manage.needs_services(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["help"],
        ["feed", "--help"],
        ["--version"],
        ["check"],
        ["collectstatic", "--noinput"],
        ["check", "--deploy", "--settings=config.settings.production"],
        ["migrate", "--settings", "config.settings.production"],
    ],
)
def test_nothing_is_started_for_the_others(arguments: list[str]) -> None:
    assert not manage.needs_services(arguments)


def test_servers_named_in_the_environment_are_used_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example.org/mutuelle")
    assert manage.needs_services(["migrate"]), "the broker is still missing"

    monkeypatch.setenv("REDIS_URL", "redis://broker.example.org/0")
    assert not manage.needs_services(["migrate"])


def test_help_leaves_no_server_and_no_data_behind(tmp_path: Path) -> None:
    root = Path(manage.__file__).parent
    environment = {**os.environ, "DEMO_DIR": str(tmp_path / "demo")}

    subprocess.run([sys.executable, root / "manage.py", "migrate", "--help"], env=environment, check=True)

    assert not (tmp_path / "demo" / "postgres").exists()
