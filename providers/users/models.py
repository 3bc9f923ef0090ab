"""Invitations to work at a practice in the space. What an accepted one gives is a `portals.access.models.Grant`."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.access.models import DelegateRole
from providers.agreements.models import Professional


def draw_reference() -> str:
    """Names an invitation to the keys of its secrets: a number could be given twice, after a restore."""
    return secrets.token_hex(16)


class Delegation(models.Model):
    """Somebody is asked to work for a professional. The link of the e-mail is good for seven days and once.

    The address is sealed while the invitation stands, and forgotten once it is accepted or withdrawn. `token_hash` is
    the SHA-256 of what the last e-mail carries: none before it is written.
    """

    reference = models.CharField("référence", max_length=32, unique=True, default=draw_reference)
    professional = models.ForeignKey(
        Professional, verbose_name="professionnel", on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField("rôle", max_length=16, choices=DelegateRole)
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
        verbose_name = "invitation au cabinet"
        verbose_name_plural = "invitations au cabinet"
        constraints = [
            models.UniqueConstraint(
                fields=["professional", "email_index"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="delegation_one_standing_per_address",
            ),
            models.UniqueConstraint(fields=["token_hash"], name="delegation_token_is_one"),
            models.CheckConstraint(condition=Q(role__in=DelegateRole.values), name="delegation_role_is_known"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="delegation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="delegation_accepted_or_revoked"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation au cabinet {self.pk}"
