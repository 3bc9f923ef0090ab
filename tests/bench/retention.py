"""R1: half a million rows let go of by a rule, against deleting the same rows in one SQL statement."""

import datetime
import statistics

from django.db import connections
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from privacy.retention import engine
from privacy.retention.models import RetentionReport, RetentionRun
from privacy.retention.registry import rule_of
from tests import builders
from tests.bench.rows import Row, Scale, seconds

RULE = "portals.alerts"
ROWS = {"smoke": 5_000, "full": 500_000}
TIMES = {"smoke": 1, "full": 3}
REACH = 5.0
PLANT = """
    INSERT INTO portals_alert (account_id, key, sentence, path, placed_at)
    SELECT %s, 'bench-' || n, 'Un document vous attend.', '/', %s FROM generate_series(1, %s) n
"""
DELETE = "DELETE FROM portals_alert WHERE placed_at < %s"


def r1(scale: Scale) -> list[Row]:
    """Found, locked, deleted with their past in batches that each write their report; against one DELETE."""
    count = ROWS[scale.name]
    account = builders.account(builders.person(builders.household(member_number=f"R1-{builders.number()}")))
    pairs = [(ours(account, count), floor(account, count)) for _ in range(TIMES[scale.name])]
    mine, theirs = (statistics.median(pair[place] for pair in pairs) for place in (0, 1))
    note = f"{count / mine:,.0f} rows a second"
    return [Row("R1", f"retention of {count:,} rows, their past included", mine, theirs, REACH, note=note)]


def ours(account: Account, count: int) -> float:
    _plant(account, count)
    with isolation.system():
        run = RetentionRun.objects.create(day=timezone.localdate())
    work = engine.begin(rule_of(RULE), run, [])
    took = seconds(lambda: engine.do(work))
    with isolation.system():
        report = RetentionReport.objects.get(run=run, rule=RULE)
    if (report.due, report.deleted) != (count, count):
        raise RuntimeError((report.due, report.deleted))
    return took


def floor(account: Account, count: int) -> float:
    """The same rows, with the triggers of their history, which leave a past behind."""
    _plant(account, count)
    with connections["owner"].cursor() as cursor:
        took = seconds(lambda: cursor.execute(DELETE, [timezone.now()]))
        if cursor.rowcount != count:
            raise RuntimeError(cursor.rowcount)
        cursor.execute("DELETE FROM privacy_rowchange WHERE model = 'portals.Alert'")
    return took


def _plant(account: Account, count: int) -> None:
    old = timezone.now() - datetime.timedelta(days=3 * 365)
    with connections["owner"].cursor() as cursor:
        cursor.execute(PLANT, [account.pk, old, count])
        cursor.execute("ANALYZE portals_alert")
