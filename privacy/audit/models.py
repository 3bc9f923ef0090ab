"""The operations journal: what was done and consulted, by whom, for whom, under which terms. Append-only."""

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One operation. Identifiers and names of things only, never values; no foreign key, so nothing edits it.

    The table is partitioned by month of `at`; `app` may INSERT and SELECT, nothing else. `xid` is the writing
    transaction: whoever reads in order must stop at the oldest running one.
    """

    at = models.DateTimeField("instant", default=timezone.now)
    action = models.CharField("opération", max_length=60)
    account_id = models.BigIntegerField("compte", null=True)
    space = models.CharField("espace", max_length=16, blank=True)
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel", null=True)
    object_kind = models.CharField("objet", max_length=60, blank=True)
    object_id = models.CharField("numéro d’objet", max_length=40, blank=True)
    result = models.CharField("résultat", max_length=20, default="done")
    terms_number = models.PositiveIntegerField("version des CGU", null=True)
    session_hash = models.CharField("session", max_length=16, blank=True)
    reference = models.CharField("référence de requête", max_length=20, blank=True)
    details = models.JSONField("précisions", default=dict, blank=True)

    class Meta:
        verbose_name = "écriture du journal"
        verbose_name_plural = "journal des opérations"
        indexes = [
            models.Index(fields=["account_id", "-at"], name="journal_account"),
            models.Index(fields=["tenant_id", "-at"], name="journal_tenant"),
        ]

    def __str__(self) -> str:
        return f"écriture {self.pk}"
