"""Computing a simulation and keeping it, and forgetting those that nobody can use any more."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.benefits.models import ActFamily
from members.households.models import Person
from members.households.rules import AGE_OF_OWN_CHOICE, age_on
from members.quotes.models import QuoteKind, Simulation
from members.quotes.queries import Contract, contract_on, terms_on
from members.quotes.rules import (
    Circumstances,
    EstimatedLine,
    QuoteLine,
    Terms,
    engine_version,
    estimate,
    total,
    valid_until,
)
from members.quotes.telling import assumptions
from portals.accounts.models import Account
from portals.jobs.schedules import daily
from portals.presentation.formats import local_date
from privacy.audit import record

ADULT_AGE = 18
KEPT_MONTHS = 24
"""After the last day on which its amounts held, a simulation serves to compare for two years, then goes."""


class NotCovered(Exception):
    """No contract covers the person on the day of care."""


@dataclass(frozen=True)
class Answers:
    """What the person said besides the lines: pathway, price agreement, sight."""

    coordinated: bool = True
    optam: bool | None = None
    sight_changed: bool = False


@transaction.atomic
def simulate(
    *, by: Account, person_id: int, kind: QuoteKind, care_date: datetime.date, lines: Sequence[QuoteLine],
    answers: Answers,
) -> Simulation:  # fmt: skip
    """Compute and keep. The caller has checked that `by` may read the person's care. Raises NotCovered."""
    person = Person.objects.get(pk=person_id)
    families = {line.act.family for line in lines}
    contract = contract_on(person_id, care_date, families)
    if contract is None:
        raise NotCovered
    terms = terms_on(person, care_date, contract, {line.act.code for line in lines})
    age = age_on(person.birth_date, care_date)
    circumstances = Circumstances(
        day=care_date,
        is_minor=age < ADULT_AGE,
        early_renewal=answers.sight_changed or age < AGE_OF_OWN_CHOICE,
        alsace_moselle=person.alsace_moselle,
        coordinated=answers.coordinated or age < AGE_OF_OWN_CHOICE,
        optam=answers.optam,
    )
    rows = estimate([_priced(line, terms) for line in lines], circumstances, terms)
    sums = total(rows)
    today = timezone.localdate()
    simulation = Simulation.objects.create(
        household_id=person.household_id,
        person=person,
        made_by=by,
        kind=kind,
        care_date=care_date,
        valid_until=valid_until(today, care_date, *contract.ends),
        engine=engine_version(),
        content=_frozen(rows, contract, assumptions(rows, circumstances, terms)),
        expense=sums.expense,
        scheme_amount=sums.scheme,
        mutual_amount=sums.mutual,
    )
    record("simulation.made", by=by, object_kind="simulation", object_id=simulation.pk, details={"lines": len(rows)})
    return simulation


def forget_old(planned_for: datetime.datetime) -> None:
    """Each night: simulations that held until more than two years ago."""
    today = local_date(planned_for)
    before = datetime.date(today.year - KEPT_MONTHS // 12, today.month, 1)
    gone, _ = Simulation.objects.filter(valid_until__lt=before).delete()
    if gone:
        record("simulations.forgotten", by=None, details={"simulations": gone})


daily("quotes.simulations", at=datetime.time(4, 35), run=forget_old)


def _priced(line: QuoteLine, terms: Terms) -> QuoteLine:
    """A line without a price (the hospital's daily charge) costs what the tariff fixes for each unit."""
    tariff = terms.tariffs.get(line.act.code)
    if line.price or tariff is None or tariff.base is None:
        return line
    return QuoteLine(line.label, line.act, tariff.base * line.quantity, line.quantity, line.base)


def _frozen(rows: Sequence[EstimatedLine], contract: Contract, said: list[str]) -> dict[str, Any]:
    """As it is kept: amounts as texts, so that nothing of them is ever rounded."""
    families = {row.line.act.family for row in rows}
    labels = dict(ActFamily.objects.filter(code__in=families).values_list("code", "label"))
    return {
        "plan": contract.cover.policy.plan.name,
        "policy": contract.cover.policy.policy_number,
        "assumptions": said,
        "lines": [_frozen_line(row, contract, labels) for row in rows],
    }


def _frozen_line(row: EstimatedLine, contract: Contract, labels: Mapping[str, str]) -> dict[str, Any]:
    line, settlement, ceiling = row.line, row.settlement, row.settlement.ceiling
    guarantee = contract.rows.get(line.act.family)
    return {
        "label": line.label,
        "act": line.act.code,
        "act_label": line.act.label,
        "family": line.act.family,
        "family_label": labels.get(line.act.family, line.act.family),
        "price": str(line.price),
        "quantity": str(line.quantity),
        "base": str(row.scheme.base),
        "base_from": row.base_from.value,
        "rate": str(row.scheme.rate),
        "wording": guarantee.wording if guarantee else "",
        "scheme": str(settlement.scheme),
        "deduction": str(settlement.deduction),
        "mutual": str(settlement.mutual),
        "own": str(settlement.own),
        "steps": [[step.rule.value, str(step.amount)] for step in settlement.steps],
        "ceiling": None
        if ceiling is None
        else {"cap": str(ceiling.cap), "unit": ceiling.unit.value, "after": str(ceiling.after)},
    }
