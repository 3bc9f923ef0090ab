"""Companies and associations with group contracts: who may hold an employer account (CGU-1.3)."""

from django.db import models
from django.db.models import Q

from members.coverage.models import Plan
from portals.history import track


@track()
class Company(models.Model):
    """A legal person: company or association alike."""

    siret = models.CharField("SIRET", max_length=14, unique=True)
    name = models.CharField("raison sociale", max_length=200)
    naf = models.CharField("code NAF", max_length=6, blank=True)
    address_line1 = models.CharField("adresse", max_length=120, blank=True)
    postcode = models.CharField("code postal", max_length=12, blank=True)
    city = models.CharField("commune", max_length=80, blank=True)
    email = models.EmailField("adresse e-mail du contact", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)

    class Meta:
        verbose_name = "entreprise"
        constraints = [
            models.CheckConstraint(condition=Q(siret__regex=r"^[0-9]{14}$"), name="company_siret_is_fourteen_digits")
        ]

    def __str__(self) -> str:
        return f"entreprise {self.pk}"


@track()
class GroupContract(models.Model):
    """A health contract taken out by a company for a population of its employees or members."""

    contract_number = models.CharField("n° de contrat", max_length=40, unique=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="contracts")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    population = models.CharField("population", max_length=80)
    start_date = models.DateField("début")
    end_date = models.DateField("fin", null=True, blank=True)
    employer_share = models.DecimalField("part de l’employeur", max_digits=5, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "contrat collectif"
        verbose_name_plural = "contrats collectifs"
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=models.F("start_date")),
                name="group_contract_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"contrat collectif {self.pk}"
