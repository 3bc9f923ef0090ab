"""Simulations, as they were computed: nothing of them changes afterwards."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.households.models import Household, Person


class QuoteKind(models.TextChoices):
    """What was priced."""

    ACT = "act", "Un acte"
    OPTICS = "optics", "Lunettes"
    DENTAL = "dental", "Dentaire"
    HEARING = "hearing", "Aides auditives"
    HOSPITAL = "hospital", "Hospitalisation"


class Simulation(models.Model):
    """What an act or a quote would give to a person on a day, in euros.

    `content` is frozen: lines with their inputs, the rules that applied, and the assumptions as they were told;
    `engine` is the fingerprint of the code that computed it. After `valid_until` (included) the amounts may differ.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="simulations")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="faite par", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("nature", max_length=8, choices=QuoteKind)
    care_date = models.DateField("date de soins prévue")
    valid_until = models.DateField("valable jusqu’au")
    engine = models.CharField("version du calcul", max_length=12)
    content = models.JSONField("contenu")
    expense = models.DecimalField("dépense", max_digits=12, decimal_places=2)
    scheme_amount = models.DecimalField("part du régime", max_digits=12, decimal_places=2)
    mutual_amount = models.DecimalField("part de la mutuelle", max_digits=12, decimal_places=2)
    made_at = models.DateTimeField("faite le", default=timezone.now)

    class Meta:
        verbose_name = "simulation"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=QuoteKind.values), name="simulation_kind_is_known"),
            models.CheckConstraint(
                condition=Q(scheme_amount__gte=0, mutual_amount__gte=0)
                & Q(expense__gte=models.F("scheme_amount") + models.F("mutual_amount")),
                name="simulation_shares_fit_the_expense",
            ),
        ]
        indexes = [models.Index(fields=["household", "-id"], name="simulation_household")]

    def __str__(self) -> str:
        return f"simulation {self.pk}"

    @property
    def number(self) -> str:
        """What people quote: `SIM-2026-000012`."""
        return f"SIM-{timezone.localdate(self.made_at):%Y}-{self.pk:06d}"

    @property
    def own_amount(self) -> Decimal:
        """What would stay with the person, in euros (reste à charge)."""
        return self.expense - self.scheme_amount - self.mutual_amount

    @property
    def families(self) -> list[str]:
        """The families of the acts that were priced."""
        return sorted({line["family"] for line in self.content["lines"]})
