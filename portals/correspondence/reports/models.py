"""Reports of errors: what a page says wrong, what was corrected and when (CGU-5.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ReportedState(models.TextChoices):
    RECEIVED = "received", "Reçu"
    CORRECTED = "corrected", "Corrigé"
    NO_ERROR = "no_error", "Sans correction"


class ErrorReport(models.Model):
    """`number` is drawn at random: whoever has it follows the report, signed in or not.

    `page` is the pattern of the address, without any identifier of a thing or a person. What was written is sealed;
    `answer` is for whoever reported, `published` is what the public page says of the correction, about nobody.
    """

    number = models.CharField("numéro", max_length=24, unique=True)
    page = models.CharField("page", max_length=120, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, null=True, related_name="+"
    )
    words_sealed = models.BinaryField("texte scellé")
    reported_at = models.DateTimeField("signalé le", default=timezone.now)
    state = models.CharField("état", max_length=10, choices=ReportedState, default=ReportedState.RECEIVED)
    answer = models.TextField("réponse", blank=True)
    published = models.CharField("correction publiée", max_length=300, blank=True)
    decided_at = models.DateTimeField("traité le", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="traité par", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "erreur signalée"
        verbose_name_plural = "erreurs signalées"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportedState.values), name="error_report_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="received") | (Q(decided_at__isnull=False) & ~Q(answer="")),
                name="error_report_decided_with_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="corrected") | ~Q(published=""), name="error_report_correction_is_published"
            ),
        ]
        indexes = [models.Index(fields=["-decided_at"], condition=Q(state="corrected"), name="error_report_published")]

    def __str__(self) -> str:
        return f"signalement {self.pk}"
