"""Who is invited to act for a company, and the mandates that it gives to filing agents (tiers déclarants)."""

import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from employers.companies.models import Company
from portals.access.models import CompanyRole


def draw_reference() -> str:
    """Names an invitation to the keys of its secrets: a number could be given twice, after a restore."""
    return secrets.token_hex(16)


class Invitation(models.Model):
    """Somebody is asked to act for a company. The link of the e-mail is good for seven days and once.

    The address is sealed while the invitation stands, and forgotten once it is accepted or withdrawn. `token_hash` is
    the SHA-256 of what the last e-mail carries: none before it is written.
    """

    reference = models.CharField("référence", max_length=32, unique=True, default=draw_reference)
    company = models.ForeignKey(Company, verbose_name="entreprise", on_delete=models.PROTECT, related_name="+")
    role = models.CharField("rôle", max_length=16, choices=CompanyRole)
    email_sealed = models.BinaryField("adresse e-mail scellée", blank=True)
    email_index = models.BinaryField("index de l’adresse e-mail", max_length=32)
    token_hash = models.BinaryField("empreinte du lien", max_length=32, null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="invitation de", on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("créée le", default=timezone.now)
    expires_at = models.DateTimeField("expire le")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="acceptée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    revoked_at = models.DateTimeField("annulée le", null=True, blank=True)

    class Meta:
        verbose_name = "invitation"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "email_index"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_one_standing_per_address",
            ),
            models.UniqueConstraint(fields=["token_hash"], name="invitation_token_is_one"),
            models.CheckConstraint(condition=Q(role__in=CompanyRole.values), name="invitation_role_is_known"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_accepted_or_revoked"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Mandate(models.Model):
    """A company lets a filing agent act for it, from `starts_on` to `ends_on` included, for the services named.

    `services` are codes of `employers.permissions.MANDATABLE`. It takes effect when the agent accepts the invitation;
    the invitation's role says whether the agent may change anything.
    """

    company = models.ForeignKey(Company, verbose_name="entreprise", on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="mandate")
    services = ArrayField(models.CharField(max_length=40), verbose_name="services")
    starts_on = models.DateField("premier jour")
    ends_on = models.DateField("dernier jour")
    ended_at = models.DateTimeField("mis fin le", null=True, blank=True)

    class Meta:
        verbose_name = "mandat"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="mandate_ends_after_start"),
            models.CheckConstraint(condition=~Q(services=[]), name="mandate_names_services"),
        ]

    def __str__(self) -> str:
        return f"mandat {self.pk}"
