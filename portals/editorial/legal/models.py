"""The published versions of the legal pages. A version never changes: a correction is a new one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Page(models.TextChoices):
    """The value is the page's address."""

    PRIVACY = "confidentialite", "Protection des données"
    COOKIES = "cookies", "Cookies"
    NOTICES = "mentions-legales", "Mentions légales"
    ACCESSIBILITY = "accessibilite", "Accessibilité"


class LegalVersion(models.Model):
    """One text of one page, with the facts of the organisation as they were. Rows are only ever inserted.

    `changes`: what differs from the version before, in plain words; only the first has none. `published_by` is empty for
    the first texts, which come with the software.
    """

    page = models.CharField("page", max_length=20, choices=Page)
    number = models.PositiveIntegerField("version")
    text = models.TextField("texte (HTML)")
    changes = models.TextField("ce qui change (HTML)", blank=True, default="")
    text_sha256 = models.CharField("empreinte du texte", max_length=64)
    published_at = models.DateTimeField("publiée le", default=timezone.now)
    effective_at = models.DateTimeField("en vigueur le")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "version d’une page légale"
        verbose_name_plural = "versions des pages légales"
        ordering = ["page", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="legal_version_once"),
            models.CheckConstraint(condition=Q(page__in=Page.values), name="legal_page_is_known"),
            models.CheckConstraint(condition=Q(text_sha256__regex=r"^[0-9a-f]{64}$"), name="legal_sha256_is_hex"),
            models.CheckConstraint(condition=Q(effective_at__gte=F("published_at")), name="legal_effective_after"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(changes=""), name="legal_tells_what_changes"),
        ]

    def __str__(self) -> str:
        return f"page légale {self.pk}"
