"""Until when a medical case is kept, day by day."""

import datetime

import pytest

from privacy.vault.rules import Cover, Life, Outcome, erase_on, is_for_adviser_alone, outcomes_for

pytestmark = pytest.mark.commitment("PDP-3.12")

BEGUN, SENT, ENDED = datetime.date(2026, 1, 10), datetime.date(2026, 1, 31), datetime.date(2030, 6, 30)


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        (Life(Cover.LOAN, BEGUN), datetime.date(2026, 4, 10)),
        (Life(Cover.LOAN, BEGUN, SENT), datetime.date(2031, 1, 31)),
        (Life(Cover.LOAN, BEGUN, SENT, Outcome.REFUSE), datetime.date(2031, 1, 31)),
        (Life(Cover.DEATH, BEGUN, SENT, Outcome.POSTPONE), datetime.date(2031, 1, 31)),
        (Life(Cover.LETTER, BEGUN, SENT, Outcome.ANSWERED), datetime.date(2031, 1, 31)),
        (Life(Cover.LOAN, BEGUN, SENT, Outcome.ACCEPT), None),
        (Life(Cover.LOAN, BEGUN, SENT, Outcome.ACCEPT, ENDED), datetime.date(2032, 6, 30)),
        (Life(Cover.DISABILITY, BEGUN, SENT, Outcome.EXCLUDE, ENDED), datetime.date(2032, 6, 30)),
        (Life(Cover.DEATH, BEGUN, SENT, Outcome.ACCEPT, ENDED), datetime.date(2040, 6, 30)),
    ],
)
def test_each_case_has_its_term(life: Life, expected: datetime.date | None) -> None:
    assert erase_on(life) == expected


def test_two_years_after_the_answer_the_adviser_is_alone() -> None:
    answered = datetime.date(2026, 3, 1)
    assert not is_for_adviser_alone(answered, datetime.date(2028, 2, 29))
    assert is_for_adviser_alone(answered, datetime.date(2028, 3, 1))
    assert not is_for_adviser_alone(None, datetime.date(2050, 1, 1))


@pytest.mark.commitment("PDP-4.6")
def test_what_comes_out_is_one_of_four_words() -> None:
    assert set(outcomes_for(Cover.LOAN)) == {"accept", "exclude", "postpone", "refuse"}
    assert outcomes_for(Cover.LETTER) == (Outcome.ANSWERED,)
