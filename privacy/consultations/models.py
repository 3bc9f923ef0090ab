"""A consultation, which accounts have answered it, and the sealed answers, which say nothing of any account."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privacy.consultations.rules import Question, Told


class ConsultationState(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    PUBLISHED = "published", "Publiée"
    COUNTED = "counted", "Dépouillée"
    TOLD = "told", "Résultats publiés"


class Consultation(models.Model):
    """Asked from `opens_on` to `closes_on`, both days included. Nothing that people read changes once it is published.

    `results`: a list of lines for each question, as `rules.tally` tells them; `remarks` are in no order, and go when the
    results are published.
    """

    title = models.CharField("titre", max_length=120)
    purpose = models.TextField("à quoi elle sert", max_length=2000)
    questions = models.JSONField("questions", default=list)
    remark_asked = models.CharField("question libre", max_length=200, blank=True)
    opens_on = models.DateField("ouvre le")
    closes_on = models.DateField("dernier jour")
    state = models.CharField("état", max_length=10, choices=ConsultationState, default=ConsultationState.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="écrite par", on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField("écrite le", default=timezone.now)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    counted_at = models.DateTimeField("dépouillée le", null=True, blank=True)
    answers = models.PositiveIntegerField("réponses", null=True, blank=True)
    results = models.JSONField("résultats", default=list, blank=True)
    remarks = models.JSONField("remarques", default=list, blank=True)
    learned = models.TextField("ce que cela change", max_length=4000, blank=True)
    told_at = models.DateTimeField("résultats publiés le", null=True, blank=True)

    class Meta:
        verbose_name = "consultation"
        verbose_name_plural = "consultations"
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ConsultationState.values), name="consultation_state_is_known"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="consultation_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"consultation {self.pk}"

    @property
    def asked(self) -> tuple[Question, ...]:
        return tuple(Question(one["words"], tuple(one["choices"])) for one in self.questions)

    @property
    def told(self) -> list[tuple[Question, list[Told]]]:
        """Each question with its lines, none where nothing may be told."""
        lines = [[Told(**line) for line in question] for question in self.results]
        return list(zip(self.asked, lines, strict=False))


class Answered(models.Model):
    """That an account has answered, so that it does so once. Without any instant; gone when the answers are counted."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "réponse donnée"
        constraints = [models.UniqueConstraint(fields=["consultation", "account"], name="consultation_answered_once")]

    def __str__(self) -> str:
        return f"réponse donnée {self.pk}"


class SealedBallot(models.Model):
    """An answer in the box. Its number is drawn at random; it has no account, no instant and no order.

    Rows are written anew, in another order and under another number, when others come (`box`). They are gone once counted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField("réponse scellée")

    class Meta:
        verbose_name = "bulletin"

    def __str__(self) -> str:
        return "bulletin"
