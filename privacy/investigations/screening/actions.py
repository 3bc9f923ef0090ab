"""What the officer makes of a flag: dismissed, or confirmed into a file; with a reason, once."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from privacy.audit import record
from privacy.investigations.actions import AlreadyThere, add_subject, open_case, opened
from privacy.investigations.finding import Found
from privacy.investigations.models import Investigation, Kind, Origin, StepKind
from privacy.investigations.screening.models import FlagState, ScreeningFlag
from privacy.investigations.timeline import note


class Decided(Exception):
    """Somebody has decided of this flag."""


class ReasonMissing(Exception):
    """Every decision on a flag says why."""


@transaction.atomic
def dismiss(*, by: Account, flag: ScreeningFlag, reason: str) -> None:
    """It is somebody else, or there is an explanation. Raises Decided or ReasonMissing."""
    held = _waiting(flag, reason)
    held.state = FlagState.DISMISSED
    _decide(held, by, reason)


@transaction.atomic
def confirm(
    *, by: Account, flag: ScreeningFlag, reason: str, who: Found, case: Investigation | None = None
) -> Investigation:
    """It deserves a file: an open one, or a new one. Raises Decided, ReasonMissing or `actions.Closed`."""
    held = _waiting(flag, reason)
    into = opened(case) if case else open_case(
        by=by, kind=Kind.FINANCIAL_CRIME, origin=Origin.SCREENING, facts=f"{held.facts}\n{reason}"
    )  # fmt: skip
    with suppress(AlreadyThere):  # the file is about them already
        add_subject(by=by, case=into, found=who)
    held.state, held.case = FlagState.CONFIRMED, into
    _decide(held, by, reason)
    note(into, StepKind.FLAGGED, by=by, words=f"{held.facts}\n{reason}")
    return into


def _waiting(flag: ScreeningFlag, reason: str) -> ScreeningFlag:
    if not reason.strip():
        raise ReasonMissing
    held = ScreeningFlag.objects.select_for_update(of=("self",)).get(pk=flag.pk)
    if held.state != FlagState.OPEN:
        raise Decided
    return held


def _decide(flag: ScreeningFlag, by: Account, reason: str) -> None:
    flag.decided_by, flag.decided_at, flag.reason = by, timezone.now(), reason.strip()
    flag.save(update_fields=["state", "case", "decided_by", "decided_at", "reason"])
    record("vigilance.flag_decided", by=by, object_kind="screeningflag", object_id=flag.pk)
