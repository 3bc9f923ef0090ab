"""Versions of the terms of use, and the immutable records of their acceptance (CGU-2.8 to 2.12)."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class TermsDraft(models.Model):
    """A version being written, by staff only. Publishing it makes a `TermsVersion` and removes it."""

    text = models.TextField("texte (HTML)")
    summary = models.TextField("l’essentiel (HTML)")
    changes = models.TextField(
        "ce qui change (HTML)", blank=True, help_text="En mots simples. Obligatoire pour publier une nouvelle version."
    )
    effective_at = models.DateTimeField(
        "en vigueur le", null=True, blank=True, help_text="Sans date, la version entre en vigueur à sa publication."
    )
    updated_at = models.DateTimeField("modifié le", auto_now=True)

    class Meta:
        verbose_name = "projet de CGU"
        verbose_name_plural = "projets de CGU"

    def __str__(self) -> str:
        return f"projet de CGU {self.pk}"


class TermsVersion(models.Model):
    """A published text. Rows are only ever inserted: a correction is a new version.

    `changes`: what differs from the version before, in plain words; only the first has none.
    """

    number = models.PositiveIntegerField("version", unique=True)
    text = models.TextField("texte (HTML)")
    summary = models.TextField("l’essentiel (HTML)")
    changes = models.TextField("ce qui change (HTML)", blank=True, default="")
    text_sha256 = models.CharField("empreinte du texte", max_length=64)
    published_at = models.DateTimeField("publiée le", default=timezone.now)
    effective_at = models.DateTimeField("en vigueur le")

    class Meta:
        verbose_name = "version des CGU"
        verbose_name_plural = "versions des CGU"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text_sha256__regex=r"^[0-9a-f]{64}$"), name="terms_sha256_is_hex"
            ),
            models.CheckConstraint(
                condition=models.Q(effective_at__gte=models.F("published_at")), name="terms_effective_after_publication"
            ),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(changes=""), name="terms_tell_what_changes"
            ),
        ]

    def __str__(self) -> str:
        return f"CGU version {self.number}"


class Capacity(models.TextChoices):
    """What the person declares when ticking the box (CGU-2.10)."""

    ADULT = "adult", "Je suis majeur et capable"
    PARENTAL = "parental", "Je suis autorisé par le titulaire de l’autorité parentale"
    GUARDIAN = "guardian", "Je suis autorisé par mon tuteur"
    CURATOR = "curator", "Je suis autorisé par mon curateur"


class Acceptance(models.Model):
    """One tick of the box: who, which text, which words, when, from where. Rows are only ever inserted."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acceptances")
    version = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="acceptances")
    text_sha256 = models.CharField("empreinte du texte accepté", max_length=64)
    label = models.CharField("libellé de la case", max_length=200)
    declaration = models.TextField("déclaration affichée")
    capacity = models.CharField("capacité déclarée", max_length=16, choices=Capacity)
    representative_name = models.CharField("nom du représentant", max_length=160, blank=True)
    accepted_at = models.DateTimeField("acceptée le", default=timezone.now)
    address = models.GenericIPAddressField("adresse réseau")

    class Meta:
        verbose_name = "acceptation des CGU"
        verbose_name_plural = "acceptations des CGU"
        constraints = [
            models.UniqueConstraint(fields=["account", "version"], name="acceptance_once_per_version"),
            models.CheckConstraint(
                condition=models.Q(capacity=Capacity.ADULT) | ~models.Q(representative_name=""),
                name="acceptance_names_representative",
            ),
        ]

    def __str__(self) -> str:
        return f"acceptation {self.pk}"
