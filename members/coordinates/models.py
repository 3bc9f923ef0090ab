"""Changes of address and telephone, made by the person: what it was, what it became, and who says so."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.households.models import Household, Person

REFERENCE_BYTES = 16


def new_reference() -> str:
    return secrets.token_hex(REFERENCE_BYTES)


class ContactChange(models.Model):
    """One person's part of a change: a parent may change their children's address with their own.

    `before` and `after` hold the fields of `members.coordinates.rules.CONTACT`. Rows of one change share `reference`.
    """

    reference = models.CharField("référence", max_length=32, default=new_reference)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_changes")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="modifié par", on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField("modifié le", default=timezone.now)
    before = models.JSONField("avant")
    after = models.JSONField("après")
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "changement d’adresse ou de téléphone"
        verbose_name_plural = "changements d’adresse ou de téléphone"
        constraints = [
            models.UniqueConstraint(fields=["reference", "person"], name="contact_change_once_a_person"),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=models.F("changed_at")),
                name="contact_change_undone_afterwards",
            ),
        ]
        indexes = [models.Index(fields=["person", "-changed_at"], name="contact_change_latest")]

    def __str__(self) -> str:
        return f"changement de coordonnées {self.pk}"
