"""Questions as they are typed, ballots of one length, and results that tell nobody's answer."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portals.anonymity.parts import LEAST
from privacy.consultations.rules import (
    REMARK_LENGTH,
    SEALED_BYTES,
    BadQuestions,
    Ballot,
    Question,
    questions_in,
    read,
    rest_of,
    tally,
    typed,
    written,
)

pytestmark = pytest.mark.commitment("PDP-1.6")
ASKED = Question("Faut-il ?", ("Oui", "Non", "Sans avis"))


def ballots(*counts: int) -> list[Ballot]:
    return [Ballot((choice,)) for choice, count in enumerate(counts) for _ in range(count)]


def told(*counts: int) -> list[int | None]:
    return [line.count for line in tally(ASKED, 0, ballots(*counts))]


def test_questions_are_typed_one_a_paragraph() -> None:
    text = "Faut-il ?\nOui\nNon\nSans avis\n\n\nComment ?\r\nE-mail\r\nCourrier\n"
    found = questions_in(text)
    assert found == (ASKED, Question("Comment ?", ("E-mail", "Courrier")))
    assert questions_in(typed(found)) == found


@pytest.mark.parametrize("text", ["", "Une question\nOui", "Faut-il ?\nOui\nOui", "\n\n".join(["A\nOui\nNon"] * 11)])
def test_what_is_no_list_of_questions_is_refused(text: str) -> None:
    with pytest.raises(BadQuestions):
        questions_in(text)


@given(st.lists(st.none() | st.integers(0, 7), max_size=10), st.text(max_size=REMARK_LENGTH))
def test_every_ballot_is_as_long_as_any_other_and_reads_back(chosen: list[int | None], remark: str) -> None:
    remark = remark.encode("utf-8", "ignore").decode()
    ballot = Ballot(tuple(chosen), remark)
    assert len(written(ballot)) == SEALED_BYTES
    assert read(written(ballot)) == ballot


def test_answers_of_ten_persons_are_told_and_those_of_fewer_are_told_together() -> None:
    assert told(40, 30, 20) == [40, 30, 20]
    assert told(40, 30, 0) == [40, 30, 0]
    assert told(40, 5, 6) == [40, None, None]
    assert told(40, 30, 4) == [40, None, None]  # four alone are the total less the others: thirty join them


@pytest.mark.parametrize("counts", [(43, 0, 0), (43, 3, 0), (5, 3, 1), (9, 0, 0), (0, 0, 0)])
def test_nothing_is_told_when_all_say_the_same_or_too_few_answer(counts: tuple[int, ...]) -> None:
    assert told(*counts) == []


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3), st.integers(0, 30))
def test_no_line_and_no_rest_stands_for_one_to_nine_persons(counts: list[int], silent: int) -> None:
    cast = [*ballots(*counts), *(Ballot((None,)) for _ in range(silent))]
    Random(1).shuffle(cast)
    lines = tally(ASKED, 0, cast)
    assert not [line for line in lines if line.count is not None and 0 < line.count < LEAST]
    if any(line.count is None for line in lines):
        assert rest_of(lines, len(cast)) >= LEAST
    elif lines:
        assert rest_of(lines, len(cast)) == 0
