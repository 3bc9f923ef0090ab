"""Instructing a breach: entering it in the register, describing it, assessing its risk, filing, closing."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from portals.accounts.models import Account
from privacy.audit import record
from privacy.breaches.actions import Closed, close_with
from privacy.breaches.models import Incident, IncidentState, StepKind
from privacy.breaches.timeline import note
from privacy.breaches.violations import rules
from privacy.breaches.violations.contents import content_of
from privacy.breaches.violations.models import Breach, Filing, Phase, Risk
from privacy.register.oversight.models import AuthorityExchange, Direction, ExchangeKind

NUMBERING = 0x0B2EAC4
"""Advisory lock: two breaches entered at once take two numbers."""
USUAL_PERIOD = datetime.timedelta(hours=24)
"""What is looked at before the incident, until somebody says since when."""


class AlreadyABreach(Exception):
    """The incident has its breach already."""


class NotYet(Exception):
    """It cannot have been known before it was noticed, nor later than now."""


class NothingNew(Exception):
    """A file is prepared and waits for its deposit, or a whole one was deposited and nothing is missing."""


class LateWithoutReason(Exception):
    """More than 72 hours have gone: the file must say why (RGPD, art. 33.1)."""


class AlreadyFiled(Exception):
    """This file has its receipt."""


class Unfinished(Exception):
    """A duty is left: the file, what it still lacks, or the persons."""


@transaction.atomic
def enter(*, by: Account, incident: Incident, aware_at: datetime.datetime) -> Breach:
    """Enter it in the register: from `aware_at` on, the 72 hours run. Raises Closed, AlreadyABreach or NotYet."""
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    if held.state != IncidentState.OPEN:
        raise Closed
    if Breach.objects.filter(incident=held).exists():
        raise AlreadyABreach
    if aware_at > timezone.now():
        raise NotYet
    breach = Breach.objects.create(
        incident=held, reference=_next_number(timezone.localdate().year, is_drill=held.is_drill), is_drill=held.is_drill,
        aware_at=aware_at, began_at=min(held.opened_at, aware_at) - USUAL_PERIOD, ended_at=held.opened_at,
    )  # fmt: skip
    note(held, StepKind.BREACH, by=by, words=breach.reference)
    record("breach.entered", by=by, object_kind="breach", object_id=breach.pk)
    return breach


def _next_number(year: int, *, is_drill: bool) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
    prefix = f"EX-V-{year}-" if is_drill else f"V-{year}-"
    return f"{prefix}{Breach.objects.filter(reference__startswith=prefix).count() + 1:02d}"


@transaction.atomic
def describe(*, by: Account, breach: Breach, facts: Mapping[str, Any]) -> None:
    """Write what is known: the fields of `rules.ITEMS` and a few more. Raises Closed."""
    held = held_open(breach)
    changed = sorted(name for name, value in facts.items() if getattr(held, name) != value)
    for name in changed:
        setattr(held, name, facts[name])
    held.save(update_fields=changed)
    labels = [str(Breach._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]  # columns
    note(held.incident, StepKind.DESCRIBED, by=by, words=", ".join(labels))
    _record("breach.described", by, held)


@transaction.atomic
def assess(*, by: Account, breach: Breach, risk: Risk, reason: str) -> None:
    """Say how likely and how grave it is for the persons, and why. Raises Closed."""
    held = held_open(breach)
    held.risk, held.risk_reason = risk, reason.strip()
    held.save(update_fields=["risk", "risk_reason"])
    note(held.incident, StepKind.ASSESSED, by=by, words=f"{risk.label}. {reason}")
    _record("breach.assessed", by, held)


@transaction.atomic
def prepare(*, by: Account, breach: Breach, late_reason: str) -> Filing:
    """Freeze what is known into a file, whole or as the next phase. Raises Closed, NothingNew or LateWithoutReason."""
    held = held_open(breach)
    filings = list(held.filings.order_by("rank"))
    lacks = rules.missing(held)
    if any(filing.filed_at is None for filing in filings) or (filings and not filings[-1].missing):
        raise NothingNew
    phase = rules.phase_of(lacks, filed_before=bool(filings))
    now, due_at = timezone.now(), rules.due_at(held.aware_at)
    if phase != Phase.FURTHER and now > due_at and not late_reason.strip():
        raise LateWithoutReason
    filing = Filing(
        breach=held, rank=len(filings) + 1, phase=phase, missing=[item.code for item in lacks], due_at=due_at,
        late_reason=late_reason.strip(), prepared_at=now, prepared_by=by,
    )  # fmt: skip
    filing.content = content_of(held, filing, filings)
    filing.save()
    note(held.incident, StepKind.PREPARED, by=by, words=f"{phase.label} n°\u00a0{filing.rank}.")
    _record("breach.file_prepared", by, held)
    return filing


@transaction.atomic
def mark_filed(
    *, by: Account, filing: Filing, filed_at: datetime.datetime, receipt: str, late_reason: str = ""
) -> None:
    """The file was deposited with the authority, which gave a receipt; the DPO's book of exchanges says so too. Raises
    AlreadyFiled, NotYet or LateWithoutReason."""
    held = Filing.objects.select_for_update(of=("self",)).select_related("breach__incident").get(pk=filing.pk)
    if held.filed_at is not None:
        raise AlreadyFiled
    if not held.breach.aware_at <= filed_at <= timezone.now():
        raise NotYet
    held.late_reason = late_reason.strip() or held.late_reason
    if held.phase != Phase.FURTHER and rules.is_late(held.breach.aware_at, filed_at) and not held.late_reason:
        raise LateWithoutReason
    held.filed_at, held.receipt = filed_at, receipt.strip()
    held.save(update_fields=["filed_at", "receipt", "late_reason"])
    note(held.breach.incident, StepKind.FILED, by=by, words=f"Récépissé {held.receipt}.")
    if not held.breach.is_drill:
        AuthorityExchange.objects.create(
            kind=ExchangeKind.NOTIFICATION, direction=Direction.SENT, on_day=timezone.localdate(filed_at),
            reference=held.receipt, summary=f"{held.get_phase_display()}, violation {held.breach.reference}.",
        )  # fmt: skip
    _record("breach.filed", by, held.breach)


@transaction.atomic
def close(*, by: Account, breach: Breach, lessons: str) -> None:
    """Everything due is done: close the breach and its incident. Raises Closed or Unfinished."""
    held = held_open(breach)
    if unfinished(held):
        raise Unfinished
    held.lessons, held.closed_at = lessons.strip(), timezone.now()
    held.save(update_fields=["lessons", "closed_at"])
    close_with(held.incident, by=by, words=lessons)
    _record("breach.closed", by, held)


def unfinished(breach: Breach) -> list[str]:
    """What is left to do before it can be closed, in words."""
    left = []
    if not breach.risk:
        left.append("évaluer le risque")
    if rules.must_be_notified(breach.risk):
        last = breach.filings.order_by("-rank").first()
        if last is None or last.filed_at is None:
            left.append("déposer le dossier à la CNIL")
        elif last.missing:
            left.append("compléter le dossier de la CNIL")
    if rules.must_be_told(breach.risk) and breach.told_at is None and not breach.exemption:
        left.append("avertir les personnes, ou dire pourquoi non")
    return left


def held_open(breach: Breach) -> Breach:
    """The breach, locked until the end of the transaction. Raises Closed."""
    held = Breach.objects.select_for_update(of=("self",)).select_related("incident").get(pk=breach.pk)
    if held.closed_at is not None:
        raise Closed
    return held


def _record(action: str, by: Account, breach: Breach) -> None:
    record(action, by=by, object_kind="breach", object_id=breach.pk, details={"drill": int(breach.is_drill)})
