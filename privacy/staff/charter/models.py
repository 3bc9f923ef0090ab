"""The staff charter, version by version, and who took it upon themselves, when (PDP-7.2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

HEXADECIMAL = r"^[0-9a-f]{64}$"


class CharterVersion(models.Model):
    """One text. Rows are only ever inserted. `published_by` is empty for the first one, which comes with the software."""

    number = models.PositiveIntegerField("version", unique=True)
    text = models.TextField("texte (HTML)")
    changes = models.TextField("ce qui change", blank=True, default="")
    text_sha256 = models.CharField("empreinte du texte", max_length=64)
    published_at = models.DateTimeField("publiée le", default=timezone.now)
    effective_on = models.DateField("à reconnaître à partir du")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="publiée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "version de la charte du personnel"
        verbose_name_plural = "versions de la charte du personnel"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(text_sha256__regex=HEXADECIMAL), name="charter_sha256_is_hex"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(changes=""), name="charter_tells_what_changes"),
        ]

    def __str__(self) -> str:
        return f"charte {self.pk}"


class CharterAcknowledgement(models.Model):
    """Somebody read a version and undertook to follow it. Rows are only ever inserted.

    The fingerprint is that of the text that was shown; `words` are those beside the box that was ticked.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="+"
    )
    version = models.ForeignKey(CharterVersion, verbose_name="version", on_delete=models.PROTECT, related_name="+")
    text_sha256 = models.CharField("empreinte du texte lu", max_length=64)
    words = models.CharField("engagement", max_length=200)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "engagement sur la charte"
        verbose_name_plural = "engagements sur la charte"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(text_sha256__regex=HEXADECIMAL), name="charter_read_sha256_is_hex"),
        ]
        indexes = [models.Index(F("account"), F("at").desc(), name="charter_last_of_account")]

    def __str__(self) -> str:
        return f"engagement {self.pk}"
