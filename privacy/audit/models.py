"""The operations journal: what was done and consulted, by whom, for whom, under which terms. Append-only."""

from typing import Any

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One operation. `subject_id`: whom the account acted for; `acting_as`: by which right, when it is somebody else.

    Identifiers and names of things only, never values; no foreign key, so nothing edits it.

    The table is partitioned by month of `at`; `app` may INSERT and SELECT, nothing else. `xid` is the writing
    transaction: whoever reads in order must stop at the oldest running one. Two more indexes are made by hand:
    `journal_about` on the persons and accounts that `details` names, `journal_at` on blocks of instants.
    """

    at = models.DateTimeField("instant", default=timezone.now)
    action = models.CharField("opération", max_length=60)
    account_id = models.BigIntegerField("compte", null=True)
    space = models.CharField("espace", max_length=16, blank=True)
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel", null=True)
    subject_id = models.BigIntegerField("personne ou organisme pour qui", null=True)
    acting_as = models.CharField("en représentant", max_length=16, blank=True, default="")
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
            models.Index(
                fields=["subject_id", "-at"], name="journal_subject", condition=models.Q(subject_id__isnull=False)
            ),
            models.Index(
                fields=["object_kind", "object_id", "-at"], name="journal_object", condition=~models.Q(object_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"écriture {self.pk}"


class Seal(models.Model):
    """A batch of entries taken into the Merkle tree of the journal, and the checkpoint signed over the tree so far.

    Written by the role `sealer` alone; append-only for it too. `entries` are numbers of entries in the order of the
    tree, from leaf `first` on; `hashes` their leaf hashes, `frontier` the tree's frontier after them (32 bytes each,
    one after the other). `cluster` names the database cluster: transaction numbers below `horizon` are sealed there.
    """

    number = models.BigIntegerField("numéro", primary_key=True)
    cluster = models.CharField("serveur de base de données", max_length=20)
    horizon = models.BigIntegerField("transactions scellées")
    first = models.BigIntegerField("première feuille")
    size = models.BigIntegerField("écritures scellées en tout", unique=True)
    entries = ArrayField(models.BigIntegerField(), verbose_name="écritures")
    least = models.BigIntegerField("plus petit numéro d’écriture")
    greatest = models.BigIntegerField("plus grand numéro d’écriture", db_index=True)
    first_at = models.DateTimeField("première écriture")
    last_at = models.DateTimeField("dernière écriture")
    hashes = models.BinaryField("empreintes")
    frontier = models.BinaryField("sommets de l’arbre")
    checkpoint = models.TextField("point de contrôle signé")
    sealed_at = models.DateTimeField("scellé le")

    class Meta:
        verbose_name = "scellé du journal"
        verbose_name_plural = "scellés du journal"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"scellé {self.pk}"


class FieldChangeManager(LogEntryManager):
    """auditlog's, whose entries come with a copy of the whole row that is not kept here."""

    def create(self, **values: Any) -> Any:
        values.pop("serialized_data", None)
        return super().create(**values)


class FieldChange(AbstractLogEntry):
    """Field history: what staff changed, from what to what (django-auditlog's entry, without what it should not keep).

    `cid` is the reference of the request, as in the journal. No e-mail nor network address of the author: the account
    is enough. `app` may INSERT and SELECT, nothing else.
    """

    serialized_data = None
    changes_text = None
    remote_addr = None
    remote_port = None
    additional_data = None
    actor_email = None

    objects = FieldChangeManager()

    class Meta:
        verbose_name = "changement de champs"
        verbose_name_plural = "historique des champs"
        get_latest_by = "timestamp"
        ordering = ["-timestamp"]

    def __str__(self) -> str:
        return f"changement {self.pk}"
