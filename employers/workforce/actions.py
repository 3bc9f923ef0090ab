"""Affiliating, changing, ending, and undoing all of it for 24 hours. One operation groups what was done in one go.

In the context of the company, or of the system for jobs; what happens to households is `members.enrolment`'s.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from employers.companies.models import GroupContract
from employers.workforce.errors import (
    AlreadyCovered,
    ChangedSince,
    Duplicate,
    OutOfBounds,
    Refused,
    RowsRefused,
    UndoTooLate,
    UsedSince,
    refusal_of,
)
from employers.workforce.models import UNDO_WITHIN, Affiliation, Operation, OperationItem, Source, What
from employers.workforce.queries import affiliations_of, facts_of, known_of, persons_of
from employers.workforce.rules import NewEmployee, Problem, problems_of, problems_of_change, problems_of_end
from employers.workforce.undoing import undo
from employers.workforce.writing import Row, affiliation_of, insured_of, record_operation, take_turn, write_items
from members.enrolment import actions as enrolment
from portals.accounts.models import Account

__all__ = [
    "AlreadyCovered",
    "ChangedSince",
    "Duplicate",
    "OutOfBounds",
    "Refused",
    "Row",
    "RowsRefused",
    "UndoTooLate",
    "UsedSince",
    "affiliate",
    "affiliate_all",
    "change",
    "end",
    "open_operation",
    "undo",
]


@transaction.atomic
def open_operation(*, by: Account, company_id: int, source: Source | str, label: str = "") -> Operation:
    """Begin an operation, undoable for 24 hours from now. `label`: the name of a file, no name of a person."""
    now = timezone.now()
    return Operation.objects.create(
        company_id=company_id, by=by, source=source, label=label[:120], opened_at=now, undoable_until=now + UNDO_WITHIN
    )


def affiliate(
    *,
    by: Account,
    operation: Operation,
    contract: GroupContract,
    employee: NewEmployee,
    start_date: datetime.date,
    population: str = "",
) -> Affiliation:
    """Affiliate one employee. Raises AlreadyCovered, Duplicate, OutOfBounds, or Refused for anything else."""
    try:
        return affiliate_all(by=by, operation=operation, rows=[Row(contract, employee, start_date, population)])[0]
    except RowsRefused as refused:
        problems = refused.problems[0]
        raise refusal_of(problems) from None


@transaction.atomic
def affiliate_all(*, by: Account, operation: Operation, rows: Sequence[Row]) -> list[Affiliation]:
    """Affiliate every row or none, in the order given, in a constant number of queries for each contract.

    Raises RowsRefused.
    """
    company_id = operation.company_id
    take_turn(company_id)
    _check(company_id, rows)
    among = persons_of(company_id)
    by_contract: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        by_contract[row.contract.pk].append(place)
    made: dict[int, Affiliation] = {}
    for places in by_contract.values():
        contract = rows[places[0]].contract
        enrolled = enrolment.enrol(
            by=by,
            plan=contract.plan,
            contract_number=contract.contract_number,
            employees=[(insured_of(rows[place].employee), rows[place].start_date) for place in places],
            among=among,
        )
        for place, opened in zip(places, enrolled, strict=True):
            made[place] = affiliation_of(company_id, rows[place], opened)
    affiliations = Affiliation.objects.bulk_create(made[place] for place in range(len(rows)))
    write_items(operation, [(affiliation, {}) for affiliation in affiliations], What.AFFILIATED)
    record_operation("workforce.affiliated", by, operation, len(affiliations))
    return affiliations


@transaction.atomic
def change(
    *,
    by: Account,
    operation: Operation,
    affiliation: Affiliation,
    employee_number: str | None = None,
    email: str | None = None,
    population: str | None = None,
) -> Affiliation:
    """Correct what the employer knows of an employee; None leaves a field as it is. Raises Refused or Duplicate."""
    take_turn(operation.company_id)
    held = _held(operation, affiliation)
    told = {"employee_number": employee_number, "email": email, "population": population}
    wanted = {name: value.strip() for name, value in told.items() if value is not None}
    changed = {name: value for name, value in wanted.items() if getattr(held, name) != value}
    if not changed:
        return held
    taken = affiliations_of(operation.company_id).exclude(pk=held.pk)
    number = changed.get("employee_number", "")
    is_taken = bool(number) and taken.filter(employee_number=number, end_date=None).exists()
    if problems := problems_of_change(changed, number_is_taken=is_taken):
        raise refusal_of(problems)
    before = {name: getattr(held, name) for name in changed}
    for name, value in changed.items():
        setattr(held, name, value)
    held.save(update_fields=list(changed))
    write_items(operation, [(held, before)], What.CHANGED)
    record_operation("workforce.changed", by, operation, 1)
    return held


@transaction.atomic
def end(
    *,
    by: Account,
    operation: Operation,
    affiliation: Affiliation,
    reason: str,
    last_day: datetime.date,
    rights_end: datetime.date,
) -> Affiliation:
    """End the rights of an employee and of whoever they cover. `last_day`: of the employment. Raises Refused.

    An end that was told here before is replaced: the rights are put back first, so the new day may be later.
    """
    take_turn(operation.company_id)
    held = _held(operation, affiliation)
    today = timezone.localdate()
    if problems := problems_of_end(held.start_date, last_day=last_day, rights_end=rights_end, today=today):
        raise refusal_of(problems)
    before = _end_of(held)
    if (earlier := _last_end(held)) is not None:
        enrolment.reopen(by=by, trace=earlier.trace)
    trace: enrolment.Trace = {}
    if held.policy_id is not None:
        trace = enrolment.close(by=by, policy_id=held.policy_id, last_day=rights_end, reason=reason)
    held.end_date, held.end_reason, held.left_on, held.ended_here_on = rights_end, reason[:60], last_day, rights_end
    held.save(update_fields=["end_date", "end_reason", "left_on", "ended_here_on"])
    write_items(operation, [(held, before)], What.ENDED, trace)
    record_operation("workforce.ended", by, operation, 1)
    return held


def _check(company_id: int, rows: Sequence[Row]) -> None:
    known = known_of(company_id)
    refused: dict[int, list[Problem]] = {}
    for place, row in enumerate(rows):
        if row.contract.company_id != company_id:
            raise GroupContract.DoesNotExist
        problems = problems_of(
            row.employee, facts_of(row.contract), known, start_date=row.start_date, population=row.population
        )
        if problems:
            refused[place] = problems
        known.remember(row.employee)
    if refused:
        raise RowsRefused(refused)


def _held(operation: Operation, affiliation: Affiliation) -> Affiliation:
    rows = Affiliation.objects.select_for_update(of=("self",))
    return rows.get(pk=affiliation.pk, company=operation.company_id, undone_at=None)


def _end_of(affiliation: Affiliation) -> dict[str, str | None]:
    days = {name: getattr(affiliation, name) for name in ("end_date", "left_on", "ended_here_on")}
    told: dict[str, str | None] = {name: None if day is None else day.isoformat() for name, day in days.items()}
    return told | {"end_reason": affiliation.end_reason}


def _last_end(affiliation: Affiliation) -> OperationItem | None:
    """The end told here that holds now, whose policy may be put back as it was."""
    ends = affiliation.items.filter(what=What.ENDED, operation__undone_at=None).exclude(trace={})
    return ends.order_by("-pk").first() if affiliation.ended_here_on is not None else None
