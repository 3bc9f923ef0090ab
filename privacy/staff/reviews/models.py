"""The yearly review of access rights: each role of each member of staff, confirmed or withdrawn (PDP-7.3)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portals.documents.models import StoredFile


class AccessReview(models.Model):
    """One review. At most one is open: `closed_at` is empty for it alone.

    `delegates`: how many rights the accounts of companies and practices have, as counted at the start:
    [{"space", "role", "rights", "asleep"}]. `csv` and `pdf` are the evidence, made when it is closed.
    """

    started_at = models.DateTimeField("commencée le", default=timezone.now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="commencée par", on_delete=models.PROTECT, related_name="+"
    )
    delegates = models.JSONField("délégués des entreprises et des cabinets", default=list)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="close par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    next_due_on = models.DateField("prochaine revue avant le", null=True, blank=True)
    csv = models.OneToOneField(
        StoredFile, verbose_name="tableau", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    pdf = models.OneToOneField(
        StoredFile,
        verbose_name="procès-verbal signé",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "revue des habilitations"
        verbose_name_plural = "revues des habilitations"
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["closed_at"], nulls_distinct=False, name="review_one_open"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, next_due_on=None, csv=None, pdf=None)
                | Q(
                    closed_at__gte=F("started_at"),
                    closed_by__isnull=False,
                    next_due_on__isnull=False,
                    csv__isnull=False,
                    pdf__isnull=False,
                ),
                name="review_closed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"revue {self.pk}"


class Decision(models.TextChoices):
    WAITING = "waiting", "À revoir"
    CONFIRMED = "confirmed", "Confirmé"
    WITHDRAWN = "withdrawn", "Retiré"
    GONE = "gone", "Déjà retiré"


class ReviewLine(models.Model):
    """One role of one account, with what was known when the line was made, and what was decided.

    `role` is the name of the group; empty for an account without any, and for what it was given outside roles.
    `uses`: [{"right", "used_on"}], the last day on which each right was used, as the journal says; None for never.
    """

    review = models.ForeignKey(AccessReview, verbose_name="revue", on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField("rôle", max_length=150, blank=True)
    last_sign_in = models.DateTimeField("dernière connexion", null=True, blank=True)
    last_used_on = models.DateField("dernier usage", null=True, blank=True)
    uses = models.JSONField("usage de chaque droit", default=list)
    is_asleep = models.BooleanField("sans usage depuis 90 jours", default=False)
    charter = models.CharField("charte", max_length=8)
    charter_due_on = models.DateField("charte à renouveler le", null=True, blank=True)
    modules = models.CharField("modules suivis", max_length=24)
    decision = models.CharField("décision", max_length=10, choices=Decision, default=Decision.WAITING)
    reason = models.CharField("raison", max_length=300, blank=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidé par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "ligne d’une revue des habilitations"
        verbose_name_plural = "lignes des revues des habilitations"
        ordering = ["account__display_name", "account", "role"]
        constraints = [
            models.UniqueConstraint(fields=["review", "account", "role"], name="review_line_once"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="review_decision_is_known"),
            models.CheckConstraint(
                condition=Q(decision__in=["waiting", "gone"])
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                name="review_decided_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("account")), name="review_never_of_oneself"),
        ]

    def __str__(self) -> str:
        return f"ligne de revue {self.pk}"
