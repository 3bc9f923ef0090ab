import pytest

from portals.accounts.security.rules import PROOF_LASTS, device_in_words, is_fresh

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"{WINDOWS[:-1]}; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox sur Windows"),
        (f"{WINDOWS} {CHROME} Safari/537.36", "Chrome sur Windows"),
        (f"{WINDOWS} {CHROME} Safari/537.36 Edg/131.0", "Edge sur Windows"),
        (f"{WINDOWS} {CHROME} Safari/537.36 OPR/115.0", "Opera sur Windows"),
        (f"{MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari sur Mac"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1",
            "Safari sur iPhone",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) CriOS/131.0 Mobile Safari/604.1", "Chrome sur iPhone"),
        (f"Mozilla/5.0 (Linux; Android 14; SM-S911B) {CHROME} Mobile Safari/537.36", "Chrome sur Android"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0", "Firefox sur Android"),
        ("curl/8.0", "Appareil non reconnu"),
        ("", "Appareil non reconnu"),
        ("Links (2.29; Linux 6.1)", "Linux"),
    ],
)
def test_a_device_is_said_in_plain_words(user_agent: str, words: str) -> None:
    assert device_in_words(user_agent) == words


def test_a_proof_is_fresh_for_five_minutes_and_never_before_it_is_given() -> None:
    assert is_fresh(1000, 1000 + PROOF_LASTS - 1)
    assert not is_fresh(1000, 1000 + PROOF_LASTS)
    assert not is_fresh(1000, 999)
    assert not is_fresh(None, 1000)
