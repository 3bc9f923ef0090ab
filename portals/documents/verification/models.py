"""Documents that their room does not keep: what was issued, when, and the fingerprint of its file."""

from django.db import models


class IssuedDocument(models.Model):
    """A document given out. It says neither to whom nor about whom: that is in the journal, for those who may read it.

    `period` is what may be told about it to whoever holds its code; `issued_on` is the day in Paris.
    """

    code = models.CharField("code de vérification", max_length=14, unique=True)
    kind = models.CharField("nature", max_length=40)
    period = models.CharField("période", max_length=80, blank=True)
    issued_on = models.DateField("émis le")
    sha256 = models.CharField("empreinte SHA-256", max_length=64, db_index=True)

    class Meta:
        verbose_name = "document émis"
        verbose_name_plural = "documents émis"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="issued_document_sha256_is_hex"
            ),
        ]

    def __str__(self) -> str:
        return f"document émis {self.pk}"
