import threading

import pytest

from portals.accounts.limits import Limit, LimitReached, count
from portals.accounts.network import network_of

THREE = Limit("essai", 3, 60)


def test_the_fourth_post_is_refused(db: None) -> None:
    for _ in range(3):
        count(THREE, "203.0.113.1", "a")
    with pytest.raises(LimitReached) as reached:
        count(THREE, "203.0.113.1", "a")
    assert reached.value.seconds == 60
    count(THREE, "203.0.113.1", "b")


def test_posts_of_the_same_instant_are_all_counted(db: None) -> None:
    refused: list[int] = []

    def post() -> None:
        try:
            count(THREE, "instant")
        except LimitReached:
            refused.append(1)

    threads = [threading.Thread(target=post) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 17


def test_without_valkey_the_form_waits(db: None, settings: object) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]  # pytest-django's
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    with pytest.raises(LimitReached):
        count(THREE, "x")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_the_network_of_an_address(address: str, network: str) -> None:
    assert network_of(address) == network
