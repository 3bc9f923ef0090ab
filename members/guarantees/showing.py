"""A plan on a day as the page and the PDF tell it: need by need, with examples, then line by line."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from members.benefits.engine import Law
from members.benefits.explanation import SAID_RULES, as_line, law_on
from members.benefits.models import ActFamily
from members.coverage.models import Guarantee
from members.guarantees.examples import EXAMPLES, Plan, Worked, worked
from members.guarantees.queries import Held, facts_on, lines_of, table_on, versions_of
from members.guarantees.rules import Words, law_notes, words_of


@dataclass(frozen=True)
class ShownExample:
    """An example and the rules that made its amounts, in words."""

    worked: Worked
    said: list[str]

    @property
    def own_beside_deduction(self) -> Decimal:
        return self.worked.own - self.worked.deduction


@dataclass(frozen=True)
class Need:
    """What somebody goes to see a professional for. `row` is the line of the table, None when the plan has none."""

    code: str
    title: str
    label: str
    row: Guarantee | None
    words: Words
    examples: tuple[ShownExample, ...]
    law: list[str]


@dataclass(frozen=True)
class Line:
    """A line of the table, for whoever wants it whole."""

    row: Guarantee
    words: Words


@dataclass(frozen=True)
class Description:
    """A plan's guarantees on a day. `since`: the latest of its lines came into force. `versions`: the days it changed."""

    held: Held
    day: datetime.date
    versions: list[datetime.date]
    needs: tuple[Need, ...]
    lines: tuple[Line, ...]

    @property
    def since(self) -> datetime.date | None:
        return max((line.row.valid_from for line in self.lines), default=None)


NOTHING = Words("Rien de prévu", "Le tableau de cette formule ne prévoit rien à cette date.")


def description_of(held: Held, day: datetime.date, *, today: datetime.date) -> Description:
    """Four queries. The examples are those of an adult who has used nothing this year."""
    lines = lines_of(held.policy.plan_id)
    rows = table_on(lines, day)
    law = law_on(day)
    plan = Plan(
        lines={row.act_family_id: as_line(row) for row in rows},
        law=law,
        responsible=held.plan.responsible,
        alsace_moselle=held.alsace_moselle,
        day=day,
    )
    facts = facts_on(day)
    examples: dict[str, list[ShownExample]] = {}
    for example in EXAMPLES:
        if (done := worked(example, facts, plan)) is not None:
            said = [SAID_RULES[rule] for rule in done.rules if rule in SAID_RULES]
            examples.setdefault(example.family, []).append(ShownExample(done, said))
    by_family = {row.act_family_id: row for row in rows}
    needs = tuple(
        _need(family, by_family.get(family.code), tuple(examples.get(family.code, ())), law, plan.responsible)
        for family in ActFamily.objects.exclude(need="")
        if rows
    )
    return Description(
        held=held,
        day=day,
        versions=versions_of(lines, held.policy, until=today),
        needs=needs,
        lines=tuple(Line(row, words_of(as_line(row), row.act_family_id)) for row in rows),
    )


def _need(
    family: ActFamily, row: Guarantee | None, examples: tuple[ShownExample, ...], law: Law, responsible: bool
) -> Need:
    return Need(
        code=family.code,
        title=family.need,
        label=family.label,
        row=row,
        words=words_of(as_line(row), family.code) if row else NOTHING,
        examples=examples,
        law=law_notes(family.code, law, responsible=responsible),
    )
