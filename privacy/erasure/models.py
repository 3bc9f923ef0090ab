"""Erasures that were ordered, their steps, and the holds that the data protection officer sets. Never a value of anybody."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portals.accounts.models import Space
from privacy.erasure.registry import Target
from privacy.erasure.rules import Relation


class ErasureState(models.TextChoices):
    ORDERED = "ordered", "Ordonné"
    DONE = "done", "Fait"


def new_reference() -> str:
    return secrets.token_hex(12)


class Erasure(models.Model):
    """One order. `plan` is what was shown when it was given: tables, fields and counts, reasons and days.

    `kinds`: the kinds of data that directives name; empty for an erasure of everything.
    `is_alone`, `is_running` and `ended_on` are of that day too, for what says so is erased with the rest.
    `ordered_by` None: done again after a restore. `app` orders and reads; the role `eraser` alone does the rest.
    """

    reference = models.CharField("référence", max_length=32, unique=True, default=new_reference)
    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer ou professionnel", null=True, blank=True)
    subject_id = models.BigIntegerField("personne ou compte")
    accounts = ArrayField(models.BigIntegerField(), verbose_name="comptes", default=list)
    is_alone = models.BooleanField("seule du foyer", default=False)
    is_running = models.BooleanField("contrat en cours", default=False)
    ended_on = models.DateField("dernier jour du contrat", null=True, blank=True)
    request_number = models.CharField("demande", max_length=16, blank=True)
    kinds = ArrayField(models.CharField(max_length=12), verbose_name="données visées", default=list)
    plan = models.JSONField("plan", default=list)
    state = models.CharField("état", max_length=8, choices=ErasureState, default=ErasureState.ORDERED)
    ordered_at = models.DateTimeField("ordonné le", default=timezone.now)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ordonné par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    done_at = models.DateTimeField("fait le", null=True, blank=True)

    class Meta:
        verbose_name = "effacement"
        verbose_name_plural = "effacements"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ErasureState.values), name="erasure_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | Q(state="ordered", done_at=None),
                name="erasure_done_at_an_instant",
            ),
            models.UniqueConstraint(
                fields=["space", "subject_id"], condition=Q(state="ordered"), name="erasure_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"effacement {self.pk}"


def facts_of(target: Target, relation: Relation) -> dict[str, Any]:
    """What an order keeps of whom it is about."""
    return {
        "space": target.space,
        "tenant_id": target.tenant_id,
        "subject_id": target.subject_id,
        "accounts": list(target.accounts),
        "is_alone": target.is_alone,
        "is_running": relation.is_running,
        "ended_on": relation.ended_on,
    }


class ErasureStep(models.Model):
    """One table that was done, in the transaction of what was done to it: a run that is killed goes on from here."""

    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="steps")
    name = models.CharField("étape", max_length=80)
    deleted = models.PositiveIntegerField("lignes supprimées")
    emptied = models.PositiveIntegerField("lignes vidées")
    at = models.DateTimeField("faite le", default=timezone.now)

    class Meta:
        verbose_name = "étape d’un effacement"
        verbose_name_plural = "étapes des effacements"
        constraints = [models.UniqueConstraint(fields=["erasure", "name"], name="erasure_step_once")]

    def __str__(self) -> str:
        return f"étape {self.pk}"


class LegalHold(models.Model):
    """A dispute or an inquiry keeps what the law would let go of, until a day (GDPR, art. 17.3.e).

    `case_reference`: the file of `privacy.investigations` that set it, which alone lifts it; it keeps everything, for all of
    it may be evidence. `is_told`: whether the person reads it; the law may forbid to tell (L. 561-18 CMF).
    """

    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer ou professionnel", null=True, blank=True)
    subject_id = models.BigIntegerField("personne ou compte")
    reason = models.CharField("raison", max_length=300)
    until = models.DateField("jusqu’au")
    case_reference = models.CharField("dossier", max_length=20, blank=True, db_index=True)
    is_told = models.BooleanField("dite à la personne", default=True)
    set_at = models.DateTimeField("posé le", default=timezone.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="posé par", on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField("levé le", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="levé par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "conservation pour litige"
        verbose_name_plural = "conservations pour litige"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="legal_hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__gte=F("set_at"), lifted_by__isnull=False),
                name="legal_hold_lifted_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["space", "subject_id"], name="legal_hold_subject")]

    def __str__(self) -> str:
        return f"conservation {self.pk}"
