"""Versions of the freeze list, the names on them, and the flags that rules raise, behind the wall of vigilance."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.accounts.models import Space
from privacy.investigations.models import Investigation


class FreezeList(models.Model):
    """One version of the national register of asset freezes, as the officer uploaded it. The last one is compared."""

    published_on = models.DateField("publiée le")
    sha256 = models.CharField("empreinte SHA-256", max_length=64, unique=True)
    names = models.PositiveIntegerField("noms")
    imported_at = models.DateTimeField("importée le", default=timezone.now)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="importée par", on_delete=models.PROTECT, related_name="+"
    )
    screened_at = models.DateTimeField("comparée le", null=True, blank=True)
    screened = models.PositiveIntegerField("personnes et organismes comparés", default=0)

    class Meta:
        verbose_name = "liste de gel des avoirs"
        verbose_name_plural = "listes de gel des avoirs"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"liste {self.pk}"


class ListedKind(models.TextChoices):
    PERSON = "person", "Personne physique"
    ENTITY = "entity", "Personne morale"


class ListedName(models.Model):
    """A name of a version: `number` is that of the register, which several names (aliases) share. Public, as it came."""

    version = models.ForeignKey(FreezeList, on_delete=models.CASCADE, related_name="listed")
    number = models.CharField("numéro au registre", max_length=40)
    kind = models.CharField("nature", max_length=6, choices=ListedKind)
    family_name = models.CharField("nom", max_length=200)
    given_names = models.CharField("prénoms", max_length=200, blank=True)
    born_on = models.DateField("né le", null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField("année de naissance", null=True, blank=True)
    measure = models.CharField("mesure", max_length=300, blank=True)

    class Meta:
        verbose_name = "nom d’une liste de gel"
        verbose_name_plural = "noms des listes de gel"

    def __str__(self) -> str:
        return f"nom {self.pk}"


class FlagKind(models.TextChoices):
    FREEZE = "freeze", "Nom proche d’une mesure de gel"
    BANK_CHANGES = "bank_changes", "Changements de compte bancaire répétés"
    REFUNDS = "refunds", "Remboursements au-dessus du seuil"


class FlagState(models.TextChoices):
    OPEN = "open", "À examiner"
    CONFIRMED = "confirmed", "Confirmée"
    DISMISSED = "dismissed", "Écartée"


class ScreeningFlag(models.Model):
    """What a rule saw. `key` makes it unique: the same thing is never flagged twice, whatever was decided of it.

    `facts`: figures and numbers of the register, never a name. `degree`: out of 100, how close the names are.
    """

    key = models.CharField("clé", max_length=120, unique=True)
    kind = models.CharField("nature", max_length=12, choices=FlagKind)
    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel", null=True, blank=True)
    subject_id = models.BigIntegerField("personne, entreprise ou professionnel")
    version = models.ForeignKey(
        FreezeList, verbose_name="liste", on_delete=models.PROTECT, null=True, blank=True, related_name="flags"
    )
    numbers = ArrayField(models.CharField(max_length=40), verbose_name="numéros au registre", default=list, blank=True)
    degree = models.PositiveSmallIntegerField("degré", default=0)
    facts = models.CharField("constat", max_length=300)
    found_at = models.DateTimeField("levée le", default=timezone.now)
    state = models.CharField("état", max_length=10, choices=FlagState, default=FlagState.OPEN)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    reason = models.TextField("raison", blank=True)
    case = models.ForeignKey(
        Investigation, verbose_name="dossier", on_delete=models.PROTECT, null=True, blank=True, related_name="flags"
    )

    class Meta:
        verbose_name = "alerte de vigilance"
        verbose_name_plural = "alertes de vigilance"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, decided_by=None, case=None)
                | (Q(state="dismissed", decided_by__isnull=False, case=None) & ~Q(reason=""))
                | (Q(state="confirmed", decided_by__isnull=False, case__isnull=False) & ~Q(reason="")),
                name="screening_flag_is_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "-found_at"], name="screening_flag_waiting")]

    def __str__(self) -> str:
        return f"alerte {self.pk}"
