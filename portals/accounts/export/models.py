"""Data packages that somebody asked for, the links by which they are taken once, and what was sent to others."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.documents.models import StoredFile


class ExportState(models.TextChoices):
    ASKED = "asked", "En préparation"
    READY = "ready", "Disponible"
    REMOVED = "removed", "Retirée"


class TransferState(models.TextChoices):
    ASKED = "asked", "En cours d’envoi"
    SENT = "sent", "Envoyée"
    REFUSED = "refused", "Refusée par le destinataire"


REFERENCE_BYTES = 16


def new_reference() -> str:
    return secrets.token_hex(REFERENCE_BYTES)


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


class ExportLink(models.Model):
    """A way to an archive, given after a step-up: once, within 24 hours. Only the digest of its secret is kept."""

    export = models.ForeignKey(AccountExport, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField("empreinte du secret", max_length=64, unique=True)
    made_at = models.DateTimeField("donné le", default=timezone.now)
    expires_at = models.DateTimeField("valable jusqu’au")
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)

    class Meta:
        verbose_name = "lien de téléchargement"
        verbose_name_plural = "liens de téléchargement"

    def __str__(self) -> str:
        return f"lien {self.pk}"


class ExportTransfer(models.Model):
    """The portable data of an account, sent to a third party that the person chose (GDPR art. 20(2)).

    `recipient` is the code of `settings.DATA_RECIPIENTS`, `recipient_name` its name on that day. `reference` tells the
    recipient two tries of one transfer from two transfers. `sha256` and `size` are those of what left.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="data_transfers")
    reference = models.CharField("référence", max_length=32, unique=True, default=new_reference)
    recipient = models.CharField("destinataire", max_length=40)
    recipient_name = models.CharField("nom du destinataire", max_length=120)
    state = models.CharField("état", max_length=8, choices=TransferState, default=TransferState.ASKED)
    asked_at = models.DateTimeField("demandée le", default=timezone.now)
    done_at = models.DateTimeField("envoyée le", null=True, blank=True)
    status = models.PositiveSmallIntegerField("réponse du destinataire", null=True, blank=True)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("taille en octets", null=True, blank=True)

    class Meta:
        verbose_name = "transmission de données"
        verbose_name_plural = "transmissions de données"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TransferState.values), name="transfer_of_data_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(done_at__isnull=False), name="transfer_of_data_is_done_at_an_instant"
            ),
        ]
        indexes = [models.Index(fields=["account", "-asked_at"], name="transfer_of_data_latest")]

    def __str__(self) -> str:
        return f"transmission {self.pk}"
