"""Act codes and their families; benefit lines, partitioned by month of care."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from members.coverage.models import Policy
from members.households.models import Household, Person
from portals.history import track


class ActFamily(models.Model):
    """A family of acts, the unit of guarantee tables. Editable."""

    code = models.CharField("code", max_length=8, primary_key=True)
    label = models.CharField("libellé", max_length=80)
    need = models.CharField("besoin", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "famille d’actes"
        verbose_name_plural = "familles d’actes"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class ActCode(models.Model):
    """An act code as printed on décomptes (B2 letters), with its family. Editable."""

    code = models.CharField("code", max_length=10, primary_key=True)
    label = models.CharField("libellé", max_length=120)
    family = models.ForeignKey(ActFamily, on_delete=models.PROTECT, related_name="acts")
    scheme_rate = models.DecimalField("taux du régime", max_digits=4, decimal_places=2, null=True, blank=True)
    zero_out_of_pocket = models.BooleanField("panier 100 % Santé", default=False)
    card_domain = models.CharField("domaine de la carte", max_length=8, blank=True)

    class Meta:
        verbose_name = "code acte"
        verbose_name_plural = "codes actes"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class TariffKind(models.TextChoices):
    BASE = "base", "Base de remboursement"
    DEDUCTION = "deduction", "Retenue"


class ActTariff(models.Model):
    """A dated amount (euros): the base of an act, or what the law deducts."""

    act_code = models.ForeignKey(ActCode, on_delete=models.CASCADE, related_name="tariffs")
    kind = models.CharField("nature", max_length=10, choices=TariffKind)
    amount = models.DecimalField("montant (€)", max_digits=12, decimal_places=2)
    valid_from = models.DateField("valable du")
    valid_to = models.DateField("au", null=True, blank=True)
    source = models.CharField("source", max_length=200, blank=True)

    class Meta:
        verbose_name = "tarif"
        constraints = [
            models.UniqueConstraint(fields=["act_code", "kind", "valid_from"], name="tariff_natural_key"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="tariff_is_positive"),
        ]

    def __str__(self) -> str:
        return f"tarif {self.pk}"


class LawParameter(models.Model):
    """A dated figure of the law (euros, share or months) that the engine of amounts reads. Staff correct it."""

    code = models.CharField("code", max_length=40)
    label = models.CharField("libellé", max_length=160)
    value = models.DecimalField("valeur", max_digits=12, decimal_places=4)
    valid_from = models.DateField("valable du")
    valid_to = models.DateField("au", null=True, blank=True)
    source = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "paramètre légal"
        verbose_name_plural = "paramètres légaux"
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="law_parameter_natural_key"),
            models.CheckConstraint(condition=Q(value__gte=0), name="law_parameter_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} du {self.valid_from}"


class PaidTo(models.TextChoices):
    INSURED = "insured", "Assuré"
    PROFESSIONAL = "professional", "Professionnel"


class Source(models.TextChoices):
    """Where a line came from (flux d’origine)."""

    NOEMIE = "NOEMIE", "Télétransmission"
    DRE = "DRE", "Tiers payant"
    PAPER = "PAPER", "Papier"
    QUOTE = "QUOTE", "Devis"


@track()
class BenefitLine(models.Model):
    """One line of a décompte. Amounts in euros; a reversal carries the original's amounts negated.

    The table is partitioned by month of `care_date`; its key in the database is (id, care_date). The relations are
    checked set by set when the feed loads and again by `check_portfolio`: see docs/decisions/benefit-lines.md.
    """

    benefit_ref = models.CharField("référence", max_length=40)
    policy = models.ForeignKey(
        Policy, on_delete=models.PROTECT, related_name="benefits", db_constraint=False, db_index=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="benefits", db_constraint=False, db_index=False
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    care_date = models.DateField("date de soins")
    act_code = models.ForeignKey(
        ActCode, on_delete=models.PROTECT, related_name="+", db_column="act_code", db_constraint=False, db_index=False
    )
    act_label = models.CharField("libellé de l’acte", max_length=120, blank=True)
    quantity = models.DecimalField("quantité", max_digits=8, decimal_places=2, default=Decimal(1))
    professional_name = models.CharField("professionnel", max_length=120, blank=True)
    expense = models.DecimalField("dépense", max_digits=12, decimal_places=2)
    base = models.DecimalField("base de remboursement", max_digits=12, decimal_places=2)
    scheme_rate = models.DecimalField("taux du régime", max_digits=5, decimal_places=4)
    scheme_amount = models.DecimalField("part du régime, retenue déduite", max_digits=12, decimal_places=2)
    deduction = models.DecimalField("retenue", max_digits=12, decimal_places=2, default=Decimal(0))
    mutual_amount = models.DecimalField("part de la mutuelle", max_digits=12, decimal_places=2)
    other_amount = models.DecimalField("autres organismes", max_digits=12, decimal_places=2, default=Decimal(0))
    paid_to = models.CharField("payé à", max_length=12, choices=PaidTo)
    payment_ref = models.CharField("référence du virement", max_length=40, blank=True)
    payment_date = models.DateField("date de paiement", null=True, blank=True)
    source = models.CharField("flux d’origine", max_length=6, choices=Source)

    class Meta:
        verbose_name = "prestation"
        constraints = [
            models.CheckConstraint(condition=Q(paid_to__in=PaidTo.values), name="benefit_paid_to_is_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="benefit_source_is_known"),
        ]
        indexes = [
            models.Index(fields=["household", "-care_date", "-id"], name="benefit_household_care"),
            # Few different values: the cheapest index to keep while a feed inserts. A month is read whole anyway.
            models.Index(fields=["payment_date"], name="benefit_payment"),
        ]

    def __str__(self) -> str:
        return f"prestation {self.pk}"

    @property
    def out_of_pocket(self) -> Decimal:
        """What stays with the person, in euros (reste à charge)."""
        return self.expense - self.scheme_amount - self.mutual_amount - self.other_amount
