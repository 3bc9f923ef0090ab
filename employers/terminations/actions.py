"""Ending the affiliation of an employee who leaves, with everything that follows; correcting it; undoing it.

A company sees no household: what happens there is done in the system's context, for the time of the writing, and gives
back dates. `operation` is one of `employers.workforce`: a file that ends fifty contracts is one operation, undone in one
click, and its portabilities go with it (`following.py`).
"""

import datetime

from django.db import transaction
from django.utils import timezone

from employers.terminations.emails import Told, tell
from employers.terminations.following import apply
from employers.terminations.models import EmployeeTermination
from employers.terminations.queries import employed_since_of, holding
from employers.terminations.rules import Consequences, Departure, consequences
from employers.terminations.words import Continuing, Reason, State
from employers.workforce import actions as workforce
from employers.workforce.models import Affiliation, Operation, Source
from portals.accounts.models import Account
from privacy.audit import record

END_REASON = "fin du contrat de travail"
"""What affiliations and policies say. The reason stays the company's: the mutual and the household need the day only."""


@transaction.atomic
def save_draft(*, by: Account, affiliation: Affiliation, departure: Departure) -> EmployeeTermination:
    """Keep what was typed until it is confirmed, one draft each. Raises `rules.DatesRefused`."""
    told = consequences(departure, today=timezone.localdate())
    row = draft_of(by=by, affiliation=affiliation) or EmployeeTermination(
        company_id=affiliation.company_id, affiliation=affiliation, by=by
    )
    _write(row, told)
    row.saved_at = timezone.now()
    row.save()
    _record("termination.employee_drafted", by, row)
    return row


@transaction.atomic
def delete_draft(*, by: Account, affiliation: Affiliation) -> None:
    """Give up what was typed."""
    row = draft_of(by=by, affiliation=affiliation)
    if row is not None:
        _record("termination.employee_draft_deleted", by, row)
        row.delete()


@transaction.atomic
def confirm(*, by: Account, draft: EmployeeTermination) -> EmployeeTermination:
    """Do what the draft says, as an operation of its own; the draft is gone. Raises what `terminate` raises."""
    operation = workforce.open_operation(by=by, company_id=draft.company_id, source=Source.WIZARD)
    departure, affiliation = departure_of(draft), draft.affiliation
    draft.delete()
    return terminate(
        by=by,
        operation=operation,
        affiliation=affiliation,
        reason=departure.reason,
        last_day=departure.last_day,
        notice_until=departure.notice_until,
        employed_since=departure.employed_since,
    )


@transaction.atomic
def terminate(
    *,
    by: Account,
    operation: Operation,
    affiliation: Affiliation,
    reason: Reason,
    last_day: datetime.date,
    notice_until: datetime.date | None = None,
    employed_since: datetime.date | None = None,
) -> EmployeeTermination:
    """End it, or correct the end that was told before; cover that goes on, and the offer after it, follow by themselves.

    `employed_since`: as the affiliations of the person tell it, when nothing is said. Raises `rules.DatesRefused`, or what
    `employers.workforce.actions.end` raises.
    """
    since = employed_since or employed_since_of(affiliation, notice_until or last_day)
    told = consequences(Departure(reason, last_day, since, notice_until), today=timezone.localdate())
    contract_end = told.rights.contract_end
    ended = workforce.end(
        by=by, operation=operation, affiliation=affiliation, reason=END_REASON, last_day=contract_end,
        rights_end=contract_end,
    )  # fmt: skip
    replaced = holding(affiliation, for_update=True)
    if replaced is not None:
        replaced.state = State.REPLACED
        replaced.save(update_fields=["state"])
    row = EmployeeTermination(
        company_id=affiliation.company_id, affiliation=ended, by=by, operation=operation, replaces=replaced,
        portability_id=replaced.portability_id if replaced else None, state=State.DONE, done_at=timezone.now(),
    )  # fmt: skip
    _write(row, told)
    row.save()
    apply(by=by, row=row, told=told)
    tell(row, Told.CORRECTED if replaced else Told.ENDED)
    _record("termination.employee_corrected" if replaced else "termination.employee_ended", by, row)
    return row


def draft_of(*, by: Account, affiliation: Affiliation) -> EmployeeTermination | None:
    """What this account has typed of this employee, and not confirmed."""
    return EmployeeTermination.objects.filter(affiliation=affiliation, by=by, state=State.DRAFT).first()


def departure_of(row: EmployeeTermination) -> Departure:
    return Departure(Reason(row.reason), row.last_day, row.employed_since, row.notice_until)


def _write(row: EmployeeTermination, told: Consequences) -> None:
    departure = told.departure
    row.reason, row.last_day, row.notice_until = departure.reason, departure.last_day, departure.notice_until
    row.employed_since, row.contract_end = departure.employed_since, told.rights.contract_end
    row.months, row.continues_until = told.rights.months, told.rights.ends_on
    row.continuing = Continuing.RUNNING if told.has_portability else Continuing.NONE


def _record(action: str, by: Account, row: EmployeeTermination) -> None:
    record(
        action, by=by, object_kind="employee_termination", object_id=row.pk or "",
        details={"affiliation": row.affiliation_id, "months": row.months},
    )  # fmt: skip
