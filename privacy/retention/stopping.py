"""The switches: a rule, or all of them, stopped by the data protection officer. Read between two batches."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from portals.accounts.models import Account
from privacy.audit import record
from privacy.retention.models import RetentionSwitch

EVERY = ""
"""What a switch names when it stops every rule."""


class AlreadyStopped(Exception):
    """A switch of this rule is set."""


class NotStopped(Exception):
    """The switch was lifted before."""


def is_stopped(code: str, *, using: str = "default") -> bool:
    """Whether this rule, or every rule, may not act now."""
    return RetentionSwitch.objects.using(using).filter(rule__in=(code, EVERY), lifted_at=None).exists()


def stopped_rules(*, using: str = "default") -> set[str]:
    """The rules that may not act now; `EVERY` among them stops them all."""
    return set(RetentionSwitch.objects.using(using).filter(lifted_at=None).values_list("rule", flat=True))


def switches() -> Mapping[str, RetentionSwitch]:
    """The switches that are set, by rule."""
    return {row.rule: row for row in RetentionSwitch.objects.filter(lifted_at=None).select_related("set_by")}


@transaction.atomic
def stop(*, by: Account, rule: str, reason: str) -> RetentionSwitch:
    """Stop a rule, or every one (`EVERY`), from the next batch on. Raises AlreadyStopped."""
    try:
        with transaction.atomic():
            row = RetentionSwitch.objects.create(rule=rule, reason=reason, set_by=by)
    except IntegrityError as twice:
        raise AlreadyStopped from twice
    record(
        "retention.stopped", by=by, object_kind="retention_switch", object_id=row.pk, details={"rule": rule or "all"}
    )
    return row


@transaction.atomic
def resume(*, by: Account, switch: RetentionSwitch) -> None:
    """Let it act again. Raises NotStopped."""
    changed = RetentionSwitch.objects.filter(pk=switch.pk, lifted_at=None).update(
        lifted_at=timezone.now(), lifted_by=by
    )
    if not changed:
        raise NotStopped
    record("retention.resumed", by=by, object_kind="retention_switch", object_id=switch.pk)
