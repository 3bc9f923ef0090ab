"""Codes: RFC 6238's own vectors, what is good once, what is drawn, what a person may type."""

import pytest

from portals.accounts.second_factor import rules

RFC_KEY = b"12345678901234567890"


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    assert rules.code_of_step(RFC_KEY, at // 30) == code
    assert rules.matching_step(RFC_KEY, code, at=at, last_step=-1) == at // 30


def test_a_clock_may_be_one_step_away_and_no_more() -> None:
    at = 1_000_000 * 30
    for step, is_good in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        code = rules.code_of_step(RFC_KEY, 1_000_000 + step)
        assert (rules.matching_step(RFC_KEY, code, at=at, last_step=-1) is not None) is is_good


@pytest.mark.asvs("6.5.1")
def test_a_code_that_has_served_and_those_before_it_are_refused() -> None:
    at = 1_000_000 * 30
    served = rules.code_of_step(RFC_KEY, 1_000_000)
    assert rules.matching_step(RFC_KEY, served, at=at, last_step=1_000_000) is None
    assert rules.matching_step(RFC_KEY, rules.code_of_step(RFC_KEY, 999_999), at=at, last_step=1_000_000) is None
    assert rules.matching_step(RFC_KEY, rules.code_of_step(RFC_KEY, 1_000_001), at=at, last_step=1_000_000) == 1_000_001


@pytest.mark.parametrize(
    "typed", ["", "28708", "2870822", "٢٨٧٠٨٢", "２８７０８２", "28708²", "-87082", "0x1F4A", "287 82a"]
)
def test_what_is_not_six_ascii_digits_is_never_a_code(typed: str) -> None:
    assert rules.matching_step(RFC_KEY, rules.as_typed(typed), at=59, last_step=-1) is None


def test_spaces_dashes_and_small_letters_do_not_count() -> None:
    assert rules.as_typed(" 287\u202f082\n") == "287082"
    assert rules.as_typed("7kqm-4dha - ex9w") == "7KQM4DHAEX9W"


@pytest.mark.asvs("6.5.3", "6.5.4")
def test_recovery_codes_are_drawn_apart_and_hold_more_than_twenty_bits() -> None:
    drawn = {rules.draw_recovery_code() for _ in range(500)}
    assert len(drawn) == 500
    assert all(len(rules.as_typed(code)) == 12 for code in drawn)
    assert len({rules.draw_key() for _ in range(100)}) == 100


@pytest.mark.asvs("6.5.2")
def test_a_digest_depends_on_its_salt_and_not_on_how_the_code_was_typed() -> None:
    one, other = rules.draw_salt(), rules.draw_salt()
    assert rules.digest("7KQM-4DHA-EX9W", one) == rules.digest("7kqm 4dha ex9w", one)
    assert rules.digest("7KQM-4DHA-EX9W", one) != rules.digest("7KQM-4DHA-EX9W", other)


def test_the_key_is_written_as_applications_read_it() -> None:
    assert rules.grouped(rules.written_key(RFC_KEY)) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    address = rules.key_address(RFC_KEY, issuer="Mutuelle : Estran", account="1234567897")
    assert address == (
        "otpauth://totp/Mutuelle%20%20Estran%3A1234567897"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Mutuelle%20%20Estran&digits=6&period=30"
    )


def test_the_wait_stops_doubling_so_that_nobody_shuts_a_device_for_good() -> None:
    assert [rules.slowed_by(count) for count in (1, 3, 4, 5, 10_000)] == [1, 3, 4, 4, 4]
