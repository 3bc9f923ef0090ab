"""How a signed-in request comes in: the open grant, the terms and the row-level context, in one statement.

Every page pays for this statement, so it is written by hand: `GrantQuerySet.open_on` says the same to the ORM.
"""

import datetime
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account

COLUMNS = [field.attname for field in Grant._meta.concrete_fields]
ENTER = f"""
    SELECT (SELECT number FROM portals_termsversion WHERE id = %(accepted)s),
           (SELECT id FROM portals_termsversion WHERE effective_at <= %(now)s ORDER BY number DESC LIMIT 1),
           {isolation.setting_sql("entered.space", "entered.tenant_id")},
           {", ".join(f"entered.{column}" for column in COLUMNS)}
    FROM (SELECT) AS request LEFT JOIN (
        SELECT * FROM portals_grant
        WHERE account_id = %(account)s AND space = %(space)s AND revoked_at IS NULL
          AND since <= %(today)s AND (access_until IS NULL OR access_until >= %(today)s)
        ORDER BY access_until DESC NULLS FIRST, id
        LIMIT 1
    ) AS entered ON true
"""  # noqa: S608 names of our own settings and columns, no outside text


@dataclass(frozen=True)
class Entry:
    """What a request enters with: its grant, the number of the terms that it accepted, those in force now."""

    grant: Grant | None
    accepted_number: int | None
    terms_in_force_id: int | None


def enter(account: Account, today: datetime.date) -> Entry:
    """Set the running transaction's context to the tenant of the open grant that lasts longest; none, no rows."""
    if not connection.in_atomic_block:
        raise isolation.OutsideTransaction
    with connection.cursor() as cursor:
        cursor.execute(
            ENTER,
            {
                "account": account.pk,
                "space": account.space,
                "accepted": account.accepted_terms_id,
                "now": timezone.now(),
                "today": today,
            },
        )
        row = cursor.fetchall()[0]  # always one, whatever it joins
    accepted_number, terms_in_force_id = row[:2]
    values = row[-len(COLUMNS) :]
    grant = Grant.from_db(connection.alias, COLUMNS, values) if values[0] is not None else None
    return Entry(grant, accepted_number, terms_in_force_id)
