from pathlib import Path

import pytest

from config.embedded import addresses


def test_nothing_is_created_by_asking_for_an_address(tmp_path: Path) -> None:
    directory = tmp_path / "demo"

    addresses.database_settings(directory, "app")
    addresses.redis_url(directory)

    assert not directory.exists()


def test_django_connects_through_the_socket_as_the_role_asked_for(directory: Path) -> None:
    found = addresses.database_settings(directory, "app")

    assert found["USER"] == "app"
    assert found["NAME"] == "mutuelle"
    assert found["HOST"] == str(directory / "run")


def test_celery_gets_the_same_socket_in_its_own_words(directory: Path) -> None:
    assert addresses.redis_url(directory, 3) == f"unix://{directory}/run/valkey.sock?db=3"
    assert addresses.broker_url(directory, 3) == f"redis+socket://{directory}/run/valkey.sock?virtual_host=3"


def test_a_server_on_the_network_keeps_its_address_for_celery() -> None:
    assert addresses.as_broker("redis://cache.example.org:6379/2") == "redis://cache.example.org:6379/2"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("unix:///run/valkey.sock?db=0", "unix:///run/valkey.sock?db=7"),
        ("redis://cache.example.org:6379/0", "redis://cache.example.org:6379/7"),
    ],
)
def test_another_database_of_the_same_server(url: str, expected: str) -> None:
    assert addresses.numbered(url, 7) == expected
