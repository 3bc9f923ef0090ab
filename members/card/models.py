"""The reference tables of the card, which staff keep, and each card that was issued."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.benefits.models import ActFamily
from members.coverage.models import Plan, Policy
from members.households.models import Household, Person
from portals.history import track


@track()
class ConventionType(models.Model):
    """A routing channel of third-party payment, as its two letters are printed; not a guarantee."""

    code = models.CharField("code", max_length=2, primary_key=True)
    label = models.CharField("libellé imprimé", max_length=60)
    operator = models.CharField("opérateur", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "type de convention"
        verbose_name_plural = "types de convention"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


@track()
class CardDomain(models.Model):
    """A column of the grid. `act_family` is the guarantee whose rate is printed when no level is written."""

    code = models.CharField("code", max_length=4, primary_key=True)
    label = models.CharField("libellé", max_length=60)
    act_family = models.ForeignKey(
        ActFamily, verbose_name="famille d’actes", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "domaine de la carte"
        verbose_name_plural = "domaines de la carte"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


@track()
class CardConvention(models.Model):
    """What is printed for a domain: of one plan, or of every plan that says nothing else (`plan` empty)."""

    plan = models.ForeignKey(
        Plan, verbose_name="formule", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Vide\u00a0: pour toutes les formules qui n’ont pas leur propre ligne.",
    )  # fmt: skip
    domain = models.ForeignKey(CardDomain, verbose_name="domaine", on_delete=models.PROTECT, related_name="+")
    convention = models.ForeignKey(
        ConventionType, verbose_name="convention", on_delete=models.PROTECT, related_name="+"
    )
    other_convention = models.ForeignKey(
        ConventionType, verbose_name="seconde convention", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    level = models.CharField(
        "niveau", max_length=10, blank=True,
        help_text="PEC, ou un taux. Vide\u00a0: le taux du tableau de garanties à la date de la carte.",
    )  # fmt: skip

    class Meta:
        verbose_name = "convention d’une formule"
        verbose_name_plural = "conventions des formules"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "domain"], name="card_convention_natural_key", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(other_convention=None) | ~Q(other_convention=F("convention")),
                name="card_conventions_differ",
            ),
        ]

    def __str__(self) -> str:
        return f"convention {self.pk}"


class Reason(models.TextChoices):
    """Why a card was issued, or revoked."""

    FIRST = "first", "Première carte"
    PERIOD = "period", "Nouvelle période"
    COVER_ADDED = "cover_added", "Personne ajoutée"
    COVER_ENDED = "cover_ended", "Fin de couverture"
    IDENTITY = "identity", "État civil corrigé"
    PLAN = "plan", "Garanties ou conventions modifiées"
    OTHER = "other", "Autre mise à jour"


class CardQuerySet(models.QuerySet["Card"]):
    def of(self, policy_id: int, person_id: int | None) -> "CardQuerySet":
        """Those of one person, or of the whole family (`person_id` None)."""
        return self.filter(Q(person_id=person_id) if person_id else Q(person=None), policy_id=policy_id)


class Card(models.Model):
    """A card as it was given out: frozen, with its number, and revoked when what it says is no longer true.

    `person` is empty on the card of the whole family, which the member has; everybody else has their own. `content` is
    what `members.card.contents` reads; `payload` is the signed text of the QR code.
    """

    number = models.CharField("n° de carte", max_length=14, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="cards")
    valid_from = models.DateField("premier jour")
    valid_to = models.DateField("dernier jour")
    content = models.JSONField("contenu")
    content_sha256 = models.CharField("empreinte", max_length=64)
    payload = models.TextField("texte signé du QR code")
    reason = models.CharField("motif", max_length=12, choices=Reason)
    issued_at = models.DateTimeField("émise le", default=timezone.now)
    revoked_at = models.DateTimeField("révoquée le", null=True, blank=True)
    revoked_for = models.CharField("motif de révocation", max_length=12, choices=Reason, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = "carte"
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="card_ends_after_start"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="card_reason_is_known"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_for="") | Q(revoked_at__isnull=False, revoked_for__in=Reason.values),
                name="card_revoked_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["policy", "person", "valid_from"], condition=Q(revoked_at=None), nulls_distinct=False,
                name="card_one_in_force",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["household", "valid_to"], condition=Q(revoked_at=None), name="card_household_in_force")
        ]

    def __str__(self) -> str:
        return f"carte {self.pk}"
