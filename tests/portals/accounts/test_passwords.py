from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portals.accounts import common_passwords
from portals.accounts.common_passwords import PasswordListMissing, build
from portals.accounts.password_rules import stem_of, unit_of, without_walks, words_in
from portals.accounts.passwords import COMMON, GUESSABLE, KEYBOARD, PERSONAL, TOO_LONG, LightArgon2Hasher, refusal
from tests import builders

OWN = ["Jean Dupont", "1980-03-12", "jean.dupont@exemple.fr", "44100027", "Ateliers de la Rade"]


@pytest.mark.commitment("CGU-2.5")
@pytest.mark.asvs("6.2.1", "6.2.4", "6.2.8")
@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("motdepassemotdepasse", COMMON),
        ("Password123456789", COMMON),
        ("1qaz2wsx3edc4rfv", COMMON),
        ("azertyuiopqsdfgh", KEYBOARD),
        ("mlkjhgfdsqpoiuyt", KEYBOARD),
        ("soleilsoleil2024!", KEYBOARD),
        ("aaaaaaaaaaaaaaaaaa", KEYBOARD),
        ("abcabcabcabcabcabc", KEYBOARD),
        ("Jeandupont1980!!", PERSONAL),
        ("12031980-Dupont-Jean", PERSONAL),
        ("tnopudnaej44100027", PERSONAL),
        ("ateliersdelarade2026", PERSONAL),
        ("dupont-azertyuiop!", PERSONAL),
        ("loveyoubabygirl1", GUESSABLE),
        ("x" * 129, TOO_LONG),
    ],
)
def test_a_long_password_that_is_tried_first_is_refused(password: str, reason: str) -> None:
    assert refusal(password, OWN) == reason


@pytest.mark.commitment("CGU-2.5")
@pytest.mark.asvs("6.2.5", "6.2.9")
@pytest.mark.parametrize(
    "password",
    [
        "tournesol marmite éclair 9",
        "quatre-mouettes-sur-la-digue",
        "長い密碼短語也可以使用喔真的很長很長",
        "ZQ7K 4DHA PMRT XY99",
        "une phrase que personne d’autre que moi n’écrit, " * 2,
    ],
)
def test_any_sign_is_welcome_and_no_composition_is_asked(password: str) -> None:
    assert refusal(password, OWN) is None


def test_what_is_missing_is_counted() -> None:
    assert refusal("douze signes", OWN) == (
        "Il manque 3 caractères\u00a0: votre mot de passe doit compter au moins 15 caractères."
    )


def test_every_common_password_of_fifteen_signs_or_more_is_refused() -> None:
    from django.conf import settings

    with Path(settings.PASSWORD_LIST).open(encoding="utf-8", errors="replace") as lines:
        long_ones = [line.rstrip("\n") for line in lines if 15 <= len(line.rstrip("\n")) <= 128]
    assert len(long_ones) > 1000
    assert [entry for entry in long_ones[::7] if refusal(entry, []) is None] == []


def test_a_missing_list_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(PasswordListMissing):
        build(tmp_path / "absent.txt", tmp_path / "compact.bin")


def test_the_compact_file_finds_what_it_was_made_of(tmp_path: Path, settings: object) -> None:
    source = tmp_path / "list.txt"
    source.write_text("Motdepasse\ncourt\nÉléphant-rose\n", encoding="utf-8")
    assert build(source, tmp_path / "compact.bin") == 2
    settings.COMMON_PASSWORDS = tmp_path / "compact.bin"  # type: ignore[attr-defined]  # pytest-django's
    common_passwords._compact.cache_clear()
    try:
        assert common_passwords.is_common("MOTDEPASSE") and common_passwords.is_common("elephant-rose")
        assert not common_passwords.is_common("court") and not common_passwords.is_common("autre chose")
    finally:
        common_passwords._compact.cache_clear()


def test_parts_that_are_taken_away() -> None:
    assert without_walks("bleuazertyvert") == "bleuvert"
    assert unit_of("marin-marin-marin-") == "marin-"
    assert stem_of("2024!Château-fort99") == "chateau-fort"
    assert {"dupont", "jean", "12031980", "1980"} <= words_in(OWN)


def test_the_words_of_the_household_are_known_when_its_member_chooses(db: None) -> None:
    house = builders.household(member_number="60019999")
    person = builders.person(house, family_name="Kerguélen", given_names="Maëlle")
    builders.person(house, family_name="Kerguélen", given_names="Tugdual", role="child")
    account = builders.account(person)
    for password in ("Tugdual-Kerguelen!", "60019999-14031980", "kerguelen.maelle-14/03"):
        with pytest.raises(ValidationError):
            validate_password(password, account)
    validate_password("tournesol marmite éclair 9", account)


def test_the_hasher_of_the_tests_is_the_same_algorithm() -> None:
    assert LightArgon2Hasher().encode("tournesol", "selselselsel").startswith("argon2$argon2id$")
