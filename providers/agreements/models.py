"""Professionals and their third-party-payment agreements: who may hold a professional account (CGU-1.4)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portals.history import track


@track()
class Professional(models.Model):
    """A health professional or establishment at one practice."""

    professional_ref = models.CharField("référence", max_length=40, unique=True)
    rpps = models.CharField("RPPS", max_length=11, blank=True)
    finess = models.CharField("FINESS", max_length=9, blank=True)
    am_number = models.CharField("n° AM", max_length=9, blank=True)
    profession = models.CharField("profession", max_length=60)
    specialty = models.CharField("spécialité", max_length=80, blank=True)
    family_name = models.CharField("nom", max_length=80)
    given_name = models.CharField("prénom", max_length=80, blank=True)
    practice_name = models.CharField("cabinet", max_length=120, blank=True)
    street = models.CharField("voie", max_length=120, blank=True)
    postcode = models.CharField("code postal", max_length=12)
    city_code = models.CharField("code commune", max_length=5, blank=True)
    city = models.CharField("commune", max_length=80)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    latitude = models.DecimalField("latitude", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("longitude", max_digits=9, decimal_places=6, null=True, blank=True)
    networks = models.CharField("réseaux", max_length=120, blank=True)

    class Meta:
        verbose_name = "professionnel"
        indexes = [
            models.Index(fields=["rpps"], condition=~Q(rpps=""), name="professional_rpps"),
            models.Index(fields=["finess"], condition=~Q(finess=""), name="professional_finess"),
        ]

    def __str__(self) -> str:
        return f"professionnel {self.pk}"


@track(exclude=("iban_sealed", "iban_replaced"))
class Agreement(models.Model):
    """A third-party-payment agreement. `email` is the address known to the mutual.

    `iban_replaced` are fingerprints of the accounts that the professional changed in the space, while feeds still say
    them (`providers.banking`).
    """

    agreement_number = models.CharField("n° de convention", max_length=40, unique=True)
    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="agreements")
    start_date = models.DateField("début")
    end_date = models.DateField("fin", null=True, blank=True)
    iban_sealed = models.BinaryField("IBAN scellé", null=True, blank=True)
    iban_index = models.BinaryField("index de l’IBAN", null=True, blank=True, max_length=32)
    iban_replaced = ArrayField(models.CharField(max_length=64), verbose_name="IBAN remplacés", null=True, blank=True)
    email = models.EmailField("adresse e-mail", blank=True)

    class Meta:
        verbose_name = "convention"
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=models.F("start_date")), name="agreement_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"convention {self.pk}"
