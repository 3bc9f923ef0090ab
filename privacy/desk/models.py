"""When the journal was last verified, and what was found."""

from django.db import models
from django.utils import timezone


class JournalCheck(models.Model):
    """One verification of the whole journal. `broken` is the reason in the words of the verifier, empty when it is intact."""

    at = models.DateTimeField("vérifié le", default=timezone.now, db_index=True)
    entries = models.BigIntegerField("écritures vérifiées", default=0)
    broken = models.CharField("altération", max_length=200, blank=True)

    class Meta:
        verbose_name = "vérification du journal"
        verbose_name_plural = "vérifications du journal"

    def __str__(self) -> str:
        return f"vérification {self.pk}"
