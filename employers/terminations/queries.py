"""Reads of the room, in the company's own context."""

import datetime

from django.utils import timezone

from employers.terminations.models import EmployeeTermination
from employers.terminations.words import State
from employers.workforce.models import Affiliation
from members.portability.rules import Stretch, employed_since


def affiliation_of(company_id: int, affiliation_id: int) -> Affiliation | None:
    """An affiliation of the company that was not undone; any other is as unknown as one that never was."""
    rows = Affiliation.objects.filter(pk=affiliation_id, company_id=company_id, undone_at=None)
    return rows.select_related("contract", "company").first()


def holding(affiliation: Affiliation, *, for_update: bool = False) -> EmployeeTermination | None:
    """The termination that holds, as last corrected."""
    rows = EmployeeTermination.objects.filter(affiliation=affiliation, state=State.DONE)
    if for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.select_related("operation", "by").first()


def employed_since_of(affiliation: Affiliation, last_day: datetime.date) -> datetime.date:
    """The first day of the affiliations of that person to the company that follow one another up to this one.

    What HR is offered for the beginning of the contract of employment: they correct it when it began before the cover.
    """
    rows = Affiliation.objects.filter(
        company_id=affiliation.company_id, person_id=affiliation.person_id or 0, undone_at=None
    )
    stretches = [
        Stretch(start, None if pk == affiliation.pk else end)
        for pk, start, end in rows.values_list("pk", "start_date", "end_date")
    ]
    return employed_since(stretches, last_day) or affiliation.start_date


def is_undoable(row: EmployeeTermination) -> bool:
    """Whether the operation that did it may still be undone as a whole."""
    operation = row.operation
    return operation is not None and not operation.is_undone and timezone.now() <= operation.undoable_until
