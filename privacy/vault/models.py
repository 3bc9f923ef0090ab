"""What the portals know of a medical case: that it exists, where it stands, and the answer. Never a word of health.

What is in it lives in the schema `vault` (migrations), which these tables do not point to.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from privacy.vault import rules


class Cover(models.TextChoices):
    DISABILITY = rules.Cover.DISABILITY.value, "Incapacité et invalidité"
    DEATH = rules.Cover.DEATH.value, "Décès"
    LOAN = rules.Cover.LOAN.value, "Emprunt"
    LETTER = rules.Cover.LETTER.value, "Courrier au médecin-conseil"


class Outcome(models.TextChoices):
    ACCEPT = rules.Outcome.ACCEPT.value, "Acceptée"
    EXCLUDE = rules.Outcome.EXCLUDE.value, "Acceptée avec exclusion"
    POSTPONE = rules.Outcome.POSTPONE.value, "Ajournée"
    REFUSE = rules.Outcome.REFUSE.value, "Refusée"
    ANSWERED = rules.Outcome.ANSWERED.value, "Réponse envoyée"


class State(models.TextChoices):
    OPEN = "open", "À compléter"
    SENT = "sent", "Chez le médecin-conseil"
    DECIDED = "decided", "Réponse rendue"
    WITHDRAWN = "withdrawn", "Accord retiré"


class MedicalCase(models.Model):
    """One request. Days are of Europe/Paris. `answers` is the version of the questionnaire that counts (0: none yet),
    `documents` how many pieces came with it: the adviser sees when one is missing.

    `erase_on`: from that day nothing of it is kept (`rules.erase_on`); `erased_at`: nothing is.
    """

    reference = models.CharField("référence", max_length=16, unique=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="medical_cases"
    )
    cover = models.CharField("objet", max_length=12, choices=Cover)
    state = models.CharField("état", max_length=10, choices=State, default=State.OPEN)
    answers = models.PositiveSmallIntegerField("version du questionnaire", default=0)
    documents = models.PositiveSmallIntegerField("pièces", default=0)
    begun_at = models.DateTimeField("commencé le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True)
    decided_at = models.DateTimeField("répondu le", null=True)
    outcome = models.CharField("réponse", max_length=10, choices=Outcome, blank=True)
    cover_ended_on = models.DateField("fin de la garantie", null=True)
    copy_asked_at = models.DateTimeField("copie demandée le", null=True)
    copy_given_at = models.DateTimeField("copie remise le", null=True)
    erase_on = models.DateField("effacement prévu le", null=True)
    erased_at = models.DateTimeField("effacé le", null=True)

    class Meta:
        verbose_name = "dossier médical"
        verbose_name_plural = "dossiers médicaux"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(cover__in=Cover.values), name="medical_cover_is_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="medical_state_is_known"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None) | Q(outcome__in=Outcome.values, decided_at__isnull=False),
                name="medical_outcome_at_an_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "sent_at"], name="medical_queue"),
            models.Index(fields=["erase_on"], condition=Q(erased_at=None), name="medical_retention"),
        ]

    def __str__(self) -> str:
        return f"dossier médical {self.pk}"

    @property
    def is_letter(self) -> bool:
        return self.cover == Cover.LETTER

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN and self.erased_at is None

    @property
    def may_be_withdrawn(self) -> bool:
        return self.state != State.WITHDRAWN and self.erased_at is None

    @property
    def may_ask_copy(self) -> bool:
        """A copy is asked once at a time, while something is kept."""
        is_kept = self.state in {State.SENT, State.DECIDED} and self.erased_at is None
        return is_kept and (self.copy_asked_at is None or self.copy_given_at is not None)


class MedicalConsent(models.Model):
    """A consent given or withdrawn, with the words that were shown (PDP-4.7). Never changed."""

    case = models.ForeignKey(MedicalCase, on_delete=models.PROTECT, related_name="consents")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given = models.BooleanField("donné")
    number = models.PositiveSmallIntegerField("version du texte")
    text = models.TextField("texte montré")
    at = models.DateTimeField("instant", default=timezone.now)

    class Meta:
        verbose_name = "accord pour des informations de santé"
        verbose_name_plural = "accords pour des informations de santé"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"accord {self.pk}"
