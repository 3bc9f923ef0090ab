"""Technical accounts as they were published: a row for each contract and year, a row for each line of its tables.

They hold what may be shown and nothing else: an amount that is not told is not here either. Triggers keep published rows
as they are.
"""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from employers.companies.models import Company, GroupContract
from employers.technical.rules import TITLES, Decree, Level

LEVELS = [
    (Level.NOTHING.value, "Aucun montant de prestations"),
    (Level.TOTALS.value, "Totaux seulement"),
    (Level.DETAIL.value, "Totaux et tableaux"),
]
TABLES = [(table.value, title) for table, title in TITLES.items()]


def _euros(label: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


class TechnicalAccount(models.Model):
    """The account of a contract for a calendar year. Amounts in euros, to the nearest ten; None: not known, or not told.

    `company` is that of the contract when the account was drawn up. `headcount`: the employees of the last slip of the
    year. `variation`: of the benefits, against the account of the year before, where the two may be compared.
    """

    contract = models.ForeignKey(GroupContract, on_delete=models.PROTECT, related_name="technical_accounts")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField("année")
    level = models.CharField("ce qui est dit", max_length=8, choices=LEVELS)
    headcount = models.PositiveIntegerField("effectif garanti", null=True, blank=True)
    contributions = _euros("cotisations")
    benefits = _euros("prestations payées")
    variation = _euros("variation des prestations")
    provisions_opening = _euros("provisions au 1er janvier")
    provisions_closing = _euros("provisions au 31 décembre")
    financial_income = _euros("part des produits financiers")
    commissions = _euros("commissions")
    other_charges = _euros("autres charges")
    profit_sharing = _euros("participation aux bénéfices")
    reinsurance_balance = _euros("solde de réassurance")
    built_at = models.DateTimeField("établi le")
    published_at = models.DateTimeField("publié le", null=True, blank=True)

    class Meta:
        verbose_name = "compte technique"
        verbose_name_plural = "comptes techniques"
        constraints = [
            models.UniqueConstraint(fields=["contract", "year"], name="technical_account_once_a_year"),
            models.CheckConstraint(
                condition=~Q(level=Level.NOTHING.value) | Q(benefits=None, variation=None),
                name="technical_account_of_few_tells_no_care",
            ),
        ]
        indexes = [models.Index(fields=["company", "-year"], name="technical_account_of_company")]

    def __str__(self) -> str:
        return f"compte technique {self.pk}"

    @property
    def decree(self) -> Decree:
        """Its lines, as article 3 of the decree lists them."""
        return Decree(
            contributions=self.contributions,
            benefits=self.benefits,
            provisions_opening=self.provisions_opening,
            provisions_closing=self.provisions_closing,
            financial_income=self.financial_income,
            commissions=self.commissions,
            other_charges=self.other_charges,
            profit_sharing=self.profit_sharing,
            reinsurance_balance=self.reinsurance_balance,
        )


class TechnicalLine(models.Model):
    """One line of a table of an account. `amount` None: told with others, in the line that `is_rest`."""

    account = models.ForeignKey(TechnicalAccount, on_delete=models.CASCADE, related_name="lines")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    table = models.CharField("tableau", max_length=9, choices=TABLES)
    position = models.PositiveSmallIntegerField("ordre")
    code = models.CharField("code", max_length=8, blank=True)
    label = models.CharField("libellé", max_length=80)
    is_rest = models.BooleanField("lignes dites ensemble", default=False)
    amount = _euros("prestations payées")
    variation = _euros("variation")

    class Meta:
        verbose_name = "ligne d’un compte technique"
        verbose_name_plural = "lignes de comptes techniques"
        constraints = [
            models.UniqueConstraint(fields=["account", "table", "position"], name="technical_line_natural_key"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | Q(variation=None), name="technical_line_not_told_has_no_variation"
            ),
        ]

    def __str__(self) -> str:
        return f"ligne d’un compte technique {self.pk}"
