"""Restrictions of processing: whose data is frozen, on which ground, since when, and who lifted it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portals.accounts.models import Space


class Ground(models.TextChoices):
    """GDPR, art. 18.1."""

    ACCURACY = "accuracy", "L’exactitude des données est contestée (RGPD, article 18.1.a)"
    UNLAWFUL = "unlawful", "L’usage serait illicite et la personne préfère la limitation (RGPD, article 18.1.b)"
    CLAIMS = "claims", "La personne en a besoin pour défendre ses droits (RGPD, article 18.1.c)"
    OBJECTION = "objection", "Une opposition est en cours d’examen (RGPD, article 18.1.d)"


class Freeze(models.Model):
    """One restriction. `subject_id`: a person in the member space, an account in the others, as for choices.

    The person is told before it is lifted (art. 18.3). `reason` is shown to them and to staff: no health data in it.
    """

    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer", null=True, blank=True)
    subject_id = models.BigIntegerField("personne ou compte")
    ground = models.CharField("fondement", max_length=10, choices=Ground)
    reason = models.CharField("raison", max_length=300)
    request_number = models.CharField("demande", max_length=16, blank=True)
    set_at = models.DateTimeField("posée le", default=timezone.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="posée par", on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField("levée le", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="levée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    lift_reason = models.CharField("raison de la levée", max_length=300, blank=True)

    class Meta:
        verbose_name = "limitation d’usage"
        verbose_name_plural = "limitations d’usage"
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=Ground.values) & ~Q(reason=""), name="freeze_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | Q(lifted_at__gte=F("set_at"), lifted_by__isnull=False) & ~Q(lift_reason=""),
                name="freeze_lifted_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["space", "subject_id"], condition=Q(lifted_at=None), name="freeze_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"limitation {self.pk}"
