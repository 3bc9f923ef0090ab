"""Short modules that everybody who works here follows, and who did (PDP-7.2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class AwarenessModule(models.Model):
    """A page to read and three to five questions. Once published, it is only ended.

    `questions`: [{"text", "choices": [words], "right": place from 0, "why"}].
    """

    title = models.CharField("titre", max_length=120)
    text = models.TextField("texte (HTML)")
    questions = models.JSONField("questions")
    due_on = models.DateField("à suivre avant le")
    published_at = models.DateTimeField("publié le", default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="publié par", on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)

    class Meta:
        verbose_name = "module de sensibilisation"
        verbose_name_plural = "modules de sensibilisation"
        ordering = ["ended_at", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("published_at")), name="module_ended_after_published"
            ),
        ]

    def __str__(self) -> str:
        return f"module {self.pk}"


class AwarenessResult(models.Model):
    """Somebody answered every question of a module rightly. Wrong answers leave no trace. Rows are only ever inserted."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="+"
    )
    module = models.ForeignKey(AwarenessModule, verbose_name="module", on_delete=models.PROTECT, related_name="results")
    done_at = models.DateTimeField("suivi le", default=timezone.now)

    class Meta:
        verbose_name = "module suivi"
        verbose_name_plural = "modules suivis"
        ordering = ["-done_at"]
        constraints = [models.UniqueConstraint(fields=["account", "module"], name="module_done_once")]

    def __str__(self) -> str:
        return f"module suivi {self.pk}"
