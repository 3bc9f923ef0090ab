"""What the home page shows of the workforce: twelve months of headcount."""

import datetime
from dataclasses import dataclass

from employers.workforce.headcount import Chart, Month, chart_of, months_of
from portals.access.models import Grant
from portals.access.services import is_allowed, service_of


@dataclass(frozen=True)
class Headcount:
    """The last twelve months, oldest first, and their drawing."""

    months: list[Month]
    chart: Chart

    @property
    def now(self) -> Month:
        return self.months[-1]

    @property
    def change(self) -> int:
        """Since the first of these months."""
        return self.now.there - self.months[0].there

    @property
    def fewer(self) -> int:
        return -self.change


def headcount_of(grant: Grant, today: datetime.date) -> Headcount | None:
    """None for a role that does not see employees, and for a company that has affiliated nobody. One query."""
    service = service_of("employers:employees")
    if service is None or not is_allowed(grant, service, changes=False):
        return None
    months = months_of(grant.tenant_id, today)
    if not any(month.there or month.left for month in months):
        return None
    return Headcount(months, chart_of(months))
