"""Maintenances that are planned and incidents that happened: when, what was affected (CGU-4.1, 4.2, 5.4)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Nature(models.TextChoices):
    MAINTENANCE = "maintenance", "Maintenance"
    INCIDENT = "incident", "Incident"


class Interruption(models.Model):
    """One interruption, announced or suffered. `ends_at` is empty while an incident lasts.

    `impact`: what people could not do, in their words. What staff change later is in the field history.
    """

    nature = models.CharField("nature", max_length=12, choices=Nature)
    begins_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin", null=True, blank=True)
    impact = models.CharField("ce qui est touché", max_length=500)
    noted_at = models.DateTimeField("enregistré le", default=timezone.now)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "interruption de service"
        verbose_name_plural = "interruptions de service"
        ordering = ["-begins_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="interruption_nature_is_known"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at")), name="interruption_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(nature=Nature.MAINTENANCE) | Q(ends_at__isnull=False), name="maintenance_says_its_end"
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(cancelled_at=None), name="interruption_to_come")]

    def __str__(self) -> str:
        return f"interruption {self.pk}"
