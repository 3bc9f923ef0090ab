"""What a contract costs and how it is paid: dated terms, and what became of each instalment.

No feed tells them: staff keep them (docs/decisions/contributions.md). Amounts in euros, days in Paris.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from members.coverage.models import Policy
from members.households.models import Household, Person
from portals.history import track

LAST_DAY = 28
"""Every month has it: an instalment never moves to another month."""


class Frequency(models.TextChoices):
    MONTHLY = "monthly", "Chaque mois"
    QUARTERLY = "quarterly", "Chaque trimestre"
    YEARLY = "yearly", "Chaque année"


class PaymentMode(models.TextChoices):
    DIRECT_DEBIT = "direct_debit", "Prélèvement"
    TRANSFER = "transfer", "Virement"
    PAYROLL = "payroll", "Retenue sur le salaire, par l’employeur"


@track()
class ContributionTerm(models.Model):
    """What is due from a day to another (None: until it changes). `amount` is that of one instalment, on `day` of its month.

    A direct debit is made from the account that we know of `payer`, the one their refunds arrive on.
    """

    household = models.ForeignKey(Household, verbose_name="foyer", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(
        Policy, verbose_name="contrat", on_delete=models.PROTECT, related_name="contribution_terms"
    )
    payer = models.ForeignKey(
        Person, verbose_name="payeur", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    valid_from = models.DateField("dû à partir du")
    valid_to = models.DateField("jusqu’au", null=True, blank=True)
    amount = models.DecimalField("montant d’une échéance (€)", max_digits=12, decimal_places=2)
    frequency = models.CharField("rythme", max_length=10, choices=Frequency, default=Frequency.MONTHLY)
    mode = models.CharField("mode de paiement", max_length=12, choices=PaymentMode, default=PaymentMode.DIRECT_DEBIT)
    day = models.PositiveSmallIntegerField(
        "jour du mois", default=5, validators=[MinValueValidator(1), MaxValueValidator(LAST_DAY)]
    )

    class Meta:
        verbose_name = "modalité de cotisation"
        verbose_name_plural = "modalités de cotisation"
        constraints = [
            models.UniqueConstraint(fields=["policy", "valid_from"], name="contribution_term_natural_key"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="contribution_term_is_positive"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="contribution_term_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(day__gte=1) & Q(day__lte=LAST_DAY), name="contribution_term_day_is_in_every_month"
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values) & Q(mode__in=PaymentMode.values),
                name="contribution_term_words_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(mode=PaymentMode.DIRECT_DEBIT) | Q(payer__isnull=False),
                name="contribution_term_debits_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"modalité de cotisation {self.pk}"


class InstalmentState(models.TextChoices):
    PAID = "paid", "Payée"
    REJECTED = "rejected", "Rejetée par la banque"


@track()
class Instalment(models.Model):
    """What became of the instalment due on a day. Those of which nothing is known have no row."""

    household = models.ForeignKey(Household, verbose_name="foyer", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, verbose_name="contrat", on_delete=models.PROTECT, related_name="instalments")
    due_on = models.DateField("due le")
    amount = models.DecimalField("montant (€)", max_digits=12, decimal_places=2)
    state = models.CharField("état", max_length=10, choices=InstalmentState)
    state_on = models.DateField("depuis le")

    class Meta:
        verbose_name = "échéance de cotisation"
        verbose_name_plural = "échéances de cotisation"
        constraints = [
            models.UniqueConstraint(fields=["policy", "due_on"], name="instalment_natural_key"),
            models.CheckConstraint(condition=Q(state__in=InstalmentState.values), name="instalment_state_is_known"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="instalment_is_positive"),
        ]

    def __str__(self) -> str:
        return f"échéance {self.pk}"
