"""What does not stay: answers that nobody confirmed for sixty days, and names of links that expired a month ago."""

import datetime

from django.db import transaction
from django.db.models import Q

from employers.links.models import EmployeeLink
from employers.links.rules import KEPT_OVER, KEPT_UNCONFIRMED
from employers.links.sending import revoke
from portals.jobs.schedules import daily

AT_A_TIME = 500


@transaction.atomic
def forget_old(planned_for: datetime.datetime) -> None:
    """Each night, in the system's context: they are withdrawn, which erases them."""
    waiting = EmployeeLink.objects.filter(confirmed_at=None, revoked_at=None, waived_at=None)
    old = waiting.filter(
        Q(completed_at__lt=planned_for - KEPT_UNCONFIRMED)
        | Q(completed_at=None, expires_at__lt=planned_for - KEPT_OVER)
    )
    for company_id, link_id in list(old.order_by("pk").values_list("company_id", "pk")[:AT_A_TIME]):
        revoke(by=None, company_id=company_id, link_id=link_id)


daily("employee_links", at=datetime.time(4, 20), run=forget_old)
