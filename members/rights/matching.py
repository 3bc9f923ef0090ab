"""From a question to the cards that it finds: one statement (`members.rights.statement`), then the rules of the card."""

import datetime
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection

from members.card.contents import Beneficiary, CardContent
from members.card.material import Line, Material, PlanFacts, PolicyFacts, Rate
from members.card.rules import Span, span_of
from members.rights.questions import Question, Typed

ASK = "SELECT * FROM members_rights_asked(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
KEPT_GRIDS = 512


@dataclass(frozen=True)
class Look:
    """What the person will read of it."""

    at: datetime.datetime
    reference: str
    practice_name: str
    profession: str
    place: str


@dataclass(frozen=True)
class Found:
    """`contents` are cards in either case: when nobody was found, of a household drawn at random."""

    is_found: bool
    household_id: int | None
    contents: tuple[CardContent, ...]


def ask(question: Question, day: datetime.date, look: Look, *, may_show: bool) -> Found:
    """Ask the database, which notes the look of each person shown. One query, by indexes."""
    noted = (look.at, look.reference, look.practice_name, look.profession, look.place)
    with connection.cursor() as cursor:
        cursor.execute(ASK, (*_parts(question), day, may_show, *noted))
        is_found, household_id, covers, plans = cursor.fetchall()[0]
    return Found(is_found, household_id, tuple(_contents(covers, plans, day)) if covers else ())


def _parts(question: Question) -> tuple[str, datetime.date | None, int | None, str | None]:
    if isinstance(question, Typed):
        return question.member_number, question.birth_date, question.birth_rank, None
    return question.member_number, None, None, question.card_number


def _contents(covers: str, plans: str, day: datetime.date) -> list[CardContent]:
    """The cards of the day, as the member's own page makes them, without what is not shown here."""
    spans: list[Span] = []
    policies: dict[int, PolicyFacts] = {}
    persons: dict[int, tuple[int, Beneficiary]] = {}
    for cover in json.loads(covers):
        span = _span(cover)
        if span is None:
            continue
        spans.append(span)
        policies[span.policy_id] = _policy(cover)
        persons[span.person_id] = _person(cover)
    material = Material(tuple(spans), policies, persons, {}, frozenset(), *_grid(plans))
    holding = sorted({span.policy_id for span in spans if span.holds_on(day)})
    made = (material.card_of(policy, None, day) for policy in holding)
    return [content for content in made if content is not None]


def _span(cover: list[Any]) -> Span | None:
    person_id, policy_id, start, end, taken_from, taken_to = cover[:6]
    return span_of(
        person_id=person_id, policy_id=policy_id, cover=(_day(start), _day_or_none(end)),
        policy=(_day(taken_from), _day_or_none(taken_to)),
    )  # fmt: skip


def _policy(cover: list[Any]) -> PolicyFacts:
    """Without its number nor the name of its plan, which the answer does not say."""
    plan_id, responsible, member_number = cover[6:9]
    return PolicyFacts(cover[1], "", 0, member_number, PlanFacts(plan_id, "", responsible))


def _person(cover: list[Any]) -> tuple[int, Beneficiary]:
    rank, family_name, given_names, birth_date, birth_rank = cover[9:]
    return rank, Beneficiary(cover[0], family_name, given_names, _day(birth_date), birth_rank)


@lru_cache(maxsize=KEPT_GRIDS)
def _grid(plans: str) -> tuple[tuple[Line, ...], tuple[Rate, ...]]:
    """Conventions and rates of plans, the same for everybody: kept by their own text, so that no change is missed."""
    lines, rates = json.loads(plans, parse_float=Decimal)
    return tuple(_line(line) for line in lines or ()), tuple(
        Rate(plan_id, family, _day(start), _day_or_none(end), basis, None if rate is None else Decimal(rate))
        for plan_id, family, start, end, basis, rate in rates or ()
    )


def _line(line: list[Any]) -> Line:
    plan_id, code, label, position, family, level, *types = line
    kinds = tuple((types[at], types[at + 1], types[at + 2]) for at in (0, 3) if types[at + 1] is not None)
    return Line(plan_id, code, label, position, family, kinds, level)


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _day_or_none(text: str | None) -> datetime.date | None:
    return None if text is None else _day(text)
