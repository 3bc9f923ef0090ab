"""Lines whose amounts are not those that the scheme's terms and the guarantee give: the queue of the staff."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.households.models import Household
from portals.history import track


class DifferenceState(models.TextChoices):
    OPEN = "open", "À vérifier"
    EXPLAINED = "explained", "Expliqué à l’adhérent"
    CORRECTED = "corrected", "Corrigé"
    NORMAL = "normal", "Normal"


@track()
class AmountDifference(models.Model):
    """What was paid and what was expected for one line, in euros.

    Staff read these rows: they hold no act, no person and no professional, only the reference of the décompte
    (PDP-4.2). `reason` is what the member reads on the page of the line.
    """

    line_id = models.BigIntegerField("prestation", unique=True)
    benefit_ref = models.CharField("référence", max_length=40)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    paid_scheme = models.DecimalField("régime, selon le décompte", max_digits=12, decimal_places=2)
    paid_mutual = models.DecimalField("mutuelle, payé", max_digits=12, decimal_places=2)
    expected_scheme = models.DecimalField("régime, recalculé", max_digits=12, decimal_places=2)
    expected_mutual = models.DecimalField("mutuelle, selon la garantie", max_digits=12, decimal_places=2)
    state = models.CharField("état", max_length=10, choices=DifferenceState, default=DifferenceState.OPEN)
    reason = models.CharField("ce que lit l’adhérent", max_length=500, blank=True)
    found_at = models.DateTimeField("constaté le", default=timezone.now)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "écart de montant"
        verbose_name_plural = "écarts de montants"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DifferenceState.values), name="difference_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=DifferenceState.OPEN) | (Q(decided_at__isnull=False) & ~Q(reason="")),
                name="difference_decision_has_its_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "found_at"], name="difference_queue")]

    def __str__(self) -> str:
        return f"écart {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == DifferenceState.OPEN


class RecomputingMark(models.Model):
    """How far lines, and their changes, were recomputed. One row."""

    last_line = models.BigIntegerField("dernière prestation vue", default=0)
    last_change = models.BigIntegerField("dernier changement vu", default=0)

    class Meta:
        verbose_name = "avancement des recalculs"

    def __str__(self) -> str:
        return f"recalculs jusqu’à {self.last_line}"
