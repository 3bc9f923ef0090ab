"""Reports of fraudulent use (CGU-2.7): one row per report, whoever it designates, or nobody."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class ReportState(models.TextChoices):
    RECEIVED = "received", "Reçu"
    MATCHED = "matched", "Compte bloqué"
    UNMATCHED = "unmatched", "Aucun compte reconnu"


class FraudReport(models.Model):
    """`reference` is drawn at random, so that numbers tell nobody how many reports there are.

    The answers of somebody signed out are sealed until a worker has matched them, then forgotten. What they say
    happened stays sealed; only whoever handles the incident opens it.
    `unlock_reason`: why staff gave the account back; empty when its owner did it by the link.
    """

    reference = models.CharField("numéro", max_length=20, unique=True)
    received_at = models.DateTimeField("reçu le", default=timezone.now)
    was_signed_in = models.BooleanField("depuis l’espace")
    state = models.CharField("état", max_length=10, choices=ReportState, default=ReportState.RECEIVED)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", null=True, on_delete=models.PROTECT,
        related_name="fraud_reports",
    )  # fmt: skip
    answers_sealed = models.BinaryField("réponses scellées", null=True)
    description_sealed = models.BinaryField("récit scellé", null=True)
    unlock_reason = models.TextField("motif du déblocage", blank=True, default="")

    class Meta:
        verbose_name = "signalement de fraude"
        verbose_name_plural = "signalements de fraude"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ReportState.values), name="fraud_report_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(account=None) | models.Q(state=ReportState.MATCHED),
                name="fraud_report_of_an_account_is_matched",
            ),
        ]

    def __str__(self) -> str:
        return f"signalement {self.pk}"
