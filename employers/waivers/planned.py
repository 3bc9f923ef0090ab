"""Each night: the company is reminded of waivers that end, 60 and 15 days before, and those that ran out are ended.

What was to be done is done once the employee is found among the affiliations of the contract.
"""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from employers.waivers.answering import expire, settle
from employers.waivers.emails import REMINDERS, tell
from employers.waivers.models import Waiver, WaiverStep
from employers.waivers.queries import SOON, TO_JOIN, WAITING
from employers.waivers.rules import reminder_due
from employers.waivers.words import State, What
from employers.workforce.models import Affiliation
from portals.jobs.schedules import daily
from portals.presentation.formats import local_date
from privacy.audit import record


def follow(*, today: datetime.date) -> tuple[int, int]:
    """How many reminders were promised, and how many waivers ended. In the system's context. One query for those ahead."""
    reminded = sum(_remind(waiver, today) for waiver in _ahead(today))
    over = Waiver.objects.filter(state=State.ACCEPTED, valid_until__lt=today).order_by("pk")
    ended = sum(expire(waiver=waiver, today=today) for waiver in over.iterator())
    for waiver in _covered_since(today):
        settle(by=None, waiver=waiver)
    if reminded or ended:
        record("waivers.followed", by=None, details={"reminded": reminded, "ended": ended})
    return reminded, ended


def follow_waivers(planned_for: datetime.datetime) -> None:
    """The daily run."""
    follow(today=local_date(planned_for))


def _ahead(today: datetime.date) -> Iterator[Waiver]:
    """Those in force that end within sixty days and that no request renews yet."""
    soon = Waiver.objects.filter(state=State.ACCEPTED, valid_until__gte=today, valid_until__lte=today + SOON)
    yield from soon.annotate(is_waiting=WAITING).filter(is_waiting=False).order_by("pk").iterator()


def _covered_since(today: datetime.date) -> list[Waiver]:
    """Those that ran out and whose employee is affiliated to the contract: the same number, or name and birth date."""
    same = Q(search_name=OuterRef("folded_name"), birth_date=OuterRef("birth_date"))
    same |= Q(employee_number=OuterRef("employee_number")) & ~Q(employee_number="")
    running = Affiliation.objects.filter(same, contract=OuterRef("contract_id"), undone_at=None)
    running = running.filter(Q(end_date=None) | Q(end_date__gte=today))
    return list(Waiver.objects.filter(TO_JOIN, Exists(running)).order_by("pk"))


def _remind(waiver: Waiver, today: datetime.date) -> bool:
    """Once for each of the two delays and each last day."""
    until = waiver.valid_until
    days = reminder_due(until, today) if until else None
    if until is None or days is None:
        return False
    words = f"J-{days}, dernier jour le {until:%d/%m/%Y}"
    known = WaiverStep.objects.filter(waiver=waiver, what=What.REMINDED, words=words)
    if known.exists():
        return False
    WaiverStep.objects.create(waiver=waiver, company_id=waiver.company_id, what=What.REMINDED, words=words)
    tell(waiver, REMINDERS[days], key=until.isoformat())
    return True


daily("employers.waivers", at=datetime.time(4, 40), run=follow_waivers)
