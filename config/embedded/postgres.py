"""The embedded PostgreSQL: its cluster, its start, its end."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from config.embedded.addresses import DATABASE, POSTGRES_PORT
from config.embedded.binaries import postgres_bin
from config.embedded.errors import EmbeddedError
from config.embedded.placement import Placement, ServerUser, server_user
from config.embedded.processes import as_user, exists, is_alive, start_detached, stop, tail, wait_until

START_SECONDS = 60
RETRY_SECONDS = 10  # for a predecessor killed a moment ago, whose processes still hold the data
STOP_SECONDS = 30
SUPERUSER = "postgres"

# The first migration makes the other roles (app, sealer, vault, backup) as `owner`.
FIRST_STATEMENTS = f"""
CREATE ROLE owner LOGIN CREATEROLE CREATEDB BYPASSRLS;
GRANT pg_signal_backend TO owner;
CREATE DATABASE {DATABASE} OWNER owner;
"""

TUNING = {
    "listen_addresses": "",
    "port": str(POSTGRES_PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A failed statement or the value of a broken key may name a person: neither reaches the log.
    "log_error_verbosity": "terse",
    # Who was refused what: a role that tries to read the medical vault is named (`role@database`).
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
# For tests: a crash of the machine may lose the cluster, which is thrown away anyway.
HASTY = {
    "fsync": "off",
    "autovacuum": "off",  # a table that was empty when it was analysed is read whole: plans would depend on its timing
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "checkpoint_timeout": "1h",
}


def start(place: Placement, *, durable: bool) -> None:
    """Starts PostgreSQL, making the cluster first where there is none; does nothing when it runs."""
    if _running(place.postgres) and _ready(place.postgres):
        return
    user = server_user(place)
    programs = postgres_bin(user)
    if not (place.postgres / "PG_VERSION").exists():
        _create_cluster(place, programs, user)
    _forget_foreign_pid(place.postgres)
    log = place.logs / "postgres.log"

    def launch() -> bool:
        if not _running(place.postgres):
            pid = start_detached(_command(place, programs, durable), user=user, log=log, environment=_environment())
            wait_until(lambda: _ready(place.postgres) or not exists(pid), START_SECONDS)
        return _ready(place.postgres) or wait_until(lambda: _ready(place.postgres), 0.2)

    if not wait_until(launch, RETRY_SECONDS):
        raise EmbeddedError(f"PostgreSQL did not start. The end of {log}:\n{tail(log)}")


def shut_down(place: Placement) -> None:
    """Stops PostgreSQL: rolls back what is open, writes everything down."""
    pid = _pid(place.postgres)
    if pid is None:
        return
    signals = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
    stop(pid, folder=place.postgres, signals=signals, patience=STOP_SECONDS)
    if is_alive(pid, folder=place.postgres):
        raise EmbeddedError(f"PostgreSQL (process {pid}) does not stop")


def _create_cluster(place: Placement, programs: Path, user: ServerUser | None) -> None:
    """A cluster appears whole or not at all: it is made beside its place and then renamed."""
    partial = place.store / "postgres.new"
    if partial.exists():
        shutil.rmtree(partial)
    partial.mkdir(mode=0o700)
    if user is not None:
        os.chown(partial, user.uid, user.gid)
    locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
    options = ["--auth=trust", "--no-sync", "--no-instructions", f"--username={SUPERUSER}"]
    _run([programs / "initdb", "-D", partial, *locale, *options], user)
    _run([programs / "postgres", "--single", "-D", partial, "postgres"], user, FIRST_STATEMENTS)
    partial.rename(place.postgres)


def _run(command: list[str | Path], user: ServerUser | None, statements: str = "") -> None:
    done = subprocess.run(
        command,
        input=statements,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env=_environment(),
        umask=0o077,
        check=False,
        **as_user(user),
    )
    if done.returncode or "ERROR:" in done.stdout or "FATAL:" in done.stdout:
        raise EmbeddedError(f"the database could not be created:\n{done.stdout[-2000:]}")


def _command(place: Placement, programs: Path, durable: bool) -> list[str | Path]:
    settings = TUNING | _memory() if durable else TUNING | HASTY
    sockets = str(place.sockets).replace('"', '""')
    settings = settings | {"unix_socket_directories": f'"{sockets}"'}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [programs / "postgres", "-D", place.postgres, *options]


def _memory() -> dict[str, str]:
    """What the machine gives the server: a demo's share, unless `POSTGRES_SHARED_BUFFERS` says more (`6GB`)."""
    given = os.environ.get("POSTGRES_SHARED_BUFFERS")
    return {"shared_buffers": given} if given else {}


def _environment() -> dict[str, str]:
    """Nothing of ours (PG* variables, secrets) reaches the server."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _forget_foreign_pid(data: Path) -> None:
    """After a crash of the machine the recorded number may belong to another program by now."""
    pid = _pid(data)
    if pid is not None and exists(pid) and not is_alive(pid, folder=data):
        (data / "postmaster.pid").unlink()


def _running(data: Path) -> bool:
    pid = _pid(data)
    return pid is not None and is_alive(pid, folder=data)


def _ready(data: Path) -> bool:
    lines = _pid_file(data)
    return len(lines) > 7 and lines[7].strip() == "ready" and _running(data)


def _pid(data: Path) -> int | None:
    lines = _pid_file(data)
    return int(lines[0]) if lines and lines[0].isdigit() else None


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
