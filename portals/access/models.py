"""Grants: which account may enter which space, on what basis, until when."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.accounts.models import Space


class Basis(models.TextChoices):
    """What the access rests on (CGU-1.2 to 1.4)."""

    COVER = "cover", "Garantie santé"
    GROUP_CONTRACT = "group_contract", "Contrat collectif"
    AGREEMENT = "agreement", "Convention de tiers payant"


class GrantQuerySet(models.QuerySet["Grant"]):
    def open_on(self, day: datetime.date) -> "GrantQuerySet":
        return self.filter(Q(access_until__isnull=True) | Q(access_until__gte=day), since__lte=day, revoked_at=None)


class Grant(models.Model):
    """The right of an account to a space.

    `tenant_id` is the household, company or professional whose rows may be seen (the row-level context);
    `subject_id` is the person, company or professional the account acts as. `access_until` is the last day
    (Europe/Paris) of access; empty while the cover, contract or agreement runs.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants")
    space = models.CharField("espace", max_length=16, choices=Space)
    basis = models.CharField("fondement", max_length=16, choices=Basis)
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel")
    subject_id = models.BigIntegerField("personne, entreprise ou professionnel")
    since = models.DateField("depuis", default=datetime.date.today)
    access_until = models.DateField("dernier jour d’accès", null=True, blank=True)
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)
    created_at = models.DateTimeField("créé le", default=timezone.now)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "droit d’accès"
        verbose_name_plural = "droits d’accès"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "space", "tenant_id", "subject_id"], name="grant_once_per_account_and_subject"
            ),
            models.UniqueConstraint(
                fields=["subject_id"],
                condition=Q(space="adherent", revoked_at=None),
                name="grant_one_member_account_per_person",
            ),
            models.CheckConstraint(
                condition=Q(space="adherent", basis="cover")
                | Q(space="employeur", basis="group_contract")
                | Q(space="professionnel", basis="agreement"),
                name="grant_basis_fits_space",
            ),
            models.CheckConstraint(
                condition=Q(access_until=None) | Q(access_until__gte=models.F("since")), name="grant_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"droit {self.pk}"
