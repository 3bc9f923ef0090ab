"""The account of one contract for one year, drawn from its people: what is told, rounded, beside the year before. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from employers.technical.rules import (
    AGES,
    SEXES,
    STRUCTURES,
    Covered,
    Level,
    Table,
    level_of,
)
from employers.technical.suppression import Breakdown, breakdowns
from portals.anonymity.parts import may_be_compared, rounded

REST_LABEL = "Lignes non détaillées, ensemble"


@dataclass(frozen=True)
class Line:
    """One line of a table. `amount` None: told with others, in the line that `is_rest`."""

    table: Table
    code: str
    label: str
    amount: Decimal | None
    is_rest: bool = False
    variation: Decimal | None = None


@dataclass(frozen=True)
class Before:
    """The published account of the year before, and the people it was drawn from. `lines`: amounts by table and code."""

    people: Sequence[Covered]
    benefits: Decimal | None
    lines: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    level: Level
    benefits: Decimal | None = None
    variation: Decimal | None = None
    lines: tuple[Line, ...] = ()


def draw(people: Sequence[Covered], families: Mapping[str, str], before: Before | None = None) -> Drawn:
    """What may be told of these people. `families`: the label of each family of care, in the order of the table."""
    employees = sum(covered.was_covered and covered.structure == "member" for covered in people)
    consumers = [covered for covered in people if covered.care]
    level = level_of(employees, len(consumers))
    if level == Level.NOTHING:
        return Drawn(level)
    benefits = rounded(sum(sum(covered.care.values()) for covered in consumers))
    comparison = _Comparison(people, before)
    variation = comparison.variation(benefits, None, "", before.benefits if before else None)
    if level == Level.TOTALS:
        return Drawn(level, benefits, variation)
    labels = {Table.FAMILY: families, Table.STRUCTURE: STRUCTURES, Table.AGE: AGES, Table.SEX: SEXES}
    told = breakdowns(people)
    lines = [line for table in Table for line in _lines(table, told[table], labels[table], comparison)]
    return Drawn(level, benefits, variation, tuple(lines))


@dataclass(frozen=True)
class _Comparison:
    """The two years side by side: who is in a line of the one and not of the other."""

    people: Sequence[Covered]
    before: Before | None

    def variation(self, amount: Decimal, table: Table | None, code: str, earlier: Decimal | None) -> Decimal | None:
        """None unless the line was told, and those covered, like those with care, differ by nobody or by ten at least."""
        if self.before is None or earlier is None:
            return None
        for with_care in (False, True):
            sets = [_within(people, table, code, with_care=with_care) for people in (self.before.people, self.people)]
            if not may_be_compared(*sets):
                return None
        return amount - earlier


def _within(people: Sequence[Covered], table: Table | None, code: str, *, with_care: bool) -> set[int]:
    """Who is covered, or has care, in a line; in the whole contract without a table. Everybody may have care of a family."""
    place = {Table.STRUCTURE: "structure", Table.AGE: "age", Table.SEX: "sex"}.get(table) if table else None
    return {
        covered.person
        for covered in people
        if (covered.care if with_care else covered.was_covered)
        and (place is None or getattr(covered, place) == code)
        and not (with_care and table == Table.FAMILY and code not in covered.care)
    }


def _lines(table: Table, told: Breakdown, labels: Mapping[str, str], comparison: _Comparison) -> list[Line]:
    """The lines of the fixed cut, those without any care at zero; none when nothing of the table is shown."""
    if not told.shown:
        return []
    before = comparison.before.lines if comparison.before else {}
    lines = []
    for code, label in labels.items():
        if code in told.rest:
            lines.append(Line(table, code, label, None))
            continue
        amount = rounded(told.shown.get(code, 0))
        variation = comparison.variation(amount, table, code, before.get((table.value, code)))
        lines.append(Line(table, code, label, amount, variation=variation))
    if told.rest:
        lines.append(Line(table, "", REST_LABEL, rounded(told.rest_amount), is_rest=True))
    return lines
