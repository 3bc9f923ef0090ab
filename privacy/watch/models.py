"""What the watch has found: one row per anomaly and per day, beside the incident that it opened."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from privacy.breaches.models import Incident


class Anomaly(models.Model):
    """A rule of the watch that was crossed. `key` names the rule, whom it is about and the day: it is told once.

    `reason` is why somebody found it harmless; the incident is closed with it.
    """

    incident = models.OneToOneField(Incident, verbose_name="incident", on_delete=models.PROTECT, related_name="anomaly")
    key = models.CharField("règle, sujet et jour", max_length=80, unique=True)
    found_at = models.DateTimeField("constatée le", default=timezone.now)
    dismissed_at = models.DateTimeField("écartée le", null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="par", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("raison", max_length=500, blank=True)

    class Meta:
        verbose_name = "anomalie du journal"
        verbose_name_plural = "anomalies du journal"
        constraints = [
            models.CheckConstraint(
                condition=Q(dismissed_at=None, dismissed_by=None, reason="")
                | (Q(dismissed_at__isnull=False, dismissed_by__isnull=False) & ~Q(reason="")),
                name="anomaly_is_dismissed_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"anomalie {self.pk}"
