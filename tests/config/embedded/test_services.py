import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
import redis

from config.embedded import postgres, services
from config.embedded.errors import EmbeddedError
from config.embedded.placement import placement
from config.embedded.processes import exists, wait_until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the servers to another user")
HOLD = """
import sys
from config.embedded import services
with services(sys.argv[1], durable=False) as held:
    print("ready", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(directory: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that uses the services of `directory` until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, directory], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.stdin.close()


def server_processes(directory: Path) -> list[int]:
    place = placement(directory)
    files = [place.postgres / "postmaster.pid", place.valkey / "valkey.pid"]
    numbers = [int(file.read_text().split()[0]) for file in files if file.exists()]
    return [number for number in numbers if exists(number)]


def query(url: str, statement: LiteralString) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
    assert row is not None
    return row[0]


def create_table(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")


def test_a_new_directory_gets_the_owner_its_database_and_a_broker(directory: Path) -> None:
    with services(directory, durable=False) as held:
        url = held.database_url("owner")
        assert str(query(url, "SELECT current_setting('server_version')")).startswith("18.")
        assert query(
            url, "SELECT rolcreaterole AND rolbypassrls AND NOT rolsuper FROM pg_roles WHERE rolname = 'owner'"
        )
        assert query(url, "SELECT current_setting('listen_addresses')") == ""
        with redis.Redis.from_url(held.redis_url) as client:
            assert client.ping()
            assert client.config_get("port") == {"port": "0"}


def test_the_last_to_leave_stops_the_servers(directory: Path) -> None:
    with another_process(directory):
        running = server_processes(directory)
        with services(directory):
            assert server_processes(directory) == running
        assert server_processes(directory) == running

    assert len(running) == 2
    assert not any(exists(number) for number in running)


def test_a_user_killed_without_notice_does_not_keep_them_running(directory: Path) -> None:
    with another_process(directory) as process:
        running = server_processes(directory)
        process.kill()
        process.wait()
    with services(directory):
        assert server_processes(directory) == running

    assert server_processes(directory) == []


def test_everything_killed_at_once_heals_at_the_next_start(directory: Path) -> None:
    with services(directory) as held:
        create_table(held.database_url("owner"))
        with redis.Redis.from_url(held.redis_url) as client:
            client.set("kept", "1")
            client.execute_command("WAITAOF", 1, 0, 5000)
        for number in server_processes(directory):
            os.kill(number, signal.SIGKILL)
        assert wait_until(lambda: not server_processes(directory), 10)

    with services(directory) as held:
        assert query(held.database_url("owner"), "SELECT number FROM kept") == 1
        with redis.Redis.from_url(held.redis_url) as client:
            assert client.get("kept") == b"1"


def test_a_recorded_process_number_that_another_program_has_now_is_forgotten(directory: Path) -> None:
    with services(directory, durable=False):
        recorded = (directory / "postgres" / "postmaster.pid").read_text()
    owner = (directory / "postgres").stat()
    demoted = {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], **demoted) as stranger:  # type: ignore[call-overload]
        lines = recorded.splitlines()
        (directory / "postgres" / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        with services(directory, durable=False) as held:
            assert query(held.database_url("owner"), "SELECT 1") == 1
        assert stranger.poll() is None
        stranger.kill()


def test_two_directories_run_at_the_same_time(directory: Path, other_directory: Path) -> None:
    with services(directory, durable=False) as one, services(other_directory, durable=False) as two:
        create_table(one.database_url("owner"))
        assert query(two.database_url("owner"), "SELECT to_regclass('kept')") is None


def test_many_processes_may_start_at_the_same_time(directory: Path) -> None:
    code = "import sys; from config.embedded import services\nwith services(sys.argv[1], durable=False): pass"
    processes = [subprocess.Popen([sys.executable, "-c", code, directory]) for _ in range(4)]

    assert [process.wait(60) for process in processes] == [0, 0, 0, 0]
    assert server_processes(directory) == []


def test_they_answer_under_too_long_a_path(deep_directory: Path) -> None:
    with services(deep_directory, durable=False) as held, redis.Redis.from_url(held.redis_url) as client:
        assert query(held.database_url("owner"), "SELECT 1") == 1
        assert client.ping()


@as_root
def test_started_by_root_they_run_as_an_unprivileged_user(directory: Path) -> None:
    with services(directory, durable=False):
        owners = {Path(f"/proc/{number}").stat().st_uid for number in server_processes(directory)}
        rights = {(directory / name).stat().st_mode & 0o777 for name in ("postgres", "valkey", "run")}

    assert len(owners) == 1
    assert 0 not in owners
    assert rights == {0o700}


@as_root
def test_under_a_private_home_they_run_without_opening_it(private_directory: Path) -> None:
    home = private_directory.parents[2]
    with services(private_directory, durable=False) as held:
        assert query(held.database_url("owner"), "SELECT 1") == 1
        assert (private_directory / "postgres").is_symlink()
        assert (private_directory / "valkey").is_symlink()

    assert home.stat().st_mode & 0o777 == 0o700


@as_root
def test_a_private_directory_removed_by_hand_takes_its_data_along(private_directory: Path) -> None:
    with services(private_directory, durable=False) as held:
        create_table(held.database_url("owner"))
    shutil.rmtree(private_directory)

    with services(private_directory, durable=False) as held:
        assert query(held.database_url("owner"), "SELECT to_regclass('kept')") is None


def test_a_server_that_does_not_start_says_why_and_leaves_nothing_running(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "RETRY_SECONDS", 0.5)
    with services(directory, durable=False):
        pass
    (directory / "postgres" / "postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(EmbeddedError, match="no_such_setting"):
        services(directory, durable=False)
    assert server_processes(directory) == []
