"""Requests to end an individual policy, from receipt to effect."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.coverage.models import Policy
from members.households.models import Household
from portals.history import track


class State(models.TextChoices):
    ASKED = "asked", "Reçue"
    CANCELLED = "cancelled", "Annulée par l’adhérent"
    REFUSED = "refused", "Refusée"
    DONE = "done", "Contrat terminé"


class TerminationQuerySet(models.QuerySet["Termination"]):
    def running(self) -> "TerminationQuerySet":
        """Those that will end a policy, unless they are cancelled before."""
        return self.filter(state=State.ASKED)


@track()
class Termination(models.Model):
    """The request of the member to end one policy. `ends_on` is the last day of cover, in Paris, included.

    Nobody grants it: the law makes it the member's. Staff acknowledge it (`handled_at`), and refuse only what is not
    theirs to give: a group contract, a request made by somebody else.
    """

    number = models.CharField("n°", max_length=20, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, verbose_name="contrat", on_delete=models.PROTECT, related_name="terminations")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="demandée par", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.ASKED)
    received_at = models.DateTimeField("reçue le", default=timezone.now)
    ends_on = models.DateField("dernier jour du contrat")
    handled_at = models.DateTimeField("prise en charge le", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="prise en charge par", on_delete=models.PROTECT, related_name="+",
        null=True, blank=True,
    )  # fmt: skip
    answer = models.CharField("ce que lit la personne", max_length=1000, blank=True)
    decided_at = models.DateTimeField("terminée le", null=True, blank=True)

    objects = TerminationQuerySet.as_manager()

    class Meta:
        verbose_name = "résiliation"
        constraints = [
            models.UniqueConstraint(
                fields=["policy"], condition=Q(state="asked"), name="termination_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="termination_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""), name="termination_refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None) | Q(decided_at__gte=F("received_at")),
                name="termination_decided_at_an_instant",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["household", "-received_at"], name="termination_of_household")]

    def __str__(self) -> str:
        return f"résiliation {self.pk}"
