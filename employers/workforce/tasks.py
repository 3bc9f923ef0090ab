"""What the home page says of employees: the affiliation that was begun and not finished."""

from django.db.models.functions import TruncDate
from django.urls import reverse

from employers.companies import tasks
from employers.permissions import ServiceCode
from employers.workforce.drafts import KEPT, drafts_of
from portals.presentation.formats import long_date


def rows(asked: tasks.Asked) -> list[tasks.Rows]:
    """The draft of the account for this company, with the day when it was saved."""
    return [tasks.Rows(drafts_of(asked.account, asked.company_id), day=TruncDate("saved_at"))]


def tell(_asked: tasks.Asked, found: tasks.Found) -> tasks.Task | None:
    if found.day is None:
        return None
    until = found.day + KEPT
    return tasks.Task(
        title="Terminer une affiliation commencée",
        url=reverse("employers:employee_new"),
        words=f"Vos réponses du {long_date(found.day)} sont gardées jusqu’au {long_date(until)}",
        due=until,
    )


tasks.register("workforce.drafts", ServiceCode.EMPLOYEES, rows=rows, tell=tell)
