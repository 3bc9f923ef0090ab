import datetime
import pytest
from privacy.retention.models import RetentionReport
from privacy.retention.running import ask, perform
from portals.access import isolation
from tests.privacy.retention.worlds import world
pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner", "eraser"])]

def test_try() -> None:
    world(datetime.date(2026, 11, 22))
    out = {}
    for dry in (True, False, False):
        with isolation.system():
            run = ask(day=datetime.date(2045, 1, 1), is_dry=dry)
        perform(run.pk)
        with isolation.system():
            rows = list(RetentionReport.objects.filter(run=run).order_by("rule"))
        print("=====", dry)
        for r in rows:
            if r.due or r.ending != "done" or r.archived or r.warned:
                print(r.rule, r.due, r.held, r.linked, r.handled, r.deleted, r.emptied, r.archived, r.warned, r.ending, r.milliseconds)
        print(sum(r.milliseconds for r in rows))
    assert 0
