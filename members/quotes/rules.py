"""What an act or a quote would give, and until when one may count on it. Pure: no database, no clock.

The engine of amounts does the arithmetic of each line; here, lines of one quote share the year's ceilings and the
law's limits, and every base that nobody told is presumed in a way that is said.
"""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from members.benefits import engine
from members.benefits.engine import (
    Care,
    GuaranteeLine,
    Law,
    SchemeTerms,
    Settlement,
    Told,
    Used,
    basket_of,
    scheme_terms,
    settle,
)
from members.benefits.engine.scheme import FRANCHISE_FAMILIES
from portals.dates import months_after

ZERO = Decimal(0)
VALID_MONTHS = 2
"""Tariffs, the law's figures and what is used of ceilings move: two months, and never beyond the year of care."""
FARTHEST_DAYS = 365
PRICED_APART = frozenset({"DENT", "DEOR", "OPTI", "AUDI", "RAC0", "DOUX"})
"""Families whose prices say nothing of the scheme's base: without it, the scheme's part is counted as nothing."""


class BaseFrom(StrEnum):
    """Where the base of a line comes from."""

    TARIFF = "tariff"
    QUOTE = "quote"
    PRICE = "price"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Act:
    """An act code, as the reference tables have it."""

    code: str
    label: str
    family: str
    scheme_rate: Decimal
    zero_out_of_pocket: bool


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One priced line. `price` and `base` are of the whole line, `quantity` acts or days; `base` None when not told."""

    label: str
    act: Act
    price: Decimal
    quantity: Decimal = Decimal(1)
    base: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tariff:
    """What is fixed for one unit of an act on the day of care, in euros."""

    base: Decimal | None = None
    deduction: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the person says of the care, and what is known of them that day."""

    day: datetime.date
    is_minor: bool = False
    early_renewal: bool = False
    alsace_moselle: bool = False
    coordinated: bool = True
    optam: bool | None = None


@dataclass(frozen=True)
class Terms:
    """The contract and the law on the day of care, and what was used of them. `guarantees` and `used` by family."""

    responsible: bool
    law: Law
    guarantees: Mapping[str, GuaranteeLine] = field(default_factory=dict)
    tariffs: Mapping[str, Tariff] = field(default_factory=dict)
    used: Mapping[str, Decimal] = field(default_factory=dict)
    participation: Decimal = ZERO
    franchise: Decimal = ZERO
    last_equipment: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class EstimatedLine:
    """A line with what it would give."""

    line: QuoteLine
    base_from: BaseFrom
    scheme: SchemeTerms
    settlement: Settlement


@dataclass
class _Consumed:
    """What earlier lines of the same quote take from ceilings and limits."""

    ceilings: dict[str, Decimal]
    participation: Decimal
    franchise: Decimal
    on_day: dict[str, Decimal]


def estimate(lines: Sequence[QuoteLine], circumstances: Circumstances, terms: Terms) -> list[EstimatedLine]:
    """Each line, in the order of the quote: what one takes from a ceiling is not there for the next."""
    consumed = _Consumed(
        ceilings=defaultdict(Decimal, terms.used),
        participation=terms.participation,
        franchise=terms.franchise,
        on_day=defaultdict(Decimal),
    )
    return [_estimated(line, circumstances, terms, consumed) for line in lines]


def _estimated(line: QuoteLine, circumstances: Circumstances, terms: Terms, consumed: _Consumed) -> EstimatedLine:
    act, tariff = line.act, terms.tariffs.get(line.act.code, Tariff())
    base, base_from = base_of(line, tariff)
    care = Care(
        act_code=act.code,
        family=act.family,
        day=circumstances.day,
        expense=line.price,
        quantity=line.quantity,
        basket=basket_of(act.code, act.family, zero_out_of_pocket=act.zero_out_of_pocket),
        is_minor=circumstances.is_minor,
        early_renewal=circumstances.early_renewal,
        alsace_moselle=circumstances.alsace_moselle,
        coordinated=circumstances.coordinated or act.family != "MED",
        optam=circumstances.optam,
    )
    kind = _kind_of_deduction(act.family)
    used = Used(
        of_ceiling=max(ZERO, consumed.ceilings[act.family]),
        participation=consumed.participation,
        franchise=consumed.franchise,
        on_day=consumed.on_day[kind],
        last_equipment=terms.last_equipment,
    )
    scheme = scheme_terms(care, Told(base, act.scheme_rate, tariff.deduction), used, terms.law)
    guarantee = terms.guarantees.get(act.family)
    settlement = settle(care, scheme, guarantee, used, terms.law, responsible=terms.responsible)
    _consume(consumed, act.family, kind, settlement)
    return EstimatedLine(line, base_from, scheme, settlement)


