"""The permanent controls and the multi-year audit plan, with the evidence of each time they were carried out (PDP-1.4)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.documents.models import StoredFile
from privacy.register.declared import CHOICES
from privacy.register.models import CODES


class ControlKind(models.TextChoices):
    CONTROL = "control", "Contrôle permanent"
    AUDIT = "audit", "Audit du plan pluriannuel"


class Control(models.Model):
    """Something to verify every so many months. `due_on` moves on each time a result is recorded."""

    title = models.CharField("ce qui est vérifié", max_length=160)
    kind = models.CharField("nature", max_length=8, choices=ControlKind)
    processings = ArrayField(models.CharField(max_length=24, choices=CHOICES), verbose_name="traitements")
    method = models.TextField("méthode")
    owner = models.CharField("confié à", max_length=80)
    months = models.PositiveSmallIntegerField("tous les (mois)")
    due_on = models.DateField("prochaine échéance")
    ended_on = models.DateField("abandonné le", null=True, blank=True)

    class Meta:
        verbose_name = "contrôle"
        verbose_name_plural = "contrôles et audits"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(months__range=(1, 60)), name="control_every_month_to_five_years"),
            models.CheckConstraint(
                condition=Q(processings__contained_by=CODES), name="control_processings_are_declared"
            ),
        ]

    def __str__(self) -> str:
        return f"contrôle {self.pk}"


class Finding(models.TextChoices):
    COMPLIANT = "compliant", "Conforme"
    MINOR = "minor", "Écart mineur"
    MAJOR = "major", "Écart majeur"


class ControlResult(models.Model):
    """What a control found, once, with its evidence. Never changed."""

    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="results")
    done_on = models.DateField("fait le")
    finding = models.CharField("constat", max_length=10, choices=Finding)
    words = models.TextField("observations")
    evidence = models.OneToOneField(
        StoredFile, verbose_name="preuve", on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField("noté le", default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="noté par", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "résultat de contrôle"
        verbose_name_plural = "résultats de contrôles"
        ordering = ["-done_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(finding__in=Finding.values), name="control_finding_is_known")]

    def __str__(self) -> str:
        return f"résultat {self.pk}"
