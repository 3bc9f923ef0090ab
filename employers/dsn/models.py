"""DSN files between their reading and the click that applies them: drafts, sealed, erased after a while."""

import datetime
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from employers.companies.models import Company
from employers.workforce.models import Operation

KEPT = datetime.timedelta(days=7)
"""How long a file is kept after the last act on it: the next month's replaces it."""


def draw_reference() -> str:
    return secrets.token_hex(16)


class DsnDraft(models.Model):
    """A DSN file that somebody sent, as far as it affiliates. Only that account reads it.

    What it says is in `content_sealed`, under the key `dsn:<reference>`: the file's people, what was left out and the
    reasons chosen. Applied, it is erased at once: counts remain for a while, and the operation.
    """

    reference = models.CharField("référence", max_length=32, unique=True, default=draw_reference)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_sealed = models.BinaryField("contenu scellé", blank=True)
    lines = models.PositiveIntegerField("lignes")
    establishments = models.PositiveIntegerField("établissements")
    people = models.PositiveIntegerField("individus")
    applied = models.PositiveIntegerField("changements appliqués", default=0)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    created_at = models.DateTimeField("reçu le", default=timezone.now)
    saved_at = models.DateTimeField("modifié le", default=timezone.now)

    class Meta:
        verbose_name = "fichier DSN"
        verbose_name_plural = "fichiers DSN"
        constraints = [
            models.CheckConstraint(condition=Q(operation=None) | Q(content_sealed=b""), name="dsn_applied_is_erased"),
        ]
        indexes = [
            models.Index(fields=["company", "account", "-id"], name="dsn_draft_own"),
            models.Index(fields=["saved_at"], name="dsn_draft_old"),
        ]

    def __str__(self) -> str:
        return f"fichier DSN {self.pk}"

    @property
    def erased_at(self) -> datetime.datetime:
        """When it goes by itself, unless something is done with it before."""
        return self.saved_at + KEPT

    @property
    def is_applied(self) -> bool:
        return self.operation_id is not None
