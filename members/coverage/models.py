"""Plans and their guarantee tables, policies, and who is covered from when to when."""

import datetime

from django.db import models
from django.db.models import Q

from members.households.models import Household, Person
from portals.history import track


class PlanKind(models.TextChoices):
    INDIVIDUAL = "individual", "Individuel"
    GROUP = "group", "Collectif"


@track()
class Plan(models.Model):
    """A plan (formule) that policies are taken out on."""

    plan_code = models.CharField("code", max_length=20, unique=True)
    name = models.CharField("nom", max_length=80)
    kind = models.CharField("nature", max_length=10, choices=PlanKind)
    responsible = models.BooleanField("contrat responsable")
    valid_from = models.DateField("valable du")
    valid_to = models.DateField("au", null=True, blank=True)

    class Meta:
        verbose_name = "formule"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="plan_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="plan_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"formule {self.plan_code}"


class GuaranteeBasis(models.TextChoices):
    """What the rate applies to: reimbursement base, expense, or a fixed amount."""

    BR = "BR", "Base de remboursement"
    EXPENSE = "EXPENSE", "Dépense"
    FIXED = "FIXED", "Forfait"


class CapUnit(models.TextChoices):
    EUR = "EUR", "Euros"
    ACTS = "ACTS", "Actes"


@track()
class Guarantee(models.Model):
    """One line of a plan's guarantee table. `rate` is the total share of the basis, compulsory scheme included."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="guarantees")
    act_family = models.ForeignKey("members.ActFamily", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField("valable du")
    valid_to = models.DateField("au", null=True, blank=True)
    basis = models.CharField("assiette", max_length=8, choices=GuaranteeBasis)
    rate = models.DecimalField("taux", max_digits=6, decimal_places=4, null=True, blank=True)
    amount = models.DecimalField("montant (€)", max_digits=12, decimal_places=2, null=True, blank=True)
    annual_cap = models.DecimalField("plafond annuel", max_digits=12, decimal_places=2, null=True, blank=True)
    cap_unit = models.CharField("unité du plafond", max_length=4, choices=CapUnit, blank=True)
    wording = models.CharField("libellé", max_length=300)

    class Meta:
        verbose_name = "garantie"
        constraints = [
            models.UniqueConstraint(fields=["plan", "act_family", "valid_from"], name="guarantee_natural_key"),
            models.CheckConstraint(condition=Q(basis__in=GuaranteeBasis.values), name="guarantee_basis_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="guarantee_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"garantie {self.pk}"


@track()
class Policy(models.Model):
    """A health policy of a household. `end_date` is its last day.

    `ended_here_on`: that last day, when a termination asked in the space set it and feeds do not tell it yet.
    """

    policy_number = models.CharField("n° de contrat", max_length=40, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="policies")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="policies")
    start_date = models.DateField("début")
    end_date = models.DateField("fin", null=True, blank=True)
    end_reason = models.CharField("motif de fin", max_length=60, blank=True)
    group_contract = models.CharField("contrat collectif", max_length=40, blank=True)
    ended_here_on = models.DateField("fin demandée dans l’espace", null=True, blank=True)

    class Meta:
        verbose_name = "contrat"
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=models.F("start_date")), name="policy_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"contrat {self.pk}"


class CoverQuerySet(models.QuerySet["Cover"]):
    def running_on(self, day: datetime.date) -> "CoverQuerySet":
        return self.filter(Q(end_date=None) | Q(end_date__gte=day), start_date__lte=day)


@track()
class Cover(models.Model):
    """A person covered by a policy, from `start_date` to `end_date` included."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="covers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="covers")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    start_date = models.DateField("début")
    end_date = models.DateField("fin", null=True, blank=True)

    objects = CoverQuerySet.as_manager()

    class Meta:
        verbose_name = "couverture"
        constraints = [
            models.UniqueConstraint(fields=["policy", "person", "start_date"], name="cover_natural_key"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=models.F("start_date")), name="cover_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"couverture {self.pk}"
