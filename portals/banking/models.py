"""Changes of bank account: asked for, waiting 48 hours, done or cancelled."""

import datetime
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portals.accounts.models import Space

REFERENCE_BYTES = 16


class Why(models.TextChoices):
    """Why a change was cancelled before its time."""

    OWNER = "owner", "Annulé depuis l’espace"
    LINK = "link", "Annulé par le lien de l’e-mail"
    REPLACED = "replaced", "Remplacé par une demande plus récente"
    FRAUD = "fraud", "Annulé après un signalement de fraude"
    DELETED = "deleted", "Annulé avec la suppression du compte"
    STAFF = "staff", "Annulé par un gestionnaire"
    REFUSED = "refused", "Refusé par un autre administrateur"
    LAPSED = "lapsed", "Resté sans approbation"
    LEFT = "left", "La personne qui l’avait demandé n’est plus administrateur"


def new_reference() -> str:
    return secrets.token_hex(REFERENCE_BYTES)


class BankChange(models.Model):
    """One change of the account that receives payments.

    `tenant_id` and `subject_id` are those of the grant it was asked by. The new IBAN is sealed while the change waits,
    and forgotten here once it is done or cancelled: only the masked ends stay. `old_masked` is empty when there was none.
    `approve_by`: until when a second person may approve it, None when nobody else has to; the 48 hours then begin with
    the approval, and `effective_at` is what it would be at the earliest.
    """

    reference = models.CharField("référence", max_length=32, unique=True, default=new_reference)
    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel")
    subject_id = models.BigIntegerField("personne, entreprise ou professionnel")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="demandé par", on_delete=models.PROTECT, related_name="+"
    )
    old_masked = models.CharField("ancien compte", max_length=20, blank=True)
    new_masked = models.CharField("nouveau compte", max_length=20)
    new_bank = models.CharField("nouvelle banque", max_length=120, blank=True)
    new_sealed = models.BinaryField("nouvel IBAN scellé", null=True, blank=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    effective_at = models.DateTimeField("prend effet le")
    approve_by = models.DateTimeField("à approuver avant le", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="approuvé par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    approved_at = models.DateTimeField("approuvé le", null=True, blank=True)
    done_at = models.DateTimeField("fait le", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)
    cancelled_for = models.CharField("motif d’annulation", max_length=8, choices=Why, blank=True)

    class Meta:
        verbose_name = "changement de compte bancaire"
        verbose_name_plural = "changements de compte bancaire"
        constraints = [
            models.UniqueConstraint(
                fields=["space", "subject_id"],
                condition=Q(done_at=None, cancelled_at=None),
                name="bank_change_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_for="")
                | Q(cancelled_at__isnull=False, cancelled_for__in=Why.values),
                name="bank_change_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(cancelled_at=None), name="bank_change_done_or_cancelled"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, cancelled_at=None) | Q(new_sealed=None), name="bank_change_forgets_its_iban"
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | (Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("asked_by"))),
                name="bank_change_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(approve_by=None) | Q(approved_at__isnull=False),
                name="bank_change_done_once_approved",
            ),
        ]
        indexes = [models.Index(fields=["space", "subject_id", "-asked_at"], name="bank_change_latest")]

    def __str__(self) -> str:
        return f"changement de compte {self.pk}"

    @property
    def is_pending(self) -> bool:
        return self.done_at is None and self.cancelled_at is None

    @property
    def waits_approval(self) -> bool:
        """Whether a second person has to approve it first."""
        return self.is_pending and self.approve_by is not None and self.approved_at is None

    @property
    def state(self) -> str:
        """In words, for its holder and for staff."""
        if self.done_at is not None:
            return "Fait"
        if self.cancelled_at is not None:
            return "Annulé"
        return "À approuver" if self.waits_approval else "En attente"

    @property
    def decided_at(self) -> datetime.datetime | None:
        return self.done_at or self.cancelled_at
