"""The link between a person's caisse and the mutual (NOEMIE), as staff know it. No file of the scheme feeds it yet."""

from django.db import models
from django.db.models import Q

from members.households.models import Household, Person
from portals.history import track


class LinkState(models.TextChoices):
    TO_ASK = "to_ask", "À demander"
    ASKED = "asked", "Demandé"
    ACTIVE = "active", "Actif"
    REJECTED = "rejected", "Rejeté"
    ENDED = "ended", "Résilié"


class LinkReason(models.TextChoices):
    """Why a caisse refuses or ends a link. Our own list: the scheme's is not published."""

    NONE = "", "–"
    OTHER_MUTUAL = "other_mutual", "Une autre complémentaire tient déjà le lien"
    UNKNOWN = "unknown", "Personne inconnue de la caisse"
    MISMATCH = "mismatch", "État civil ou numéro de sécurité sociale différents"
    OFFICE = "office", "Changement de caisse"
    REFUSED = "refused", "Refus de la personne"


@track()
class NoemieLink(models.Model):
    """One row a person: where the link stands, since when, with which caisse, and why it was rejected or ended."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="noemie_link", verbose_name="personne")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name="foyer")
    state = models.CharField("état", max_length=8, choices=LinkState, default=LinkState.TO_ASK)
    since = models.DateField("depuis le")
    office = models.CharField("caisse", max_length=80, blank=True)
    reason = models.CharField("motif", max_length=12, choices=LinkReason, blank=True, default="")

    class Meta:
        verbose_name = "lien de télétransmission"
        verbose_name_plural = "liens de télétransmission"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="noemie_state_is_known"),
            models.CheckConstraint(condition=Q(reason__in=LinkReason.values), name="noemie_reason_is_known"),
            models.CheckConstraint(
                condition=~Q(state=LinkState.REJECTED) | ~Q(reason=""), name="noemie_rejected_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"lien {self.pk}"
