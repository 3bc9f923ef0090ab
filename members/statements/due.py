"""Which lines the next statements bear: those paid in the month, and those that came too late for their own.

A line is on one statement and one only. What came too late is known by the last line and the last change that the
latest issue saw (`StatementIssue`): a newer line, or an older one whose payment was not known, or not stated, then. A
line that was stated and whose payment moves to another month is not stated again. Feeds of lines wait while a month is
frozen, so that none appears behind that mark.
"""

import datetime
from typing import Any

from django.db import connection

from members.statements.models import StatementIssue
from portals.feeds.runs import wait_turn

FEED = "benefits"
NOTHING_SEEN = 2**62
"""In place of the marks of the latest issue, before the first one: nothing comes too late for what was never issued."""

PAID_IN_AN_ISSUED_MONTH = "date_trunc('month', b.payment_date::timestamp)::date = ANY(%(issued)s::date[])"

DUE = f"""
changed AS MATERIALIZED ( -- lines that the latest issue saw, and whether they were stated as they were then
    SELECT DISTINCT ON (b.pgh_obj_id) b.pgh_obj_id AS id, coalesce({PAID_IN_AN_ISSUED_MONTH}, false) AS is_stated
    FROM members_benefitlineevent b WHERE b.pgh_id > %(changes_until)s AND b.pgh_obj_id <= %(lines_until)s
    ORDER BY b.pgh_obj_id, b.pgh_id
),
due AS (
    SELECT b.* FROM members_benefitline b
    WHERE b.payment_date >= %(first)s AND b.payment_date < %(next)s
        AND NOT EXISTS (SELECT FROM changed c WHERE c.id = b.id AND c.is_stated)
    UNION ALL
    SELECT b.* FROM members_benefitline b WHERE b.id > %(lines_until)s AND {PAID_IN_AN_ISSUED_MONTH}
    UNION ALL
    SELECT b.* FROM members_benefitline b
    WHERE b.id = ANY(ARRAY(SELECT id FROM changed WHERE NOT is_stated)) AND {PAID_IN_AN_ISSUED_MONTH}
)
"""  # noqa: S608  made of constants of this module
"""Two named queries; `due` has the columns of a benefit line. Parameters: `first`, `next` and those of `marks`."""

LAST_SEEN = """
INSERT INTO members_statementissue (period, issued_at, lines_until, changes_until)
SELECT %s, %s, coalesce((SELECT max(id) FROM members_benefitline), 0),
    coalesce((SELECT max(pgh_id) FROM members_benefitlineevent), 0)
"""


def is_issued(month: datetime.date) -> bool:
    """Whether the month was issued. From then on until the end of the transaction, no line is loaded."""
    wait_turn(FEED)
    return StatementIssue.objects.filter(period=month).exists()


def marks() -> dict[str, Any]:
    """What the issues so far have seen, as parameters of `DUE`."""
    issues = list(StatementIssue.objects.order_by("pk"))
    latest = issues[-1] if issues else None
    return {
        "issued": [issue.period for issue in issues],
        "lines_until": latest.lines_until if latest else NOTHING_SEEN,
        "changes_until": latest.changes_until if latest else NOTHING_SEEN,
    }


def note_issue(month: datetime.date, now: datetime.datetime) -> None:
    """The month is issued, with every line that the database holds."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_SEEN, [month, now])
