"""The history of care of a household: benefit lines, month by month, as settlements tell them.

Each household and month has its own generator: a longer history, a larger portfolio or another day of the same year
only add lines (ceilings of the first year apart, since they are counted from the first line).
"""

import datetime
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from members.benefits import reference
from members.populate import plans
from members.populate.amounts import Rule, euros, shares
from members.populate.catalogue import ACTS, AGES, EPISODES, Periodic, Place, Step
from members.populate.network import professional_name
from members.populate.people import Household, Person, seeded

COLUMNS = (
    "benefit_ref", "policy_number", "person_ref", "care_date", "act_code", "act_label", "quantity", "professional_name",
    "expense", "base", "scheme_rate", "scheme_amount", "deduction", "mutual_amount", "other_amount", "paid_to",
    "payment_ref", "payment_date", "source",
)  # fmt: skip

MAJORITY = 18
DEDUCTION_CAP = 50_00  # a year, for the flat contributions and for the deductibles alike
ALSACE_MOSELLE_RATE = 90
ALSACE_MOSELLE_FAMILIES = {"MED", "AUXM", "LABO"}
REVERSED = 0.003
OTHER_PAYER = 0.006
PAYDAYS = (1, 4)  # Tuesday and Friday
QUOTED = {"PFC", "ICO", "TO", "VM1"}
FRANCHISE_FAMILIES = {"PHAR", "AUXM", "TRAN"}
CODES = reference.codes()
AGE_LIMITS = [age.under for age in AGES]
AGE_EPISODES = [(tuple(age.weights), tuple(accumulate(age.weights.values()))) for age in AGES]
ONE_DAY = datetime.timedelta(days=1)


class Event(NamedTuple):
    """One act that happens to one person of a household (`who`, an index)."""

    day: datetime.date
    who: int
    step: Step


@dataclass(slots=True)
class Memory:
    """What a person's calendar year remembers: deductions withheld and ceilings used, in cents."""

    year: int = 0
    deducted: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    def open(self, year: int) -> None:
        if year != self.year:
            self.year = year
            self.deducted.clear()
            self.used.clear()


@cache
def act_terms(act: str, day: datetime.date) -> tuple[int, int]:
    """Fixed base and deduction of an act on a day, in cents; 0 where there is none."""
    base = reference.tariff_at(act, "base", day)
    deduction = reference.tariff_at(act, "deduction", day)
    return int((base or 0) * 100), int((deduction or 0) * 100)


@cache
def scheme_percent(act: str, alsace_moselle: bool) -> int:
    """The scheme's rate for an act, in percents; the local scheme of Alsace-Moselle pays 90 % of town care."""
    code = CODES[act]
    if alsace_moselle and code.family in ALSACE_MOSELLE_FAMILIES:
        return ALSACE_MOSELLE_RATE
    return int((code.scheme_rate or 0) * 100)


def benefit_lines(home: Household, seed: int, since: datetime.date, until: datetime.date) -> Iterator[tuple[str, ...]]:
    """The lines of a household whose care lies between two days, both included, in the order of `COLUMNS`."""
    memories = [Memory() for _ in home.persons]
    month = since.replace(day=1)
    while month <= until:
        rng = seeded(seed, home.number, month.year * 12 + month.month)
        for sequence, event in enumerate(sorted(_events(rng, home, month), key=_order), start=1):
            if not (since <= event.day <= until and _covered(home.persons[event.who], event.day)):
                continue
            memory = memories[event.who]
            memory.open(event.day.year)
            line = _line(rng, home, memory, event, f"D{home.member_number}{month:%y%m}{sequence:03d}")
            yield line
            # Feeds tell a reversal through a second line. A withheld deduction would have to be given back apart, so
            # only lines without one are reversed.
            if rng.random() < REVERSED and line[12] == "0.00":
                yield _reversal(line)
        month = (month + datetime.timedelta(days=31)).replace(day=1)


def _order(event: Event) -> tuple[datetime.date, int]:
    return event.day, event.who


def _covered(person: Person, day: datetime.date) -> bool:
    return person.cover_start <= day and (person.cover_end is None or day <= person.cover_end)


def _events(rng: Random, home: Household, month: datetime.date) -> Iterator[Event]:
    """What begins in a month, for each person of the household."""
    for index, person in enumerate(home.persons):
        group = bisect_right(AGE_LIMITS, month.year - person.birth_date.year)
        names, weights = AGE_EPISODES[group]
        chosen = rng.choices(names, cum_weights=weights, k=_episode_count(rng, AGES[group].mean))
        for name in (*chosen, *_due(home.number * 6 + person.rank, AGES[group].periodic, month)):
            day = month + datetime.timedelta(days=rng.randrange(28))
            for step in EPISODES[name]:
                if step.chance == 1 or rng.random() < step.chance:
                    yield Event(day + datetime.timedelta(days=step.after), index, step)


