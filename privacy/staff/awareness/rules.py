"""Questions and their answers. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEAST, MOST = 3, 5
"""How many questions a module has."""
CHOICES = 3


@dataclass(frozen=True)
class Question:
    """`right`: the place of the right answer, from 0. `why` explains it, whatever was answered."""

    text: str
    choices: tuple[str, ...]
    right: int
    why: str

    def written(self) -> dict[str, Any]:
        return {"text": self.text, "choices": list(self.choices), "right": self.right, "why": self.why}


@dataclass(frozen=True)
class Answered:
    """A question with what was answered: the place of the choice, None when nothing was."""

    question: Question
    answer: int | None

    @property
    def is_right(self) -> bool:
        return self.answer == self.question.right

    @property
    def right_words(self) -> str:
        return self.question.choices[self.question.right]


class BadQuestions(ValueError):
    """Too few questions, too many, or one without its answer or its explanation."""


def questions_of(rows: Sequence[Mapping[str, Any]]) -> list[Question]:
    """Questions as they are kept."""
    return [Question(row["text"], tuple(row["choices"]), row["right"], row["why"]) for row in rows]


def check(questions: Sequence[Question]) -> None:
    """Raises BadQuestions."""
    whole = all(
        one.text and one.why and len(one.choices) >= 2 and all(one.choices) and 0 <= one.right < len(one.choices)
        for one in questions
    )
    if not whole or not LEAST <= len(questions) <= MOST:
        raise BadQuestions


def correct(questions: Sequence[Question], answers: Sequence[int | None]) -> list[Answered]:
    """Each question with its answer, in order."""
    return [Answered(question, answer) for question, answer in zip(questions, answers, strict=True)]
