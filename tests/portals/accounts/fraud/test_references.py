"""Numbers of reports: random, with a key, telling nobody how many there are."""

from portals.accounts.fraud.references import draw, is_well_formed


def test_a_drawn_number_is_well_formed_and_says_the_year() -> None:
    for _ in range(200):
        reference = draw(2026)
        assert reference.startswith("FR-2026-") and is_well_formed(reference)


def test_numbers_do_not_follow_one_another() -> None:
    drawn = [int(draw(2026)[8:]) for _ in range(50)]
    assert len(set(drawn)) == 50 and drawn != sorted(drawn)


def test_one_mistyped_digit_shows() -> None:
    reference = draw(2026)
    for place in range(8, 18):
        other = str((int(reference[place]) + 1) % 10)
        assert not is_well_formed(reference[:place] + other + reference[place + 1 :])


def test_nothing_else_is_a_number() -> None:
    for text in ("", "FR-2026-1", "FR-2026-12345678901", "XX-2026-1234567897", "FR-2026-１２３４５６７８９７"):
        assert not is_well_formed(text)
