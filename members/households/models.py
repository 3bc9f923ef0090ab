"""Households and the persons in them, as the portfolio feeds tell them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portals.history import track


class Household(models.Model):
    """What a member number stands for: the tenant of the member space."""

    member_number = models.CharField("n° adhérent", max_length=16, unique=True)

    class Meta:
        verbose_name = "foyer"

    def __str__(self) -> str:
        return f"foyer {self.pk}"


class Role(models.TextChoices):
    MEMBER = "member", "Adhérent"
    SPOUSE = "spouse", "Conjoint"
    CHILD = "child", "Enfant"
    OTHER = "other", "Autre ayant droit"


@track(exclude=("nir_sealed", "iban_sealed", "iban_replaced", "address_replaced", "phone_replaced"))
class Person(models.Model):
    """A natural person of a household. NIR and IBAN are sealed (AES-256-GCM); the indexes serve equality only.

    `…_replaced`: fingerprints of what the person replaced in their space, while feeds still say it.
    """

    person_ref = models.CharField("référence", max_length=40, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="persons")
    rank = models.PositiveSmallIntegerField("rang")
    role = models.CharField("qualité", max_length=8, choices=Role)
    family_name = models.CharField("nom", max_length=80)
    birth_name = models.CharField("nom de naissance", max_length=80, blank=True)
    given_names = models.CharField("prénoms", max_length=120)
    search_name = models.CharField("nom de recherche", max_length=200)
    birth_date = models.DateField("date de naissance")
    birth_rank = models.PositiveSmallIntegerField("rang de naissance", default=1)
    sex = models.CharField("sexe", max_length=1, blank=True)
    nir_sealed = models.BinaryField("NIR scellé", null=True, blank=True)
    nir_index = models.BinaryField("index du NIR", null=True, blank=True, max_length=32)
    email = models.EmailField("adresse e-mail", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    address_line1 = models.CharField("adresse", max_length=120, blank=True)
    address_line2 = models.CharField("complément d’adresse", max_length=120, blank=True)
    postcode = models.CharField("code postal", max_length=12, blank=True)
    city = models.CharField("commune", max_length=80, blank=True)
    country = models.CharField("pays", max_length=2, blank=True)
    iban_sealed = models.BinaryField("IBAN scellé", null=True, blank=True)
    iban_index = models.BinaryField("index de l’IBAN", null=True, blank=True, max_length=32)
    iban_replaced = ArrayField(models.CharField(max_length=64), verbose_name="IBAN remplacés", null=True, blank=True)
    address_replaced = ArrayField(
        models.CharField(max_length=64), verbose_name="adresses remplacées", null=True, blank=True
    )
    phone_replaced = ArrayField(
        models.CharField(max_length=64), verbose_name="téléphones remplacés", null=True, blank=True
    )
    scheme_code = models.CharField("régime", max_length=3, blank=True)
    office_code = models.CharField("caisse", max_length=6, blank=True)
    alsace_moselle = models.BooleanField("régime local Alsace-Moselle", default=False)

    class Meta:
        verbose_name = "personne"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="person_role_is_known"),
            models.CheckConstraint(condition=Q(sex__in=["", "1", "2"]), name="person_sex_is_known"),
        ]
        indexes = [
            models.Index(fields=["household", "birth_date"], name="person_household_birth"),
            models.Index(fields=["search_name"], name="person_search_name"),
        ]

    def __str__(self) -> str:
        return f"personne {self.pk}"
