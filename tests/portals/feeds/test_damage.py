"""Damaged files against the database; the long form is `python -m tests.fuzz.feeds`."""

from pathlib import Path

import pytest

from tests.builders.feed_files import load_portfolio
from tests.fuzz.damage import damaged
from tests.fuzz.judge import contents, judge

pytestmark = pytest.mark.django_db

SEEDS, EACH = 300, 25


@pytest.mark.parametrize("first", range(0, SEEDS, EACH))
def test_a_damaged_file_gives_words_or_exact_rejects(first: int, tmp_path: Path) -> None:
    load_portfolio(tmp_path)
    files = contents()
    for seed in range(first, first + EACH):
        kind, done, content = damaged(seed, files)
        try:
            judge(kind, content, tmp_path)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {kind}, {done}: {error}") from error


@pytest.mark.parametrize("kind", ["persons", "benefits"])
def test_a_file_cut_at_any_byte_is_refused_or_whole_rows_of_it_are_loaded(kind: str, tmp_path: Path) -> None:
    load_portfolio(tmp_path)
    whole = contents()[kind]
    ends = {place + 1 for place in range(len(whole)) if whole[place : place + 1] == b"\n"}
    for place in range(0, len(whole), 7):
        outcome = judge(kind, whole[:place], tmp_path)
        # Before `\n` nothing of the row is missing when its last value shows its own end.
        assert outcome == "refused" or place in ends or place + 1 in ends or place + 2 in ends, place
