"""What the DPO decides of an assessment, and the switch of a sensitive processing."""

import datetime

from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from privacy.audit import record
from privacy.register.assessments.models import Activation, ImpactAssessment, Outcome
from privacy.register.declared import processing_of


class AlreadyDecided(Exception):
    """A decided assessment does not change: a new one is made."""


class NotAssessed(Exception):
    """No validated assessment allows this processing to run."""


class NotSensitive(Exception):
    """Only sensitive processings have a switch."""


class AlreadySo(Exception):
    """The switch is there already."""


@transaction.atomic
def decide(
    *, by: Account | None, assessment: ImpactAssessment, outcome: Outcome, opinion: str, review_on: datetime.date | None
) -> ImpactAssessment:
    """Give the DPO's opinion and what the assessment comes to. Raises AlreadyDecided.

    Anything but a validation stops the processing, if it ran on an older assessment.
    """
    row = ImpactAssessment.objects.select_for_update().get(pk=assessment.pk)
    if row.outcome != Outcome.DRAFT or outcome == Outcome.DRAFT:
        raise AlreadyDecided
    row.outcome, row.opinion = outcome, opinion
    row.decided_at, row.decided_by, row.review_on = timezone.now(), by, review_on
    row.save()
    record("assessment.decided", by=by, object_kind="impactassessment", object_id=row.pk, result=outcome.value)
    if outcome != Outcome.VALIDATED:
        _stop(by=by, code=row.processing, reason=f"Analyse d’impact n°\u00a0{row.pk}\u00a0: {outcome.label.lower()}.")
    return row


@transaction.atomic
def switch_on(*, by: Account | None, assessment: ImpactAssessment) -> Activation:
    """Put a sensitive processing into service. Raises NotSensitive, NotAssessed or AlreadySo.

    The last decided assessment of the processing counts: a renouncement closes what an older validation had opened.
    """
    code = assessment.processing
    if not processing_of(code).sensitive:
        raise NotSensitive(code)
    decided = ImpactAssessment.objects.select_for_update().filter(processing=code).exclude(outcome=Outcome.DRAFT)
    last = decided.order_by("-decided_at", "-pk").first()
    if last is None or last.pk != assessment.pk or last.outcome != Outcome.VALIDATED:
        raise NotAssessed(code)
    if Activation.objects.filter(processing=code, ended_at=None).exists():
        raise AlreadySo(code)
    activation = Activation.objects.create(processing=code, assessment=last)
    record("processing.switched_on", by=by, object_kind="activation", object_id=activation.pk, details={"code": code})
    return activation


@transaction.atomic
def switch_off(*, by: Account, code: str, reason: str) -> None:
    """Stop a sensitive processing at once. Raises AlreadySo."""
    if not _stop(by=by, code=code, reason=reason):
        raise AlreadySo(code)


def _stop(*, by: Account | None, code: str, reason: str) -> bool:
    running = Activation.objects.select_for_update().filter(processing=code, ended_at=None).first()
    if running is None:
        return False
    running.ended_at, running.reason = timezone.now(), reason[:200]
    running.save(update_fields=["ended_at", "reason"])
    record("processing.switched_off", by=by, object_kind="activation", object_id=running.pk, details={"code": code})
    return True
