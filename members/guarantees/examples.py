"""Worked examples, one or two for each need: a price that we chose, settled by the engine of amounts. Pure.

The prices are ours, for the example: ordinary ones, told as such on the page. Bases are those of the dated tariffs where
one is fixed; an act whose tariff varies has the base written here. An example that lacks a figure on a day is not shown.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from members.benefits.engine import (
    Care,
    GuaranteeLine,
    Law,
    Rule,
    Told,
    Used,
    basket_of,
    scheme_terms,
    settle,
)

ZERO = Decimal(0)


@dataclass(frozen=True)
class Act:
    """One act of an example. `expense` None: the tariff itself; `base` None: the tariff of the day. For `quantity` acts."""

    code: str
    expense: str | None
    base: str | None = None
    quantity: int = 1


@dataclass(frozen=True)
class Example:
    """`family` is the need under which it is shown."""

    family: str
    title: str
    acts: tuple[Act, ...]


EXAMPLES = (
    Example("MED", "Une consultation chez votre médecin traitant", (Act("G", None),)),
    Example("MED", "Un spécialiste signataire de l’OPTAM", (Act("CS", "55"),)),
    Example("AUXM", "Une séance de kinésithérapie", (Act("AMK", "20", "20"),)),
    Example("LABO", "Une prise de sang", (Act("B", "38", "38"),)),
    Example("PHAR", "Deux boîtes de médicaments à 65\u202f%", (Act("PH7", "18", "18", 2),)),
    Example("DESO", "Une carie soignée", (Act("SC", "43", "43"),)),
    Example("DENT", "Une couronne céramo-métallique à prix libre", (Act("PFC", "650"),)),
    Example("DEOR", "Un semestre d’orthodontie", (Act("TO", "750"),)),
    Example("OPTI", "Des lunettes de classe B, verres simples", (Act("M03", "130"), Act("VU1", "260", "0.10", 2))),
    Example("OPTI", "Une monture de classe A (100\u202f%\u00a0Santé)", (Act("M01", "30"),)),
    Example("AUDI", "Une aide auditive de classe 2", (Act("PAU", "1500"),)),
    Example("HOSP", "Une petite opération, chirurgien signataire de l’OPTAM", (Act("ADC", "160", "100"),)),
    Example("FJ", "Trois jours à l’hôpital", (Act("FJ", None, None, 3),)),
    Example("TRAN", "Un trajet en ambulance", (Act("ABA", "90", "90"),)),
    Example("RAC0", "Une couronne du panier 100\u202f%\u00a0Santé", (Act("CZ0", "440"),)),
    Example("RAC0", "Une aide auditive de classe 1", (Act("PAZ", "950"),)),
    Example("DOUX", "Une séance d’ostéopathie", (Act("OSTE", "55", "0"),)),
)
CODES = frozenset(act.code for example in EXAMPLES for act in example.acts)
NO_BASE = frozenset({"FJ"})
"""The scheme never pays the hospital's daily charge: its tariff is a price, and no base."""


@dataclass(frozen=True)
class ActFacts:
    """What the tables say of an act on a day. `deduction` is what the law withholds for one."""

    family: str
    rate: Decimal | None
    is_zero_basket: bool
    base: Decimal | None
    deduction: Decimal


@dataclass(frozen=True)
class Plan:
    """The lines in force by family, with what the engine asks beside them."""

    lines: Mapping[str, GuaranteeLine]
    law: Law
    responsible: bool
    alsace_moselle: bool
    day: datetime.date


@dataclass(frozen=True)
class Worked:
    """A settled example: the four amounts add up to the expense but for `deduction`, which is within `own`."""

    title: str
    expense: Decimal
    scheme: Decimal
    mutual: Decimal
    own: Decimal
    deduction: Decimal
    rules: tuple[Rule, ...]


def worked(example: Example, facts: Mapping[str, ActFacts], plan: Plan) -> Worked | None:
    """An adult within the care pathway, who has used nothing this year. None when a figure is missing on that day."""
    used: dict[str, Decimal] = {}
    totals = Worked(example.title, ZERO, ZERO, ZERO, ZERO, ZERO, ())
    for act in example.acts:
        fact = facts.get(act.code)
        told = _told(act, fact)
        if fact is None or told is None:
            return None
        care = _care(act, fact, told, plan)
        already = Used(of_ceiling=used.get(fact.family, ZERO))
        scheme = scheme_terms(care, told, already, plan.law)
        done = settle(care, scheme, plan.lines.get(fact.family), already, plan.law, responsible=plan.responsible)
        used[fact.family] = already.of_ceiling + (done.ceiling.taken if done.ceiling else ZERO)
        totals = replace(
            totals,
            expense=totals.expense + done.expense,
            scheme=totals.scheme + done.scheme,
            mutual=totals.mutual + done.mutual,
            own=totals.own + done.own,
            deduction=totals.deduction + done.deduction,
            rules=tuple(dict.fromkeys((*totals.rules, *(step.rule for step in done.steps)))),
        )
    return totals


def _told(act: Act, fact: ActFacts | None) -> Told | None:
    if fact is None or fact.rate is None:
        return None
    if act.code in NO_BASE:
        return Told(ZERO, ZERO) if fact.base is not None else None
    base = Decimal(act.base) if act.base is not None else fact.base
    return None if base is None else Told(base, fact.rate, fact.deduction)


def _care(act: Act, fact: ActFacts, told: Told, plan: Plan) -> Care:
    tariff = told.base if fact.base is None or act.code not in NO_BASE else fact.base * act.quantity
    return Care(
        act_code=act.code,
        family=fact.family,
        day=plan.day,
        expense=tariff if act.expense is None else Decimal(act.expense),
        quantity=Decimal(act.quantity),
        basket=basket_of(act.code, fact.family, zero_out_of_pocket=fact.is_zero_basket),
        alsace_moselle=plan.alsace_moselle,
        optam=True,
    )
