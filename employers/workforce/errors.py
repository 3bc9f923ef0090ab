"""What may go wrong with an operation on the workforce, by its name."""

from collections.abc import Sequence

from employers.workforce.rules import Problem
from members.enrolment.actions import UsedSince

__all__ = [
    "AlreadyCovered",
    "ChangedSince",
    "Duplicate",
    "OutOfBounds",
    "Refused",
    "RowsRefused",
    "UndoTooLate",
    "UsedSince",
    "refusal_of",
]


class Refused(Exception):
    """What was told does not hold; `problems` says why, field by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = tuple(problems)


class AlreadyCovered(Refused):
    """The person is affiliated to this company already."""


class Duplicate(Refused):
    """Two rows are one person, or bear one employee number."""


class OutOfBounds(Refused):
    """A date before the contract, too long ago or too far ahead."""


class RowsRefused(Exception):
    """Rows of a bulk that do not hold: problems by their place, from 0. Nothing was written."""

    def __init__(self, problems: dict[int, list[Problem]]) -> None:
        super().__init__(f"{len(problems)} rows")
        self.problems = problems


class UndoTooLate(Exception):
    """The 24 hours have passed, or it is undone already."""


class ChangedSince(Exception):
    """A later operation touched one of its employees: that one is undone first."""


OF_CODES: dict[str, type[Refused]] = {
    "already_covered": AlreadyCovered,
    "duplicate": Duplicate,
    "duplicate_number": Duplicate,
    "before_contract": OutOfBounds,
    "after_contract": OutOfBounds,
    "before_start": OutOfBounds,
    "too_old": OutOfBounds,
    "too_far": OutOfBounds,
}


def refusal_of(problems: Sequence[Problem]) -> Refused:
    """The error of the first problem, with all of them."""
    return OF_CODES.get(problems[0].code, Refused)(problems)
