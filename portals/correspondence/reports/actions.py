"""Reporting an error, and what staff make of it."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.correspondence.reports.emails import tell
from portals.correspondence.reports.models import ErrorReport, ReportedState
from portals.secrets import seal, unseal
from portals.secrets.models import SubjectKey
from portals.signals import announce

PLACE = "portals_errorreport.words_sealed"
DIGITS = 10**12
ERASED = "Texte effacé avec le compte qui l’a écrit."


class AlreadyDecided(Exception):
    """The report was handled already."""


class NothingPublished(Exception):
    """A correction is published: what was wrong is said to everybody who may have read it."""


@transaction.atomic
def report(*, by: Account | None, page: str, words: str) -> ErrorReport:
    """Keep a report, from anybody."""
    kept = ErrorReport(number=_draw(timezone.localdate().year), page=page, account=by)
    kept.words_sealed = seal(_subject(kept), PLACE, words)
    kept.save()
    announce("error.reported", by=by, object_kind="error_report", object_id=kept.pk)
    return kept


def decide(*, by: Account, report: ErrorReport, corrected: bool, answer: str, published: str = "") -> None:
    """Say what was corrected, or why nothing was. Raises AlreadyDecided or NothingPublished."""
    if corrected and not published.strip():
        raise NothingPublished
    with isolation.system():
        row = ErrorReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if row.state != ReportedState.RECEIVED:
            raise AlreadyDecided
        row.state = ReportedState.CORRECTED if corrected else ReportedState.NO_ERROR
        row.answer, row.published = answer, published.strip() if corrected else ""
        row.decided_at, row.decided_by = timezone.now(), by
        row.save(update_fields=["state", "answer", "published", "decided_at", "decided_by"])
        tell(row)
    announce(
        "error.decided", by=by, object_kind="error_report", object_id=row.pk, details={"corrected": int(corrected)}
    )


def on_operation(*, action: str, object_id: int | str, **_rest: Any) -> None:
    """What a deleted account wrote goes with it, key included; the report and what was corrected stay, about nobody."""
    if action != "account.deleted":
        return
    for row in ErrorReport.objects.select_for_update().filter(account_id=object_id):
        SubjectKey.objects.filter(subject=_subject(row)).delete()
        row.account, row.words_sealed = None, seal(_subject(row), PLACE, ERASED)
        row.save(update_fields=["account", "words_sealed"])


def words_of(report: ErrorReport) -> str:
    """What was written, as long as it is kept."""
    if not report.words_sealed:
        return ERASED
    return unseal(_subject(report), PLACE, bytes(report.words_sealed))


def _draw(year: int) -> str:
    """`SE-2026-482177365012`: a million million numbers a year, none of which tells another."""
    return f"SE-{year}-{secrets.randbelow(DIGITS):012d}"


def _subject(report: ErrorReport) -> str:
    return f"error-report:{report.number}"
