import pytest

from config.demo.ports import NoFreePort, listen


def test_a_taken_port_gives_the_next_one() -> None:
    with listen(0) as first:
        taken = first.getsockname()[1]
        with listen(taken) as second:
            assert taken < second.getsockname()[1] < taken + 100


def test_it_listens_on_the_loopback_only() -> None:
    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_without_any_free_port_it_says_what_to_do() -> None:
    with listen(65_535), pytest.raises(NoFreePort, match="PORT="):
        listen(65_535)
