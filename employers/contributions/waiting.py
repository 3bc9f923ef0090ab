"""What the home page says of slips: those that wait for a payment, the first due first."""

import datetime

from employers.contributions.queries import sheets_of
from employers.contributions.rules import Due, due_of
from portals.access.models import Grant
from portals.access.services import is_allowed, service_of


def slips_due(grant: Grant, today: datetime.date) -> list[Due]:
    """None for a role that does not see the slips, without a query. Two queries."""
    service = service_of("employers:slips")
    if service is None or not is_allowed(grant, service, changes=False):
        return []
    return [Due(sheet, today) for sheet in due_of(sheets_of(grant.tenant_id))]
