"""What the DPO says and hears: exchanges with the authority (PDP-2.4), advice to management (PDP-2.7)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Direction(models.TextChoices):
    RECEIVED = "received", "Reçu"
    SENT = "sent", "Envoyé"


class ExchangeKind(models.TextChoices):
    QUESTION = "question", "Question ou demande"
    COMPLAINT = "complaint", "Plainte d’une personne"
    INSPECTION = "inspection", "Contrôle"
    CONSULTATION = "consultation", "Consultation préalable (art. 36)"
    NOTIFICATION = "notification", "Violation (art. 33)"


class AuthorityExchange(models.Model):
    """One letter, call or meeting with the authority. Names of persons stay in the letter itself."""

    kind = models.CharField("objet", max_length=12, choices=ExchangeKind)
    direction = models.CharField("sens", max_length=8, choices=Direction)
    on_day = models.DateField("date", default=timezone.localdate)
    reference = models.CharField("référence de l’autorité", max_length=60, blank=True)
    summary = models.TextField("résumé", help_text="Sans nom ni donnée d’une personne.")
    answer_due_on = models.DateField("réponse attendue le", null=True, blank=True)
    answered_on = models.DateField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "échange avec l’autorité"
        verbose_name_plural = "échanges avec l’autorité"
        ordering = ["-on_day", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ExchangeKind.values), name="exchange_kind_is_known"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="exchange_direction_is_known"),
        ]

    def __str__(self) -> str:
        return f"échange avec l’autorité {self.pk}"


class Followed(models.TextChoices):
    """What management made of an advice."""

    WAITING = "waiting", "En attente"
    FOLLOWED = "followed", "Suivi"
    PARTLY = "partly", "Suivi en partie"
    NOT_FOLLOWED = "not_followed", "Non suivi"


class Advice(models.Model):
    """An advice given to management, and what became of it: when it is not followed, the reason is written."""

    given_on = models.DateField("donné le", default=timezone.localdate)
    addressed_to = models.CharField("adressé à", max_length=120)
    subject = models.CharField("objet", max_length=160)
    text = models.TextField("avis")
    followed = models.CharField("suite", max_length=12, choices=Followed, default=Followed.WAITING)
    answer = models.TextField("réponse de la direction", blank=True)

    class Meta:
        verbose_name = "avis à la direction"
        verbose_name_plural = "avis à la direction"
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(followed__in=Followed.values), name="advice_followed_is_known"),
            models.CheckConstraint(
                condition=~Q(followed__in=["partly", "not_followed"]) | ~Q(answer=""),
                name="advice_not_followed_says_why",
                violation_error_message="Un avis qui n’est pas suivi en entier garde la raison de la direction.",
            ),
        ]

    def __str__(self) -> str:
        return f"avis {self.pk}"
