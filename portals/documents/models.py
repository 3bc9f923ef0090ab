"""Private files: what is stored, where, and the fingerprint that proves it unchanged."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone


def private_storage() -> Storage:
    return storages["private"]


class StoredFile(models.Model):
    """A file outside the web root. `name` is random; the file's own title is given at download."""

    file = models.FileField("fichier", storage=private_storage, max_length=200)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("taille en octets")
    content_type = models.CharField("type", max_length=100)
    created_at = models.DateTimeField("créé le", default=timezone.now)

    class Meta:
        verbose_name = "fichier privé"
        verbose_name_plural = "fichiers privés"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_file_sha256_is_hex"
            ),
            models.UniqueConstraint(fields=["file"], name="stored_file_name_is_unique"),
        ]

    def __str__(self) -> str:
        return f"fichier {self.pk}"


class UploadState(models.TextChoices):
    QUARANTINED = "quarantined", "En quarantaine"
    RELEASED = "released", "Vérifié"
    DISCARDED = "discarded", "Écarté"


class Upload(models.Model):
    """A document that somebody sent, already made harmless (`portals.documents.cleaning`) and sealed.

    Nobody opens it before it is released, by the antivirus or by staff. Discarded, its content and its key are gone
    and the row says why. `stored` holds the sealed bytes; `size` and `content_type` are those of the clean file.
    `sent_by` None: by somebody without an account, who held a link.
    """

    reference = models.CharField("référence", max_length=32, unique=True)
    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="upload")
    name = models.CharField("nom donné", max_length=100)
    content_type = models.CharField("type", max_length=20)
    size = models.PositiveIntegerField("taille en octets")
    state = models.CharField("état", max_length=12, choices=UploadState, default=UploadState.QUARANTINED)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="envoyé par", on_delete=models.PROTECT, related_name="uploads", null=True,
        blank=True,
    )  # fmt: skip
    sent_at = models.DateTimeField("envoyé le", default=timezone.now)
    decided_at = models.DateTimeField("vérifié le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vérifié par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    discard_reason = models.CharField("raison de la mise à l’écart", max_length=200, blank=True)

    class Meta:
        verbose_name = "document reçu"
        verbose_name_plural = "documents reçus"
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=UploadState.values), name="upload_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state="discarded", stored=None) | models.Q(stored__isnull=False),
                name="upload_has_its_file_until_discarded",
            ),
            models.CheckConstraint(
                condition=models.Q(state="quarantined") | models.Q(decided_at__isnull=False),
                name="upload_left_quarantine_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="discarded") | ~models.Q(discard_reason=""),
                name="upload_discarded_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"
