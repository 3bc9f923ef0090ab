"""Comparing the portfolio, each night and as soon as a list is there. One read of each space, flags written by handfuls."""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from portals.banking.models import BankChange
from portals.declarations import Purpose
from portals.jobs import Job, handler
from portals.jobs.schedules import daily
from privacy.audit import record
from privacy.investigations.models import Kind
from privacy.investigations.screening.importing import SCREEN
from privacy.investigations.screening.matching import Index, Listed
from privacy.investigations.screening.models import FlagKind, FreezeList, ListedKind, ListedName, ScreeningFlag
from privacy.investigations.screening.patterns import Thresholds, bank_changes_are_unusual, refunds_are_unusual
from privacy.investigations.screening.registry import everybody, paid_since
from privacy.investigations.walls import inside
from privacy.register.running import may_run

HANDFUL = 500


@handler(SCREEN)
def screen_job(job: Job) -> None:
    """A version has just come."""
    screen(timezone.localdate())


def each_night(planned_for: datetime.datetime) -> None:
    screen(timezone.localdate(planned_for))


def screen(today: datetime.date) -> int:
    """Compare everybody, look at payments; returns how many flags are new. In the system's context."""
    if not may_run(Purpose.FINANCIAL_CRIME):
        return 0
    with inside(Kind.FINANCIAL_CRIME):
        before = ScreeningFlag.objects.aggregate(last=Max("pk"))["last"] or 0
        _keep(_against_the_list())
        _keep(_bank_changes(today))
        _keep(_refunds(today))
        new = ScreeningFlag.objects.filter(pk__gt=before).count()
    record("vigilance.screened", by=None, object_kind="freezelist", details={"flags": new})
    return new


def thresholds() -> Thresholds:
    limits: dict[str, Any] = settings.VIGILANCE
    return Thresholds(**limits)


def _keep(flags: Iterable[ScreeningFlag]) -> None:
    """The same key is the same flag, whatever was decided of it: it is left alone."""
    for some in batched(flags, HANDFUL, strict=False):
        ScreeningFlag.objects.bulk_create(some, ignore_conflicts=True)


def _against_the_list() -> Iterator[ScreeningFlag]:
    version = FreezeList.objects.order_by("-pk").first()
    if version is None:
        return
    told: dict[str, set[str]] = defaultdict(set)
    index = Index.of(_listed(version, told))
    prints = {number: _print(words) for number, words in told.items()}
    count = 0
    for known in everybody():
        count += 1
        for match in index.matches(known.candidate):
            yield ScreeningFlag(
                key=f"{FlagKind.FREEZE}:{known.space}:{known.subject_id}:{match.number}:{prints[match.number]}",
                kind=FlagKind.FREEZE, space=known.space, tenant_id=known.tenant_id, subject_id=known.subject_id,
                version=version, numbers=[match.number], degree=match.degree,
                facts=f"Registre des gels, n°\u00a0{match.number}\u00a0: proximité de {match.degree} sur 100.",
            )  # fmt: skip
    FreezeList.objects.filter(pk=version.pk).update(screened_at=timezone.now(), screened=count)


def _listed(version: FreezeList, told: dict[str, set[str]]) -> Iterator[Listed]:
    """The names of a version; `told` learns all that is said of each number, so that a change of it is a new flag."""
    for one in ListedName.objects.filter(version=version).iterator(chunk_size=2000):
        born = one.born_on.isoformat() if one.born_on else str(one.birth_year or "")
        told[one.number].add("|".join((one.family_name, one.given_names, born)))
        yield Listed(
            one.number, one.family_name, one.given_names, one.born_on, one.birth_year, one.kind == ListedKind.ENTITY
        )


def _print(words: set[str]) -> str:
    return hashlib.sha256("\n".join(sorted(words)).encode()).hexdigest()[:16]


def _bank_changes(today: datetime.date) -> Iterator[ScreeningFlag]:
    """By whom they were asked for, whatever became of them: a refused one says as much."""
    limits = thresholds()
    since = today - datetime.timedelta(days=limits.bank_days)
    asked: dict[tuple[str, int | None, int], list[datetime.date]] = defaultdict(list)
    rows = BankChange.objects.filter(asked_at__date__gt=since).order_by("asked_at")
    for space_of, tenant_of, subject_of, at in rows.values_list(
        "space", "tenant_id", "subject_id", "asked_at"
    ).iterator():
        asked[space_of, tenant_of, subject_of].append(timezone.localdate(at))
    for (space, tenant, subject), days in asked.items():
        if bank_changes_are_unusual(days, today, limits):
            # Once for each span of the window, not once a night.
            span = days[0].toordinal() // limits.bank_days
            yield ScreeningFlag(
                key=f"{FlagKind.BANK_CHANGES}:{space}:{subject}:{span}", kind=FlagKind.BANK_CHANGES, space=space,
                tenant_id=tenant, subject_id=subject,
                facts=f"{len(days)} changements demandés en {limits.bank_days}\u00a0jours.",
            )  # fmt: skip


def _refunds(today: datetime.date) -> Iterator[ScreeningFlag]:
    limits = thresholds()
    since = today - datetime.timedelta(days=limits.refund_days)
    for paid in paid_since(since, limits.refunds):
        if refunds_are_unusual(paid.total, limits):
            yield ScreeningFlag(
                key=f"{FlagKind.REFUNDS}:{paid.space}:{paid.subject_id}:{today.year}", kind=FlagKind.REFUNDS,
                space=paid.space, tenant_id=paid.tenant_id, subject_id=paid.subject_id,
                facts=f"Remboursé en {limits.refund_days}\u00a0jours\u00a0: plus de {limits.refunds:.0f}\u202f€.",
            )  # fmt: skip


daily("vigilance.screen", at=datetime.time(2, 50), run=each_night)
