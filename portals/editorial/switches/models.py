"""What the mutual decides of a service for a whole space: off for a while, not opened yet, new (CGU-3.1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portals.access.services import Position
from portals.accounts.models import Space


class ServiceSwitch(models.Model):
    """One decision about one service, from an instant to another. Never deleted: cancelled, or over.

    `service` is a code of `portals.access.services`; a service with no switch in force is on. `words` are shown to
    everybody in the space. Every request reads those in force, in the statement of `portals.access.entry`.
    """

    space = models.CharField("espace", max_length=16, choices=Space)
    service = models.CharField("service", max_length=40)
    position = models.CharField("état", max_length=10, choices=Position)
    words = models.TextField("ce que lisent les utilisateurs", blank=True)
    begins_at = models.DateTimeField("depuis le", default=timezone.now)
    ends_at = models.DateTimeField("jusqu’au", null=True, blank=True)
    decided_at = models.DateTimeField("décidé le", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidé par", on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="annulé par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "ouverture d’un service"
        verbose_name_plural = "ouverture des services"
        constraints = [
            models.CheckConstraint(condition=Q(position__in=Position.values), name="service_switch_position_is_known"),
            models.CheckConstraint(
                condition=Q(position=Position.UNOPENED) | ~Q(words=""), name="service_switch_says_why"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at")), name="service_switch_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="service_switch_cancelled_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["space"], condition=Q(cancelled_at=None), name="service_switch_standing")]

    def __str__(self) -> str:
        return f"ouverture {self.pk}"
