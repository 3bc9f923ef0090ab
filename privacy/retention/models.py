"""Runs of retention and what each rule did in them, switches, the archive, and accounts that were warned."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portals.accounts.models import Space


class RunState(models.TextChoices):
    ASKED = "asked", "Demandé"
    RUNNING = "running", "En cours"
    DONE = "done", "Fait"


class RetentionRun(models.Model):
    """One run of every rule, for a day of Paris. `is_dry`: everything is done and taken back; the report is the same.

    `app` asks; the process that erases does it, and goes on with it if it was killed. `asked_by` None: the night, or a
    command.
    """

    day = models.DateField("jour")
    is_dry = models.BooleanField("à blanc", default=False)
    state = models.CharField("état", max_length=8, choices=RunState, default=RunState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="demandé par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    ended_at = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "passage de la conservation"
        verbose_name_plural = "passages de la conservation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="retention_run_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="done", ended_at__isnull=False) | ~Q(state="done") & Q(ended_at=None),
                name="retention_run_ends_at_an_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"passage {self.pk}"


class Ending(models.TextChoices):
    """How a rule ended in a run."""

    RUNNING = "running", "En cours"
    DONE = "done", "Fait"
    STOPPED = "stopped", "Arrêtée"
    FAILED = "failed", "Interrompue"


class RetentionReport(models.Model):
    """What one rule did: written in the transactions of what it did, so that it never says more nor less.

    `due`: rows, or persons, whose delay was over when the rule began; `held`: those that a dispute keeps; `linked`: those
    to which something that stays points; `handled`: those that were dealt with. `deleted` and `emptied` are rows of every
    table. `holds`: numbers of `LegalHold` with how many rows each keeps. `run` None: the night's own work of a room.
    """

    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="reports", null=True, blank=True)
    rule = models.CharField("règle", max_length=60)
    day = models.DateField("jour")
    is_dry = models.BooleanField("à blanc", default=False)
    due = models.PositiveBigIntegerField("échus", default=0)
    held = models.PositiveBigIntegerField("retenus", default=0)
    linked = models.PositiveBigIntegerField("encore liés", default=0)
    handled = models.PositiveBigIntegerField("traités", default=0)
    deleted = models.PositiveBigIntegerField("lignes supprimées", default=0)
    emptied = models.PositiveBigIntegerField("lignes vidées", default=0)
    archived = models.PositiveBigIntegerField("archivés", default=0)
    warned = models.PositiveBigIntegerField("prévenus", default=0)
    holds = models.JSONField("conservations", default=list)
    ending = models.CharField("fin", max_length=8, choices=Ending, default=Ending.RUNNING)
    milliseconds = models.PositiveBigIntegerField("durée en millisecondes", default=0)
    at = models.DateTimeField("instant", default=timezone.now)

    class Meta:
        verbose_name = "compte rendu de conservation"
        verbose_name_plural = "comptes rendus de conservation"
        constraints = [
            models.UniqueConstraint(fields=["run", "rule"], name="retention_report_once"),
            models.CheckConstraint(condition=Q(ending__in=Ending.values), name="retention_report_ending_is_known"),
        ]
        indexes = [models.Index(fields=["rule", "-id"], name="retention_report_rule")]

    def __str__(self) -> str:
        return f"compte rendu {self.pk}"


class RetentionSwitch(models.Model):
    """A rule that is stopped, or every rule when `rule` is empty; who did it and why. Lifted, it stays as a trace."""

    rule = models.CharField("règle", max_length=60, blank=True)
    reason = models.CharField("raison", max_length=300)
    set_at = models.DateTimeField("arrêtée le", default=timezone.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="arrêtée par", on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField("reprise le", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="reprise par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "arrêt de la conservation"
        verbose_name_plural = "arrêts de la conservation"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="retention_switch_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__gte=F("set_at"), lifted_by__isnull=False),
                name="retention_switch_lifted_by_somebody",
            ),
            models.UniqueConstraint(fields=["rule"], condition=Q(lifted_at=None), name="retention_switch_once"),
        ]

    def __str__(self) -> str:
        return f"arrêt {self.pk}"


class Archived(models.Model):
    """Somebody whose access has closed and whose data the law still keeps: shown to the readers of the archive only."""

    space = models.CharField("espace", max_length=16, choices=Space)
    subject_id = models.BigIntegerField("personne")
    since = models.DateField("depuis le")

    class Meta:
        verbose_name = "personne archivée"
        verbose_name_plural = "personnes archivées"
        constraints = [models.UniqueConstraint(fields=["space", "subject_id"], name="archived_once")]

    def __str__(self) -> str:
        return f"archive {self.pk}"


class RetentionWarning(models.Model):
    """An account that was told that it will be closed on `acts_on`. Gone when the person signs in again."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.CASCADE, related_name="+"
    )
    rule = models.CharField("règle", max_length=60)
    warned_on = models.DateField("prévenu le")
    acts_on = models.DateField("fermeture le")

    class Meta:
        verbose_name = "avertissement de fermeture"
        verbose_name_plural = "avertissements de fermeture"
        constraints = [models.UniqueConstraint(fields=["account", "rule"], name="retention_warning_once")]

    def __str__(self) -> str:
        return f"avertissement {self.pk}"
