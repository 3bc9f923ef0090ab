import os
from pathlib import Path

import pytest

from config.embedded.placement import LONGEST_SOCKET, LONGEST_SOCKET_NAME, Placement, ServerUser, placement

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the servers to another user")
STRANGER = ServerUser(uid=65_000, gid=65_000)


def test_everything_lies_in_the_directory(directory: Path) -> None:
    assert placement(directory) == Placement(directory, store=directory, sockets=directory / "run")


def test_too_long_a_path_moves_the_sockets_only(deep_directory: Path) -> None:
    place = placement(deep_directory)

    assert place.store == deep_directory
    assert len(str(place.sockets / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET


def test_two_long_paths_do_not_share_their_sockets(deep_directory: Path) -> None:
    assert placement(deep_directory).sockets != placement(deep_directory / "2").sockets


@as_root
def test_under_a_private_home_the_data_lies_where_the_servers_may_walk(private_directory: Path) -> None:
    place = placement(private_directory)

    assert place.linked
    assert STRANGER.may_enter(place.store)


def test_a_stranger_may_not_enter_a_private_home(private_directory: Path) -> None:
    assert not STRANGER.may_enter(private_directory)
    assert STRANGER.may_enter(private_directory.parents[3])
