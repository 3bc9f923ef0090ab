"""Private files: what is stored, where, and the fingerprint that proves it unchanged."""

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
