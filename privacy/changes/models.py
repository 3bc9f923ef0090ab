"""The field history of rows, written by triggers and by nobody else: what a row was before, who changed it, in which work.

Values are kept as the database writes them in JSON. Fields that are sealed or secret are named, never copied. The
tables named in `portals.history.track` have an event table of their own, with the same facts in typed columns.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from privacy.changes.fields import NumbersField


class ChangeKind(models.TextChoices):
    UPDATE = "update", "Modification"
    DELETE = "delete", "Suppression"


class RowChange(models.Model):
    """One row that was changed or deleted. `old`: what the changed fields held; `changed`: their columns, secret ones too.

    `app` reads and deletes under the system's scope only (erasure deletes), and writes through triggers alone.
    """

    at = models.DateTimeField("instant")
    model = models.CharField("modèle", max_length=80)
    row_key = models.TextField("numéro de ligne")
    kind = models.CharField("sorte", max_length=8, choices=ChangeKind)
    old = models.JSONField("valeurs d’avant")
    changed = ArrayField(models.TextField(), verbose_name="colonnes changées")
    account_id = models.BigIntegerField("compte", null=True)
    operation = models.TextField("opération")

    class Meta:
        verbose_name = "changement de ligne"
        verbose_name_plural = "changements de lignes"
        indexes = [models.Index(fields=["model", "row_key", "-at"], name="rowchange_row")]
        constraints = [models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="rowchange_kind_is_known")]

    def __str__(self) -> str:
        return f"changement {self.pk}"


class RowCreation(models.Model):
    """One statement that created rows, with their numbers as ranges: a row is itself its first state.

    `keys` instead of `numbers` where rows are named by a code.
    """

    at = models.DateTimeField("instant")
    model = models.CharField("modèle", max_length=80)
    numbers = NumbersField("numéros")
    keys = ArrayField(models.TextField(), verbose_name="codes", default=list)
    account_id = models.BigIntegerField("compte", null=True)
    operation = models.TextField("opération")

    class Meta:
        verbose_name = "création de lignes"
        verbose_name_plural = "créations de lignes"
        indexes = [
            GistIndex(fields=["numbers"], name="rowcreation_numbers"),
            models.Index(fields=["model", "-at"], name="rowcreation_model"),
        ]

    def __str__(self) -> str:
        return f"création {self.pk}"


class Restoration(models.Model):
    """An earlier value that staff put back, and why. Append-only."""

    at = models.DateTimeField("instant", default=timezone.now)
    model = models.CharField("modèle", max_length=80)
    row_key = models.TextField("numéro de ligne")
    column = models.TextField("colonne")
    change = models.CharField("changement défait", max_length=40)
    reason = models.CharField("raison", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "valeur rétablie"
        verbose_name_plural = "valeurs rétablies"

    def __str__(self) -> str:
        return f"valeur rétablie {self.pk}"
