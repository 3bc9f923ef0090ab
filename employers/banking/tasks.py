"""What the home page says of bank details: a change that waits for the approval of whoever reads it."""

from django.db.models.functions import TruncDate
from django.urls import reverse

from employers.companies import tasks
from employers.permissions import ServiceCode
from portals.banking.approval import may_approve
from portals.banking.queries import changes_to_approve


def rows(asked: tasks.Asked) -> list[tasks.Rows]:
    """The change that waits, if there is one."""
    return [tasks.Rows(changes_to_approve(asked.grant.space, asked.grant.subject_id), day=TruncDate("approve_by"))]


def tell(asked: tasks.Asked, found: tasks.Found) -> tasks.Task | None:
    """Asks who may approve: never who asked for it, nor an administrator of the day before."""
    change = changes_to_approve(asked.grant.space, asked.grant.subject_id).filter(pk=found.number).first()
    if change is None or not may_approve(change, asked.account):
        return None
    return tasks.Task(
        title="Approuver ou refuser un changement de compte bancaire",
        url=reverse("employers:bank_details"),
        words="Un autre administrateur le demande",
        due=found.day,
    )


tasks.register("banking", ServiceCode.BANK_DETAILS, rows=rows, tell=tell)
