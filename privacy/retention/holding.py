"""Which rows a dispute or an inquiry keeps: those that an erasure of the person would reach."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from privacy.erasure.models import LegalHold
from privacy.erasure.registry import answers_of, spaces
from privacy.retention.registry import reach_of


@dataclass(frozen=True)
class HeldRows:
    """The rows of one model that one hold keeps."""

    hold_id: int
    rows: Q


def standing(today: datetime.date) -> list[LegalHold]:
    """The holds that keep something today. Needs the system's context."""
    rows = LegalHold.objects.filter(lifted_at=None, until__gte=today, space__in=spaces())
    return list(rows.order_by("pk"))


def held_rows(label: str, holds: Iterable[LegalHold]) -> list[HeldRows]:
    """What each hold keeps of this model, found as an erasure of its person finds it."""
    reach, found = reach_of(label), []
    for hold in holds:
        target = answers_of(hold.space).find(hold.subject_id, hold.tenant_id)
        rows = reach.rows(replace(target, is_over=True))
        if rows is not None:
            found.append(HeldRows(hold.pk, rows))
    return found


def keys_of(rows: QuerySet[Any], held: Iterable[HeldRows]) -> QuerySet[Any] | None:
    """The keys of those of these rows that are held; None when no hold concerns their model."""
    kept = Q()
    for one in held:
        kept |= one.rows
    if not kept:
        return None
    return rows.model._base_manager.using(rows.db).filter(kept).order_by().values("pk")


def unheld[R: QuerySet[Any]](rows: R, today: datetime.date | None = None) -> R:
    """These rows without those that a dispute keeps, for the rooms that let go of things by themselves each night."""
    held = held_rows(rows.model._meta.label, standing(today or timezone.localdate()))
    keys = keys_of(rows, held)
    return rows if keys is None else rows.exclude(pk__in=keys)
