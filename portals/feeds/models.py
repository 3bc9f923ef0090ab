"""One row per run of a feed: what was read, and what became of it."""

from django.db import models
from django.utils import timezone


class FeedState(models.TextChoices):
    RUNNING = "running", "En cours"
    DONE = "done", "Chargé"
    DRY = "dry", "Essai à blanc"
    REFUSED = "refused", "Refusé"


class FeedRun(models.Model):
    """A feed file loaded (or refused), with its counts. The file's name is not kept: it may name a person."""

    kind = models.CharField("flux", max_length=40)
    file_sha256 = models.CharField("empreinte du fichier", max_length=64, blank=True)
    state = models.CharField("état", max_length=10, choices=FeedState, default=FeedState.RUNNING)
    read = models.PositiveBigIntegerField("lignes lues", default=0)
    created = models.PositiveBigIntegerField("créées", default=0)
    updated = models.PositiveBigIntegerField("modifiées", default=0)
    unchanged = models.PositiveBigIntegerField("inchangées", default=0)
    rejected = models.PositiveBigIntegerField("rejetées", default=0)
    started_at = models.DateTimeField("début", default=timezone.now)
    finished_at = models.DateTimeField("fin", null=True, blank=True)
    actor = models.CharField("lancé par", max_length=60, blank=True)

    class Meta:
        verbose_name = "chargement de flux"
        verbose_name_plural = "chargements de flux"
        indexes = [models.Index(fields=["kind", "-started_at"], name="feed_run_latest")]

    def __str__(self) -> str:
        return f"flux {self.kind} {self.pk}"