def _consume(consumed: _Consumed, family: str, kind: str, settlement: Settlement) -> None:
    if settlement.ceiling is not None:
        consumed.ceilings[family] += settlement.ceiling.taken
    consumed.on_day[kind] += settlement.deduction
    if family in FRANCHISE_FAMILIES:
        consumed.franchise += settlement.deduction
    else:
        consumed.participation += settlement.deduction


def _kind_of_deduction(family: str) -> str:
    """What a day's limit counts together: participations, or franchises of one family."""
    return family if family in FRANCHISE_FAMILIES else "participation"


def base_of(line: QuoteLine, tariff: Tariff) -> tuple[Decimal, BaseFrom]:
    """The scheme's base for the whole line: as the quote says, as the tariff fixes, or presumed."""
    if line.base is not None:
        return line.base, BaseFrom.QUOTE
    if tariff.base is not None:
        return tariff.base * line.quantity, BaseFrom.TARIFF
    if not line.act.scheme_rate or line.act.family in PRICED_APART:
        return ZERO, BaseFrom.NONE
    return line.price, BaseFrom.PRICE


def valid_until(today: datetime.date, care_date: datetime.date, *ends: datetime.date | None) -> datetime.date:
    """The last day on which the amounts may be counted on: `ends` are those of the cover and of the guarantees."""
    year_end = datetime.date(care_date.year, 12, 31)
    return min([months_after(today, VALID_MONTHS), year_end, *(end for end in ends if end is not None)])


@cache
def engine_version() -> str:
    """Twelve hexadecimal digits that change with any change of the code of the engine, or of this module."""
    digest = hashlib.sha256()
    for source in (*sorted(Path(engine.__file__).parent.glob("*.py")), Path(__file__)):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True)
class Amounts:
    """Sums of several lines, in euros; `acts` are their codes."""

    expense: Decimal
    base: Decimal
    scheme: Decimal
    mutual: Decimal
    other: Decimal
    acts: frozenset[str]

    @property
    def own(self) -> Decimal:
        return self.expense - self.scheme - self.mutual - self.other

    def less(self, foreseen: "Amounts") -> dict[str, Decimal]:
        """What was paid beyond what was foreseen, by payer."""
        names = ("expense", "scheme", "mutual", "own")
        return {name: getattr(self, name) - getattr(foreseen, name) for name in names}


class Cause(StrEnum):
    """Why what was paid is not what was foreseen, in the order in which they are told."""

    SAME = "same"
    ACTS = "acts"
    PRICE = "price"
    BASE = "base"
    SCHEME = "scheme"
    OTHER = "other"
    MUTUAL = "mutual"


def causes_of(foreseen: Amounts, paid: Amounts) -> list[Cause]:
    """What explains the difference, `SAME` alone when there is none."""
    found = []
    if paid.acts != foreseen.acts:
        found.append(Cause.ACTS)
    if paid.expense != foreseen.expense:
        found.append(Cause.PRICE)
    if paid.base != foreseen.base:
        found.append(Cause.BASE)
    elif paid.scheme != foreseen.scheme:
        found.append(Cause.SCHEME)
    if paid.other:
        found.append(Cause.OTHER)
    if paid.mutual != foreseen.mutual and not found:
        found.append(Cause.MUTUAL)
    return found or [Cause.SAME]


def total(lines: Iterable[EstimatedLine]) -> Amounts:
    """What a quote would give as a whole."""
    rows = list(lines)
    return Amounts(
        expense=sum((row.settlement.expense for row in rows), ZERO),
        base=sum((row.scheme.base for row in rows), ZERO),
        scheme=sum((row.settlement.scheme for row in rows), ZERO),
        mutual=sum((row.settlement.mutual for row in rows), ZERO),
        other=sum((row.settlement.other for row in rows), ZERO),
        acts=frozenset(row.line.act.code for row in rows),
    )
