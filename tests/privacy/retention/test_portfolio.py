"""Ten simulated years: each rule fires on its day and never earlier, a hold keeps, and a dry run tells what a real one does.

The short form stands on the day before and the day of every end; `YEARS=10` moves day by day (half an hour).
"""

import datetime
import os
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from members.households.models import Household, Person
from portals.access import isolation
from portals.accounts.models import Account
from privacy.erasure.models import LegalHold
from privacy.retention.models import Archived, Ending, RetentionReport, RetentionWarning
from privacy.retention.registry import RowRule, rules
from privacy.retention.rules import DAY, due_on
from privacy.retention.running import ask, perform
from tests import builders
from tests.privacy.erasure.planted import Somebody
from tests.privacy.retention.planted import COUNTED, COVER_ENDS, ELSEWHERE, FIRST, SEEN_LAST, Planted, portfolio

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner", "eraser"]),
    pytest.mark.commitment("CGU-8.5"),
    pytest.mark.commitment("PDP-3.12"),
]
HELD_UNTIL = datetime.date(2034, 3, 31)
COMPARED = ("rule", "due", "held", "linked", "handled", "deleted", "emptied", "archived", "warned", "holds", "ending")


def run(day: datetime.date, *, dry: bool = False) -> dict[str, RetentionReport]:
    """A run of that day, and what it says of each rule."""
    with isolation.system():
        asked = ask(day=day, is_dry=dry)
    perform(asked.pk)
    with isolation.system():
        return {row.rule: row for row in RetentionReport.objects.filter(run=asked)}


def facts(reports: dict[str, RetentionReport]) -> list[tuple[Any, ...]]:
    return sorted(tuple(str(getattr(row, name)) for name in COMPARED) for row in reports.values())


def test_every_rule_of_rows_has_its_day_in_the_portfolio() -> None:
    codes = {rule.code for rule in rules() if isinstance(rule, RowRule)}
    assert codes == set(COUNTED) | set(ELSEWHERE)


def test_ten_years_day_by_day() -> None:
    free, held, rows = portfolio()
    hold(held)
    cover_due = due_on(COVER_ENDS, rule_named("members.covers").delay)
    unused_due = due_on(SEEN_LAST, rule_named("portals.unused_accounts").delay)
    ends = {due_on(row.counted, row.rule.delay) for row in rows}
    marked = {
        cover_due,
        unused_due,
        unused_due - 30 * DAY,
        datetime.date(2029, 6, 30),
        HELD_UNTIL + DAY,
        HELD_UNTIL + 31 * DAY,
    }
    first_end: dict[tuple[str, Any], datetime.date] = {}
    for row in rows:  # two rules may look at one row
        end, place = due_on(row.counted, row.rule.delay), (row.rule.model, row.key)
        first_end[place] = min(end, first_end.get(place, end))
    fired: set[str] = set()
    there = those_there(rows)
    for day in days(ends | marked):
        alive = there
        before = facts(run(day, dry=True)) if day in ends | marked else None
        told = run(day)
        assert before is None or before == facts(told), day
        assert {row.ending for row in told.values()} == {Ending.DONE}, [
            row.rule for row in told.values() if row.ending != Ending.DONE
        ]
        by_somebody = any(told[code].handled for code in ("members.covers", "portals.unused_accounts"))
        fired |= {code for code, report in told.items() if report.handled}
        there = those_there(rows)
        for row in rows:
            due = due_on(row.counted, row.rule.delay) <= day
            kept = row.held and day <= HELD_UNTIL
            if id(row) in alive - there:
                assert first_end[row.rule.model, row.key] <= day or by_somebody, (row.rule.code, day)
                assert not kept, (row.rule.code, day)
            if due and not kept:
                assert id(row) not in there or told[row.rule.code].linked, (row.rule.code, day)
        assert exists(Person, free.person.pk) == (day < cover_due), day
        assert exists(Household, free.person.household_id) == (day < cover_due), day
        assert exists(Person, held.person.pk) == (day <= HELD_UNTIL), day
        assert is_archived(free) == (datetime.date(2029, 6, 30) <= day < cover_due), day
        assert is_open(free.account) == (day < unused_due), day
        assert is_open(held.account) == (day <= HELD_UNTIL), day
        assert is_warned(free.account) == (unused_due - 30 * DAY <= day < unused_due), day
    assert [row.rule.code for row in rows if id(row) in there] == []
    assert fired >= set(COUNTED) | {"members.covers", "portals.unused_accounts"}


def days(ends: Iterable[datetime.date]) -> Iterator[datetime.date]:
    """Every day of ten years, or those around an end."""
    if os.environ.get("YEARS") == "10":
        yield from (FIRST + number * DAY for number in range(366 * 10 + 60))
        return
    yield from sorted({day for end in ends for day in (end - DAY, end)})


def rule_named(code: str) -> Any:
    return next(rule for rule in rules() if rule.code == code)


def those_there(rows: list[Planted]) -> set[int]:
    """Those with which their rule still has something to do: the row is there, and holds what would be emptied."""
    of_rule: dict[str, list[Planted]] = {}
    for row in rows:
        of_rule.setdefault(row.rule.code, []).append(row)
    found: set[int] = set()
    with isolation.system():
        for same in of_rule.values():
            rule = same[0].rule
            there = rule.of._base_manager.filter(pk__in=[row.key for row in same])
            if rule.emptied:
                there = there.filter(rule.where)
            keys = set(there.values_list("pk", flat=True))
            found |= {id(row) for row in same if row.key in keys}
    return found


def exists(model: Any, key: int) -> bool:
    with isolation.system():
        return bool(model.objects.filter(pk=key).exists())


def is_archived(who: Somebody) -> bool:
    with isolation.system():
        return Archived.objects.filter(space="adherent", subject_id=who.person.pk).exists()


def is_warned(account: Account) -> bool:
    with isolation.system():
        return RetentionWarning.objects.filter(account=account).exists()


def is_open(account: Account) -> bool:
    return Account.objects.get(pk=account.pk).state != "closed"


def hold(who: Somebody) -> None:
    with isolation.system():
        LegalHold.objects.create(
            space="adherent", tenant_id=who.person.household_id, subject_id=who.person.pk, reason="Litige en cours",
            until=HELD_UNTIL, set_by=builders.staff(),
        )  # fmt: skip
