"""Files of employees between their reading and the affiliation of their lines: drafts, sealed, erased after a while."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from employers.companies.models import Company

KEPT = datetime.timedelta(days=30)
"""How long a file is kept after the last act on it."""


class FileState(models.TextChoices):
    READING = "reading", "Lecture en cours"
    READY = "ready", "À relire"
    AFFILIATING = "affiliating", "Affiliation en cours"
    REFUSED = "refused", "Refusé"


class EmployeeFile(models.Model):
    """A file that somebody sent, and what was corrected in it since. Only that account reads it.

    What it says of employees is in `content_sealed`, under the key `employee_file:<reference>`: the file itself while
    it waits to be read, then its lines. Counts are those of the last check. `settled_at`: when what was affiliated from
    it can no longer be undone; those lines are then erased.
    """

    reference = models.CharField("référence", max_length=32, unique=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField("état", max_length=12, choices=FileState, default=FileState.READING)
    name_sealed = models.BinaryField("nom du fichier scellé")
    content_sealed = models.BinaryField("contenu scellé")
    size = models.PositiveIntegerField("taille en octets")
    ready_count = models.PositiveIntegerField("lignes prêtes", default=0)
    wrong_count = models.PositiveIntegerField("lignes à corriger", default=0)
    created_at = models.DateTimeField("reçu le", default=timezone.now)
    saved_at = models.DateTimeField("modifié le", default=timezone.now)
    settled_at = models.DateTimeField("affiliations définitives le", null=True, blank=True)

    class Meta:
        verbose_name = "fichier de salariés"
        verbose_name_plural = "fichiers de salariés"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="employee_file_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["company", "account", "-id"], name="employee_file_own"),
            models.Index(fields=["saved_at"], name="employee_file_old"),
            models.Index(fields=["settled_at"], condition=Q(settled_at__isnull=False), name="employee_file_settled"),
        ]

    def __str__(self) -> str:
        return f"fichier de salariés {self.pk}"

    @property
    def erased_at(self) -> datetime.datetime:
        """When it goes by itself, unless something is done with it before."""
        return self.saved_at + KEPT

    @property
    def wrong_words(self) -> str:
        return f"{self.wrong_count} à corriger"

    @property
    def ready_words(self) -> str:
        return f"{self.ready_count} à affilier"

    @property
    def is_busy(self) -> bool:
        """Whether a worker holds it: it is being read, or its lines affiliated."""
        return self.state in {FileState.READING, FileState.AFFILIATING}
