"""Impact assessments, what they allow to run, the risks they found and what is planned against them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privacy.register.assessments.rules import LEVELS, Rank, rank_of
from privacy.register.declared import CHOICES, SENSITIVE_CHOICES, processing_of
from privacy.register.models import CODES


class Outcome(models.TextChoices):
    """What an assessment came to. Giving up is one of the answers (PDP-4.9)."""

    DRAFT = "draft", "En cours"
    VALIDATED = "validated", "Validée"
    TO_IMPROVE = "to_improve", "À améliorer"
    RENOUNCED = "renounced", "Renoncement"


class ImpactAssessment(models.Model):
    """An assessment (GDPR, art. 35.7). Once decided it does not change; a new one is made beside it."""

    processing = models.CharField("traitement", max_length=24, choices=CHOICES)
    title = models.CharField("traitement ou projet étudié", max_length=160)
    description = models.TextField("description du traitement")
    necessity = models.TextField("nécessité et proportionnalité")
    measures = models.TextField("mesures prévues")
    started_on = models.DateField("commencée le", default=timezone.localdate)
    opinion_due_on = models.DateField("avis attendu le", null=True, blank=True)
    opinion = models.TextField("avis du DPO", blank=True, editable=False)
    outcome = models.CharField("issue", max_length=12, choices=Outcome, default=Outcome.DRAFT, editable=False)
    decided_at = models.DateTimeField("décidée le", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", on_delete=models.PROTECT, related_name="+", null=True,
        editable=False,
    )  # fmt: skip
    review_on = models.DateField("à revoir le", null=True, editable=False)

    class Meta:
        verbose_name = "analyse d’impact"
        verbose_name_plural = "analyses d’impact"
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="assessment_outcome_is_known"),
            models.CheckConstraint(condition=Q(processing__in=CODES), name="assessment_processing_is_declared"),
            models.CheckConstraint(
                condition=Q(outcome="draft") | Q(decided_at__isnull=False) & ~Q(opinion=""),
                name="assessment_decided_with_an_opinion",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="validated") | Q(review_on__isnull=False), name="assessment_valid_until_its_review"
            ),
        ]

    def __str__(self) -> str:
        return f"analyse d’impact {self.pk}"

    @property
    def processing_title(self) -> str:
        return processing_of(self.processing).title


class Activation(models.Model):
    """A sensitive processing switched on, on the strength of a validated assessment; `ended_at` when it was stopped."""

    processing = models.CharField("traitement", max_length=24, choices=SENSITIVE_CHOICES)
    assessment = models.ForeignKey(
        ImpactAssessment, verbose_name="analyse d’impact", on_delete=models.PROTECT, related_name="activations"
    )
    begun_at = models.DateTimeField("mis en service le", default=timezone.now)
    ended_at = models.DateTimeField("arrêté le", null=True)
    reason = models.CharField("raison de l’arrêt", max_length=200, blank=True)

    class Meta:
        verbose_name = "mise en service"
        verbose_name_plural = "mises en service"
        constraints = [
            models.UniqueConstraint(fields=["processing"], condition=Q(ended_at=None), name="activation_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")), name="activation_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"mise en service {self.pk}"


class RiskKind(models.TextChoices):
    ACCESS = "access", "Accès illégitime"
    CHANGE = "change", "Modification non désirée"
    LOSS = "loss", "Disparition"
    MISUSE = "misuse", "Usage détourné"


LEVEL_CHOICES = [(level, f"{level}, {words}") for level, words in LEVELS.items()]


def _level(label: str) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, choices=LEVEL_CHOICES)


class Risk(models.Model):
    """A risk for the persons. `product` ranks it; the matrix counts it where its two levels meet."""

    assessment = models.ForeignKey(
        ImpactAssessment, verbose_name="analyse d’impact", on_delete=models.PROTECT, null=True, blank=True,
        related_name="risks",
    )  # fmt: skip
    processing = models.CharField("traitement", max_length=24, choices=CHOICES)
    kind = models.CharField("nature", max_length=8, choices=RiskKind)
    title = models.CharField("événement redouté", max_length=160)
    causes = models.TextField("causes et conséquences")
    likelihood = _level("vraisemblance")
    severity = _level("gravité")
    owner = models.CharField("porté par", max_length=80)
    closed_on = models.DateField("clos le", null=True, blank=True)

    class Meta:
        verbose_name = "risque"
        verbose_name_plural = "risques"
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 4), severity__range=(1, 4)), name="risk_levels_are_of_four"
            ),
            models.CheckConstraint(condition=Q(processing__in=CODES), name="risk_processing_is_declared"),
        ]

    def __str__(self) -> str:
        return f"risque {self.pk}"

    @property
    def rank(self) -> Rank:
        return rank_of(self.likelihood, self.severity)


class PlannedMeasure(models.Model):
    """A line of the action plan: what will be done against a risk, by whom, by when."""

    risk = models.ForeignKey(Risk, verbose_name="risque", on_delete=models.PROTECT, related_name="plan")
    what = models.CharField("mesure", max_length=200)
    owner = models.CharField("portée par", max_length=80)
    due_on = models.DateField("échéance")
    done_on = models.DateField("faite le", null=True, blank=True)

    class Meta:
        verbose_name = "mesure du plan d’action"
        verbose_name_plural = "plan d’action"
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"mesure {self.pk}"