def _due(number: int, periodic: tuple[Periodic, ...], month: datetime.date) -> Iterator[str]:
    """The periodic episodes of a person in a month: who needs what, and when, follows from the person's number."""
    when = month.year * 12 + month.month
    for salt, one in enumerate(periodic):
        scattered = (number * 2_654_435_761 + salt * 40_503) >> 7
        turn, phase = divmod(when + scattered, one.months)
        if phase == 0 and scattered % 100 < one.need:
            yield one.episodes[turn % len(one.episodes)]


def _episode_count(rng: Random, mean: float) -> int:
    """How many episodes begin in a month: 0 to 3, `mean` on average."""
    return int(rng.random() * 2 * mean + rng.random())


def _line(rng: Random, home: Household, memory: Memory, event: Event, ref: str) -> tuple[str, ...]:
    person, day, step = home.persons[event.who], event.day, event.step
    act = ACTS[step.act]
    code = CODES[step.act]
    quantity = act.quantities[int(rng.random() * len(act.quantities))]
    base, expense = _price(rng.random(), step.act, quantity, day)
    rate = scheme_percent(step.act, home.city.alsace_moselle)
    minor = day < person.birth_date.replace(year=person.birth_date.year + MAJORITY)
    deduction = 0 if minor else act_terms(step.act, day)[1] * (quantity if act.per_unit else 1)
    kind = "franchise" if code.family in FRANCHISE_FAMILIES else "participation"
    deduction = min(deduction, DEDUCTION_CAP - memory.deducted.get(kind, 0))
    guarantee = plans.guarantee_at(home.plan, code.family, day)
    ceiling = guarantee.amount
    if guarantee.basis == "FIXED":
        ceiling = min(ceiling, guarantee.annual_cap - memory.used.get(code.family, 0))
    part = shares(expense, base, rate, deduction, Rule(guarantee.basis, guarantee.percent, ceiling))
    if part.deduction:
        memory.deducted[kind] = memory.deducted.get(kind, 0) + part.deduction
    if guarantee.basis == "FIXED":
        memory.used[code.family] = memory.used.get(code.family, 0) + part.mutual
    left = expense - part.scheme - part.deduction - part.mutual
    other = left // 2 if left > 0 and rng.random() < OTHER_PAYER else 0
    # Households are faithful to their professionals, except for specialists.
    visit = int(rng.random() * 3) if act.place is Place.SPECIALIST else home.number
    payment = _payment(rng, home, step.act, day)
    return (
        ref, home.policy_number, person.ref, day.isoformat(), step.act, code.label, str(quantity),
        professional_name(home.number, act.place, visit), euros(expense), euros(base), euros(rate), euros(part.scheme),
        euros(part.deduction), euros(part.mutual), euros(other), *payment,
    )  # fmt: skip


def _price(draw: float, code: str, quantity: int, day: datetime.date) -> tuple[int, int]:
    """Base and expense of a line in cents. The hospital's daily charge has no base: the scheme never pays it."""
    act = ACTS[code]
    base, expense = act.prices[int(draw * len(act.prices))]
    if act.tariff:
        fixed = act_terms(code, day)[0]
        base, expense = (0, fixed) if code == "FJ" else (fixed, fixed + expense)
    return base * quantity, expense * quantity


def _payment(rng: Random, home: Household, code: str, day: datetime.date) -> tuple[str, str, str, str]:
    """Paid to, payment reference, payment date, source. A payment groups the lines of a household's payday."""
    act = ACTS[code]
    if rng.random() < act.third_party:
        source = "QUOTE" if code in QUOTED else "DRE"
        compact, date = payday(day, 2 + int(rng.random() * 4))
        return "professional", f"VIR{compact}{home.member_number}T{act.place:02d}", date, source
    if rng.random() < 0.06:
        source, delay = "PAPER", 9 + int(rng.random() * 16)
    else:
        source, delay = "QUOTE" if code in QUOTED else "NOEMIE", 3 + int(rng.random() * 5)
    compact, date = payday(day, delay)
    return "insured", f"VIR{compact}{home.member_number}", date, source


@lru_cache(maxsize=32_768)
def payday(day: datetime.date, delay: int) -> tuple[str, str]:
    """The first payday after a delay in days, as `20261103` and `2026-11-03`."""
    date = day + datetime.timedelta(days=delay)
    while date.weekday() not in PAYDAYS:
        date += ONE_DAY
    return f"{date:%Y%m%d}", date.isoformat()


def _reversal(line: tuple[str, ...]) -> tuple[str, ...]:
    """The line that cancels another: same act, day and payment, amounts negated."""
    negated = list(line)
    negated[0] = f"{line[0]}R"
    for column in (8, 11, 13, 14):
        if line[column] != "0.00":
            negated[column] = f"-{line[column]}"
    return tuple(negated)
