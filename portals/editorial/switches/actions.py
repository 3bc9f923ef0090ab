"""Switching a service off for a space, keeping it shut before it opens, announcing it; and taking the decision back."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portals.access.actions import (
    AlreadyAnnounced,
    AlreadyLifted,
    EndsBeforeItBegins,
    NoReason,
    Refused,
    UnknownService,
)
from portals.access.services import Position, Service, services_of
from portals.accounts.models import Account, Space
from portals.editorial.switches.models import ServiceSwitch
from portals.signals import announce

PLACE = "portals.add_serviceswitch"
CANCEL = "portals.change_serviceswitch"


class NeverSwitchedOff(Refused):
    """A service that stays open whatever is decided: what a right rests on, the first page of a space."""


@transaction.atomic
def place(
    *,
    by: Account,
    space: str,
    service_code: str,
    position: Position,
    words: str = "",
    begins_at: datetime.datetime | None = None,
    ends_at: datetime.datetime | None = None,
) -> ServiceSwitch:
    """Decide of a service for everybody in a space. The terms do not change, and nobody accepts them again (CGU-3.1).

    Without `begins_at` it holds at once, without `ends_at` until it is cancelled. Raises PermissionDenied,
    UnknownService, NeverSwitchedOff, NoReason, EndsBeforeItBegins or AlreadyAnnounced.
    """
    if not by.has_perm(PLACE):
        raise PermissionDenied
    service = _service_of(space, service_code)
    now = timezone.now()
    begins_at = begins_at or now
    _check(service, position, words, now=now, begins_at=begins_at, ends_at=ends_at)
    if _overlapping(service, position, begins_at, ends_at).exists():
        raise AlreadyAnnounced("Une décision vaut déjà pour ce service à ces dates\u00a0: annulez-la d’abord.")
    switch = ServiceSwitch.objects.create(
        space=space, service=service_code, position=position, words=words.strip(), begins_at=begins_at,
        ends_at=ends_at, decided_at=now, by=by,
    )  # fmt: skip
    announce(
        "service.switch_placed",
        by=by,
        object_kind="serviceswitch",
        object_id=switch.pk,
        details={"service": service_code, "position": str(position)},
    )
    return switch


@transaction.atomic
def cancel(*, by: Account, switch: ServiceSwitch) -> None:
    """The decision no longer holds; it stays on record. Raises PermissionDenied or AlreadyLifted."""
    if not by.has_perm(CANCEL):
        raise PermissionDenied
    standing = ServiceSwitch.objects.select_for_update(of=("self",)).get(pk=switch.pk)
    if standing.cancelled_at is not None:
        raise AlreadyLifted("Cette décision est déjà annulée.")
    standing.cancelled_at, standing.cancelled_by = timezone.now(), by
    standing.save(update_fields=["cancelled_at", "cancelled_by"])
    announce(
        "service.switch_cancelled",
        by=by,
        object_kind="serviceswitch",
        object_id=standing.pk,
        details={"service": standing.service},
    )


def _service_of(space: str, code: str) -> Service:
    found = next((service for service in services_of(space) if service.code == code), None)
    if found is None or space == Space.STAFF:
        raise UnknownService("Ce service n’existe pas dans cet espace.")
    return found


def _check(
    service: Service,
    position: Position,
    words: str,
    *,
    now: datetime.datetime,
    begins_at: datetime.datetime,
    ends_at: datetime.datetime | None,
) -> None:
    if position != Position.NEW and not service.may_be_switched_off:
        raise NeverSwitchedOff(
            f"«\u00a0{service.label}\u00a0» reste ouvert\u00a0: un droit ou tout l’espace en dépend."
        )
    if position != Position.UNOPENED and not words.strip():
        raise NoReason("Écrivez ce que liront les utilisateurs.")
    if ends_at is not None and (ends_at <= begins_at or ends_at <= now):
        raise EndsBeforeItBegins("La fin vient après le début, et après aujourd’hui.")


def _overlapping(
    service: Service, position: Position, begins_at: datetime.datetime, ends_at: datetime.datetime | None
) -> QuerySet[ServiceSwitch]:
    """Decisions that would hold at the same time: two that close a service, or two announcements of it."""
    alike = [Position.NEW] if position == Position.NEW else [Position.OFF, Position.UNOPENED]
    rows = ServiceSwitch.objects.filter(service=service.code, position__in=alike, cancelled_at=None)
    rows = rows.filter(Q(ends_at=None) | Q(ends_at__gt=begins_at))
    return rows if ends_at is None else rows.filter(begins_at__lt=ends_at)
