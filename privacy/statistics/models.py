"""The editions of anonymous statistics, and what re-identification found of each. Their cells are in a schema apart."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class EditionState(models.TextChoices):
    PUBLISHED = "published", "Publiée"
    REFUSED = "refused", "Refusée"
    EMPTY = "empty", "Trop peu de personnes"


class Edition(models.Model):
    """One attempt at a month of one source. `verdicts`: code, label, passed, found, of each attack of the battery.

    A month is published once and never changes: a second version would tell, by difference, who came late.
    """

    source = models.CharField("source", max_length=20)
    month = models.DateField("mois")
    state = models.CharField("état", max_length=10, choices=EditionState)
    made_at = models.DateTimeField("établie le", default=timezone.now)
    cells = models.PositiveIntegerField("cellules", default=0)
    verdicts = models.JSONField("vérifications", default=list)
    reason = models.CharField("raison", max_length=200, blank=True)

    class Meta:
        verbose_name = "édition de statistiques"
        verbose_name_plural = "éditions de statistiques"
        ordering = ["-month", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "month"], condition=~Q(state="refused"), name="edition_once_a_month"
            ),
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="edition_state_is_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="edition_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"édition {self.pk}"
