"""The texts of third-party payment (CGU-3.3): each dated version, as it was published, and for which profession."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.documents.models import StoredFile
from portals.history import track


class TextKind(models.TextChoices):
    """In the order in which one text prevails over the next."""

    AGREEMENT = "agreement", "Convention de tiers payant"
    AMENDMENT = "amendment", "Avenant"
    ANNEX = "annex", "Annexe"
    GUIDE = "guide", "Guide de facturation"


@track()
class AgreementText(models.Model):
    """One version of a text, in force from `valid_from` to `valid_to` included (None: until another replaces it).

    It holds for every agreement, or for those of one profession, as the feed of professionals names it. The file and
    what it holds for never change: a correction is another version.
    """

    kind = models.CharField("nature", max_length=20, choices=TextKind)
    title = models.CharField("titre", max_length=120)
    version = models.CharField("version", max_length=20, help_text="Par exemple V-01-2026.")
    profession = models.CharField(
        "profession", max_length=60, blank=True, help_text="Vide\u00a0: pour toutes les professions."
    )
    valid_from = models.DateField("en vigueur du")
    valid_to = models.DateField("au", null=True, blank=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="agreement_text")
    published_at = models.DateTimeField("publié le", default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="publié par", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = "texte de convention"
        verbose_name_plural = "textes de convention"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "profession", "title", "version"], name="agreement_text_natural_key"
            ),
            models.CheckConstraint(condition=Q(kind__in=TextKind.values), name="agreement_text_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="agreement_text_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"texte de convention {self.pk}"

    @property
    def kilobytes(self) -> int:
        """The size of the file, rounded up."""
        return -(-self.file.size // 1000)
