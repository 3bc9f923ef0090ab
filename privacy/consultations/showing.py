"""Results as pages and documents show them."""

from dataclasses import dataclass
from decimal import Decimal

from portals.presentation.formats import number, percent
from privacy.consultations.models import Consultation
from privacy.consultations.rules import rest_of

TOGETHER = "Les autres réponses, ensemble"


@dataclass(frozen=True)
class Line:
    """`number` and `share` are empty for an answer that is told with others; `is_rest`: those others together."""

    label: str
    number: str = ""
    share: str = ""
    width: str = "0"
    """Percents of the bar, with a point."""
    is_rest: bool = False


@dataclass(frozen=True)
class Shown:
    """A question. Without lines, its answers differ too little to be told."""

    words: str
    lines: tuple[Line, ...]


def shown(consultation: Consultation) -> list[Shown]:
    """Every question, with the answers that may be told; nothing at all under ten answers."""
    total = consultation.answers
    if total is None:
        return []
    found = []
    for question, told in consultation.told:
        lines = [_line(line.label, line.count, total) for line in told]
        if any(line.count is None for line in told):
            lines.append(_line(TOGETHER, rest_of(told, total), total, is_rest=True))
        found.append(Shown(question.words, tuple(lines)))
    return found


def _line(label: str, count: int | None, total: int, *, is_rest: bool = False) -> Line:
    if count is None:
        return Line(label)
    return Line(
        label, number(count), percent(Decimal(round(100 * count / total)) / 100), f"{100 * count / total:.2f}", is_rest
    )
