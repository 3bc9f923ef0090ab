"""Delays of requests, and how long their documents stay. Pure: no database, no clock; days are of Europe/Paris."""

import datetime

from members.quotes.requests.models import RequestKind
from portals.correspondence.rules import working_days_after

ANSWER_WORKING_DAYS = {RequestKind.PRIOR_AGREEMENT: 5, RequestKind.REIMBURSEMENT: 8}
"""Monday to Saturday, public holidays excepted: what is told to the person on the day of the request."""
DOCUMENTS_KEPT_DAYS = 60
"""After the decision: the time to contest it (two months), then documents and details go (PDP-4.4)."""
DRAFT_DAYS = 30
AGREEMENT_DAYS = 180
"""How long an agreement holds unless staff write another day."""
EXPIRES_SOON_DAYS = 15
AGREED_BEFOREHAND = ("OPTI", "DENT", "DEOR", "AUDI", "HOSP")
"""The families for which an agreement is asked before care."""


def expected_on(kind: str, day: datetime.date) -> datetime.date:
    """The day by which a request complete on `day` has its answer."""
    return working_days_after(day, ANSWER_WORKING_DAYS[RequestKind(kind)])


def documents_until(decided_on: datetime.date) -> datetime.date:
    """The last day on which the documents of a decided request are kept."""
    return decided_on + datetime.timedelta(days=DOCUMENTS_KEPT_DAYS)


def default_validity(decided_on: datetime.date) -> datetime.date:
    return decided_on + datetime.timedelta(days=AGREEMENT_DAYS)
