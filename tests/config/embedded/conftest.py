"""Directories for servers of a test's own; whatever runs in them at the end is stopped and removed."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded.placement import placement
from config.embedded.running import stop_services


def clean_up(directory: Path) -> None:
    place = placement(directory)
    stop_services(place)
    for folder in {place.store, place.sockets, directory}:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder that everybody may walk through, with a short name."""
    with tempfile.TemporaryDirectory(prefix="m-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@pytest.fixture
def directory(short_folder: Path) -> Iterator[Path]:
    directory = short_folder / "demo"
    yield directory
    clean_up(directory)


@pytest.fixture
def other_directory(short_folder: Path) -> Iterator[Path]:
    directory = short_folder / "other"
    yield directory
    clean_up(directory)


@pytest.fixture
def deep_directory(short_folder: Path) -> Iterator[Path]:
    """Too long a path for a Unix socket."""
    directory = short_folder / ("long-" * 12) / ("name-" * 12) / "demo"
    yield directory
    clean_up(directory)


@pytest.fixture
def private_directory(short_folder: Path) -> Iterator[Path]:
    """A directory inside a home that only its owner may enter, as root's is."""
    home = short_folder / "home"
    home.mkdir(mode=0o700)
    directory = home / "clone" / "var" / "demo"
    yield directory
    clean_up(directory)
