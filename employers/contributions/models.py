"""Contribution slips and their lines, as the feeds tell them, and the lines that a company disputes (CGU-3.19)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from employers.companies.models import Company, GroupContract
from portals.history import track


class Status(models.TextChoices):
    """What the feed says of a slip."""

    ISSUED = "issued", "À régler"
    PAID = "paid", "Payé"
    PARTIAL = "partial", "Payé en partie"
    LATE = "late", "En retard"
    DISPUTED = "disputed", "Contesté"


class Structure(models.TextChoices):
    """Whom the contribution of an employee covers."""

    ISOLATED = "isolated", "Isolé"
    DUO = "duo", "Duo"
    FAMILY = "family", "Famille"


@track()
class ContributionSlip(models.Model):
    """What is asked of a company for a period of a contract, both days included. Amounts in euros.

    `company` is that of the contract when the slip was last told. `previous_balance` is what earlier slips left:
    owed when positive, in the company's favour when negative. `paid_amount` None: not told.
    """

    slip_number = models.CharField("n° de bordereau", max_length=40, unique=True)
    contract = models.ForeignKey(GroupContract, on_delete=models.PROTECT, related_name="slips")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="slips", db_index=False)
    period_start = models.DateField("début de période")
    period_end = models.DateField("fin de période")
    due_date = models.DateField("échéance")
    status = models.CharField("état", max_length=8, choices=Status)
    previous_balance = models.DecimalField("solde précédent", max_digits=14, decimal_places=2, default=Decimal(0))
    paid_amount = models.DecimalField("montant réglé", max_digits=14, decimal_places=2, null=True, blank=True)
    payment_mode = models.CharField("mode de paiement", max_length=40, blank=True)

    class Meta:
        verbose_name = "bordereau de cotisations"
        verbose_name_plural = "bordereaux de cotisations"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="slip_status_is_known"),
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="slip_period_ends_after_start"),
            models.CheckConstraint(
                condition=Q(paid_amount=None) | Q(paid_amount__gte=0), name="slip_payment_is_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["company", "-period_end", "-id"], name="slip_of_company")]

    def __str__(self) -> str:
        return f"bordereau {self.pk}"


@track()
class ContributionLine(models.Model):
    """What a slip asks for one population and one structure. Amounts in euros, rates and shares as 0.60 for 60 %.

    `base` is that of one person or of all of them, as the contract says. `adjusts_period`: a day of the past period
    that the line corrects; only such a line may be negative. `company` is the slip's.
    """

    slip = models.ForeignKey(ContributionSlip, on_delete=models.PROTECT, related_name="lines", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField("ligne")
    population = models.CharField("population", max_length=80)
    structure = models.CharField("structure", max_length=8, choices=Structure)
    headcount = models.PositiveIntegerField("effectif")
    base = models.DecimalField("assiette", max_digits=14, decimal_places=2)
    rate = models.DecimalField("taux", max_digits=9, decimal_places=6)
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2)
    employer_share = models.DecimalField("part de l’employeur", max_digits=5, decimal_places=4, null=True, blank=True)
    adjusts_period = models.DateField("période régularisée", null=True, blank=True)

    class Meta:
        verbose_name = "ligne de bordereau"
        verbose_name_plural = "lignes de bordereau"
        constraints = [
            models.UniqueConstraint(fields=["slip", "line"], name="contribution_line_natural_key"),
            models.CheckConstraint(condition=Q(structure__in=Structure.values), name="contribution_structure_is_known"),
            models.CheckConstraint(
                condition=Q(amount__gte=0) | Q(adjusts_period__isnull=False),
                name="contribution_negative_adjusts_a_period",
            ),
        ]

    def __str__(self) -> str:
        return f"ligne de bordereau {self.pk}"


class LineDispute(models.Model):
    """A line that somebody of the company disputed, once, by a complaint. Its text is in the complaint, sealed.

    The complaint is read by whoever wrote it; the others of the company see that there is one, and its number.
    """

    line = models.OneToOneField(ContributionLine, on_delete=models.PROTECT, related_name="dispute")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    thread_number = models.CharField("n° de réclamation", max_length=16)
    opened_at = models.DateTimeField("contestée le", default=timezone.now)

    class Meta:
        verbose_name = "contestation d’une ligne"
        verbose_name_plural = "contestations de lignes"

    def __str__(self) -> str:
        return f"contestation {self.pk}"
