"""Many lines through the engine at once: their guarantees, the law and what was consumed are read in sets."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from members.benefits.engine import Law, Unit, Used, guarantee_year
from members.benefits.explanation import as_line
from members.benefits.models import BenefitLine, LawParameter
from members.benefits.recomputing import Verdict, recompute
from members.benefits.rules import is_reversal
from members.coverage.models import Guarantee

ZERO = Decimal(0)
type Key = tuple[int, int, str]


class LawBook:
    """The law's figures by day, read once."""

    def __init__(self) -> None:
        self.rows = list(LawParameter.objects.values_list("code", "value", "valid_from", "valid_to"))
        self.known: dict[datetime.date, Law] = {}

    def on(self, day: datetime.date) -> Law:
        if day not in self.known:
            in_force = {
                code: value for code, value, start, end in self.rows if start <= day and (end is None or day <= end)
            }
            self.known[day] = Law.of(in_force)
        return self.known[day]


def verdicts(lines: Sequence[BenefitLine]) -> dict[int, Verdict]:
    """By line. Reversals, and lines whose plan has no guarantee for the family, have none. Three queries.

    `act_code` and `policy` must be loaded with the lines.
    """
    told = [line for line in lines if not is_reversal(line)]
    table = _guarantees(told)
    chosen = {line.pk: row for line in told if (row := _in_force(table, line)) is not None}
    judged = [line for line in told if line.pk in chosen]
    consumed = _consumed([line for line in judged if chosen[line.pk].annual_cap is not None])
    law = LawBook()
    found = {}
    for line in judged:
        row = chosen[line.pk]
        used = _used(consumed, line, row) if row.annual_cap is not None else ZERO
        found[line.pk] = recompute(line, as_line(row), Used(of_ceiling=used), law.on(line.care_date))
    return found


def _guarantees(lines: Iterable[BenefitLine]) -> dict[tuple[int, str], list[Guarantee]]:
    rows = Guarantee.objects.filter(
        plan_id__in={line.policy.plan_id for line in lines},
        act_family_id__in={line.act_code.family_id for line in lines},
    ).select_related("plan")
    table = defaultdict(list)
    for row in rows.order_by("-valid_from"):
        table[(row.plan_id, row.act_family_id)].append(row)
    return table


def _in_force(table: dict[tuple[int, str], list[Guarantee]], line: BenefitLine) -> Guarantee | None:
    for row in table.get((line.policy.plan_id, line.act_code.family_id), []):
        if row.valid_from <= line.care_date and (row.valid_to is None or line.care_date <= row.valid_to):
            return row
    return None


type Consumption = tuple[datetime.date, int, Decimal, Decimal]


def _consumed(lines: Sequence[BenefitLine]) -> dict[Key, list[Consumption]]:
    """Every line that may count before these, by person, policy and family. One query."""
    if not lines:
        return {}
    days = [line.care_date for line in lines]
    rows = BenefitLine.objects.filter(
        household_id__in={line.household_id for line in lines},
        person_id__in={line.person_id for line in lines},
        act_code__family_id__in={line.act_code.family_id for line in lines},
        care_date__range=(min(days) - datetime.timedelta(days=366), max(days)),
    ).values_list(
        "person_id", "policy_id", "act_code__family_id", "care_date", "id", "mutual_amount", "quantity"
    )  # fmt: skip
    found: dict[Key, list[Consumption]] = defaultdict(list)
    for person, policy, family, day, line_id, mutual, quantity in rows:
        acts = quantity if mutual > 0 else -quantity if mutual < 0 else ZERO
        found[(person, policy, family)].append((day, line_id, mutual, acts))
    return found


def _used(consumed: dict[Key, list[Consumption]], line: BenefitLine, row: Guarantee) -> Decimal:
    start, _end = guarantee_year(row.valid_from, line.care_date)
    before = [
        acts if row.cap_unit == Unit.ACTS else mutual
        for day, line_id, mutual, acts in consumed[(line.person_id, line.policy_id, line.act_code.family_id)]
        if start <= day and (day, line_id) < (line.care_date, line.pk)
    ]
    return max(ZERO, sum(before, ZERO))
