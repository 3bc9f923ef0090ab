"""Questions as the officer types them, what an answer may be, and what is told of the answers. Pure."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portals.anonymity.parts import LEAST, settled

MOST_QUESTIONS, MOST_CHOICES = 10, 8
REMARK_LENGTH = 600
"""Characters of the free text."""
SEALED_BYTES = 4096
"""Every ballot is filled up to this, so that its length tells nothing of what was written."""
LEAST_DAYS = 7
"""Days that a consultation stays open, at least."""
NO_ANSWER = "Sans réponse"


class BadQuestions(ValueError):
    """What was typed is not a list of questions; the message says what to mend, in French."""


@dataclass(frozen=True)
class Question:
    words: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Ballot:
    """The rank of what was chosen for each question, from 0; None for a question left aside."""

    chosen: tuple[int | None, ...]
    remark: str = ""


@dataclass(frozen=True)
class Told:
    """One line of a question. `count` None: told with the other lines that are in the rest."""

    label: str
    count: int | None

    def share_of(self, total: int) -> float | None:
        """Of all answers, between 0 and 1."""
        return None if self.count is None else self.count / total


def questions_in(text: str) -> tuple[Question, ...]:
    """A question for each paragraph: its words, then a line for each answer. Raises BadQuestions."""
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    questions = []
    for rank, paragraph in enumerate(paragraphs, 1):
        words, *choices = [line.strip() for line in paragraph.split("\n") if line.strip()]
        if not 2 <= len(choices) <= MOST_CHOICES:
            raise BadQuestions(f"La question {rank} a besoin de 2 à {MOST_CHOICES} réponses, une par ligne.")
        if len(set(choices)) < len(choices):
            raise BadQuestions(f"La question {rank} a deux fois la même réponse.")
        questions.append(Question(words, tuple(choices)))
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise BadQuestions(f"Il faut de 1 à {MOST_QUESTIONS} questions, séparées par une ligne vide.")
    return tuple(questions)


def typed(questions: Iterable[Question]) -> str:
    """The text that gives these questions."""
    return "\n\n".join("\n".join((one.words, *one.choices)) for one in questions)


def written(ballot: Ballot) -> bytes:
    """As it is sealed: always as long as any other."""
    text = json.dumps({"chosen": ballot.chosen, "remark": ballot.remark}, ensure_ascii=False).encode()
    if len(text) > SEALED_BYTES:
        raise ValueError("a remark is longer than the form lets it be")
    return text.ljust(SEALED_BYTES)


def read(content: bytes) -> Ballot:
    found = json.loads(content)
    return Ballot(tuple(found["chosen"]), found["remark"])


def tally(question: Question, rank: int, ballots: Sequence[Ballot]) -> list[Told]:
    """The lines of a question: none when the answers differ too little for any line to be told.

    A line of one to nine answers is told with others, until those that are told together are ten. A line of nobody is told:
    it speaks of nobody, except when all chose the same, which would tell the answer of each.
    """
    parts: dict[str, dict[int, int]] = defaultdict(dict)
    for number, ballot in enumerate(ballots):
        choice = ballot.chosen[rank] if rank < len(ballot.chosen) else None
        parts["" if choice is None else str(choice)][number] = 1
    rest = settled(parts, ())
    if len(ballots) < LEAST or len(parts) < 2 or parts.keys() <= rest:
        return []
    labels = {**{str(place): words for place, words in enumerate(question.choices)}, "": NO_ANSWER}
    return [
        Told(words, None if code in rest else len(parts.get(code, ())))
        for code, words in labels.items()
        if code or code in parts
    ]


def rest_of(lines: Iterable[Told], total: int) -> int:
    """The answers that are told together."""
    return total - sum(line.count or 0 for line in lines)


def as_json(lines: Iterable[Told]) -> list[Mapping[str, object]]:
    return [{"label": line.label, "count": line.count} for line in lines]
