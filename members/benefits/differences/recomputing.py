"""Many lines through the engine at once: their guarantees, the law and what was consumed are read in sets."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from members.benefits.engine import Law, Unit, Used, guarantee_year
from members.benefits.explanation import as_line, taken_from_ceiling
from members.benefits.models import BenefitLine, LawParameter
from members.benefits.recomputing import Verdict, recompute
from members.benefits.rules import is_reversal
from members.coverage.models import Guarantee

ZERO = Decimal(0)
YEAR = datetime.timedelta(days=366)
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


def seen_in_another_light(lines: Sequence[BenefitLine], *, up_to: int) -> list[BenefitLine]:
    """Lines seen before (`up_to` a number) whose verdict these change: what they cancel, what they take ceiling from.

    One query.
    """
    if not lines:
        return []
    first: dict[Key, datetime.date] = {}
    for line in lines:
        first[_key(line)] = min(line.care_date, first.get(_key(line), line.care_date))
    has_ceiling = Guarantee.objects.filter(
        plan_id=OuterRef("policy__plan_id"), act_family_id=OuterRef("act_code__family_id"), annual_cap__gt=0
    )
    later = BenefitLine.objects.filter(
        Exists(has_ceiling) | Q(care_date__in={line.care_date for line in lines if is_reversal(line)}),
        household_id__in={line.household_id for line in lines},
        person_id__in={line.person_id for line in lines},
        care_date__range=(min(first.values()), max(first.values()) + YEAR),
        pk__lte=up_to,
    ).exclude(pk__in=[line.pk for line in lines])
    rows = later.select_related("act_code", "policy")
    return [row for row in rows if _key(row) in first and row.care_date >= first[_key(row)]]


def _key(line: BenefitLine) -> Key:
    return line.person_id, line.policy_id, line.act_code.family_id


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


class Consumption(NamedTuple):
    """What one line takes from a ceiling, in euros and in acts."""

    day: datetime.date
    line_id: int
    euros: Decimal
    acts: Decimal


def _consumed(lines: Sequence[BenefitLine]) -> dict[Key, list[Consumption]]:
    """Every line that may count before these, by person, policy and family. One query."""
    if not lines:
        return {}
    days = [line.care_date for line in lines]
    rows = BenefitLine.objects.filter(
        household_id__in={line.household_id for line in lines},
        person_id__in={line.person_id for line in lines},
        act_code__family_id__in={line.act_code.family_id for line in lines},
        care_date__range=(min(days) - YEAR, max(days)),
    ).values_list(
        "person_id", "policy_id", "act_code__family_id", "care_date", "id", "mutual_amount",
        taken_from_ceiling(Unit.ACTS),
    )  # fmt: skip
    found: dict[Key, list[Consumption]] = defaultdict(list)
    for person, policy, family, *consumption in rows:
        found[(person, policy, family)].append(Consumption(*consumption))
    return found


def _used(consumed: dict[Key, list[Consumption]], line: BenefitLine, row: Guarantee) -> Decimal:
    start, _end = guarantee_year(row.valid_from, line.care_date)
    before = [
        one.acts if row.cap_unit == Unit.ACTS else one.euros
        for one in consumed[_key(line)]
        if start <= one.day and (one.day, one.line_id) < (line.care_date, line.pk)
    ]
    return max(ZERO, sum(before, ZERO))
