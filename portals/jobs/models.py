"""Durable work. A promised effect is a row here until it is done; Celery only says "look now"."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class JobState(models.TextChoices):
    DUE = "due", "À faire"
    RUNNING = "running", "En cours"
    SENDING = "sending", "Envoi en cours"
    DONE = "done", "Fait"
    UNKNOWN = "unknown", "Envoi incertain"
    FAILED = "failed", "En échec"


class Priority(models.IntegerChoices):
    """Lower goes first. `ASKED` is somebody waiting in front of a page."""

    ASKED = 0
    ORDINARY = 50
    BATCH = 90


class Job(models.Model):
    """One unit of work, unique by (kind, key). `subject_id` is the row it is about: never personal data."""

    kind = models.CharField("sorte", max_length=60)
    key = models.CharField("clé unique", max_length=120)
    subject_id = models.BigIntegerField("objet")
    state = models.CharField("état", max_length=10, choices=JobState, default=JobState.DUE)
    priority = models.SmallIntegerField("priorité", default=Priority.ORDINARY)
    due_at = models.DateTimeField("à faire à partir de", default=timezone.now)
    lease_until = models.DateTimeField("réservé jusqu’à", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    error = models.CharField("dernière erreur", max_length=200, blank=True)
    created_at = models.DateTimeField("créé le", default=timezone.now)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "travail"
        verbose_name_plural = "travaux"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once_per_key"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["priority", "due_at", "id"], condition=Q(state="due"), name="job_next"),
            models.Index(fields=["lease_until"], condition=Q(state__in=["running", "sending"]), name="job_leased"),
        ]

    def __str__(self) -> str:
        return f"travail {self.kind} {self.pk}"


class Occurrence(models.Model):
    """One occurrence of a schedule, e.g. a night. Unique: two beats are harmless, a missed night is caught up."""

    name = models.CharField("nom", max_length=60)
    scheduled_for = models.DateTimeField("prévue le")
    created_at = models.DateTimeField("créée le", default=timezone.now)

    class Meta:
        verbose_name = "échéance"
        constraints = [models.UniqueConstraint(fields=["name", "scheduled_for"], name="occurrence_once")]

    def __str__(self) -> str:
        return f"échéance {self.name} {self.pk}"
