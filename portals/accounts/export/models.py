"""« Tout télécharger »: an archive that somebody asked for, while it is made and kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.documents.models import StoredFile


class ExportState(models.TextChoices):
    ASKED = "asked", "En préparation"
    READY = "ready", "Disponible"
    REMOVED = "removed", "Retirée"


class AccountExport(models.Model):
    """One archive of all that an account may see. `expires_at`: from then on it is no longer given, then removed."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports")
    state = models.CharField("état", max_length=10, choices=ExportState, default=ExportState.ASKED)
    requested_at = models.DateTimeField("demandée le", default=timezone.now)
    ready_at = models.DateTimeField("prête le", null=True, blank=True)
    expires_at = models.DateTimeField("gardée jusqu’au", null=True, blank=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="export")

    class Meta:
        verbose_name = "archive d’un compte"
        verbose_name_plural = "archives des comptes"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY) | Q(file__isnull=False, expires_at__isnull=False),
                name="export_ready_has_file",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.REMOVED) | Q(file=None), name="export_removed_has_no_file"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-requested_at"], name="export_latest"),
            models.Index(fields=["expires_at"], condition=Q(state="ready"), name="export_expiring"),
        ]

    def __str__(self) -> str:
        return f"archive {self.pk}"
