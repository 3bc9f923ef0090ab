"""Grants: which account may enter which space, on what basis, until when; and what stops it before."""

import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portals.accounts.models import Space


class Basis(models.TextChoices):
    """What the access rests on (CGU-1.2 to 1.4, 2.11)."""

    COVER = "cover", "Garantie santé"
    REPRESENTATION = "representation", "Représentation d’une personne"
    GROUP_CONTRACT = "group_contract", "Contrat collectif"
    MANDATE = "mandate", "Mandat d’une entreprise (tiers déclarant)"
    AGREEMENT = "agreement", "Convention de tiers payant"


class CompanyRole(models.TextChoices):
    """What an account does for a company."""

    ADMINISTRATOR = "administrator", "Administrateur"
    HR_MANAGER = "hr_manager", "Gestionnaire RH"
    ACCOUNTANT = "accountant", "Comptable"
    READER = "reader", "Lecteur"


class DelegateRole(models.TextChoices):
    """What somebody who works at a practice does for it. The professional has no role: everything is theirs."""

    SECRETARIAT = "secretariat", "Secrétariat complet"
    INVOICES = "invoices", "Facturation"
    RIGHTS = "rights", "Accueil des patients"


class GrantQuerySet(models.QuerySet["Grant"]):
    def open_on(self, day: datetime.date) -> "GrantQuerySet":
        return self.filter(Q(closes_on=None) | Q(closes_on__gt=day), since__lte=day, revoked_at=None)


class Grant(models.Model):
    """The right of an account to a space.

    `tenant_id` is the household, company or professional whose rows may be seen (the row-level context);
    `subject_id` is the person, company or professional the account acts as. An account that acts for several has a
    grant for each. `role` is what the account does for a company, or for a practice that is another's: empty for the
    professional who holds it. All days are of Europe/Paris. `ended_on` is the last day of the cover, contract or agreement, once
    it is known: from the day after, the space is read-only. `closes_on` is the day access ends, at 0 h: two years
    after `ended_on` (CGU-7.3), or the day after the last one of a representation or mandate. `consult_only`: whoever
    acts by it for somebody else reads, and changes nothing.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants")
    space = models.CharField("espace", max_length=16, choices=Space)
    basis = models.CharField("fondement", max_length=16, choices=Basis)
    role = models.CharField(
        "rôle dans l’organisme", max_length=16, choices=[*CompanyRole.choices, *DelegateRole.choices], blank=True
    )
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel")
    subject_id = models.BigIntegerField("personne, entreprise ou professionnel")
    since = models.DateField("depuis", default=datetime.date.today)
    ended_on = models.DateField("dernier jour du fondement", null=True, blank=True)
    closes_on = models.DateField("se ferme le", null=True, blank=True)
    consult_only = models.BooleanField("consultation seule", default=False)
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
                condition=Q(space="adherent", basis="cover", revoked_at=None),
                name="grant_one_member_account_per_person",
            ),
            models.CheckConstraint(
                condition=Q(space="adherent", basis__in=["cover", "representation"])
                | Q(space="employeur", basis__in=["group_contract", "mandate"])
                | Q(space="professionnel", basis="agreement"),
                name="grant_basis_fits_space",
            ),
            models.CheckConstraint(
                condition=Q(space="employeur", role__in=CompanyRole.values)
                | Q(space="professionnel", role__in=["", *DelegateRole.values])
                | Q(space="adherent", role=""),
                name="grant_role_fits_space",
            ),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("since")), name="grant_closes_after_start"
            ),
            models.CheckConstraint(
                condition=Q(consult_only=False) | Q(basis__in=["representation", "mandate"]),
                name="grant_consult_only_for_somebody_else",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "subject_id"], name="grant_subject"),
            models.Index(fields=["closes_on"], condition=Q(closes_on__isnull=False), name="grant_closing"),
        ]

    def __str__(self) -> str:
        return f"droit {self.pk}"

    @property
    def represents(self) -> bool:
        """Whether the account acts for somebody else by this grant."""
        return self.basis in {Basis.REPRESENTATION, Basis.MANDATE}

    @property
    def is_delegated(self) -> bool:
        """Whether it opens a practice to somebody who works there, and who is not the professional (CGU-1.4)."""
        return self.space == Space.PROFESSIONAL and self.role != ""

    def is_read_only(self, day: datetime.date) -> bool:
        """Whether what it rests on has ended: everything can be read and taken away, nothing changed (CGU-7.3)."""
        return self.ended_on is not None and self.ended_on < day


class EndStep(models.TextChoices):
    """What a person is told of the end of their access, in this order (CGU-7.3)."""

    FIRST = "first", "Rappel 60 jours avant"
    LAST = "last", "Rappel 15 jours avant"
    CLOSED = "closed", "Fermeture"


class EndNotice(models.Model):
    """A step of the end of an access, taken once for each day on which it closes. The row is what makes it once."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="end_notices")
    step = models.CharField("étape", max_length=8, choices=EndStep)
    closes_on = models.DateField("fermeture annoncée")
    noted_at = models.DateTimeField("notée le", default=timezone.now)

    class Meta:
        verbose_name = "annonce de fin d’accès"
        verbose_name_plural = "annonces de fin d’accès"
        constraints = [
            models.UniqueConstraint(fields=["grant", "closes_on", "step"], name="end_notice_once"),
            models.CheckConstraint(condition=Q(step__in=EndStep.values), name="end_notice_step_is_known"),
        ]

    def __str__(self) -> str:
        return f"annonce {self.pk}"


class RestrictionKind(models.TextChoices):
    SUSPENSION = "suspension", "Suspension"
    CLOSURE = "closure", "Fermeture"


class Motive(models.TextChoices):
    """Why the mutual may restrict an account (CGU-7.1)."""

    BREACH = "breach", "Manquement aux CGU"
    HARMFUL = "harmful", "Acte ou omission préjudiciable"
    UNLAWFUL = "unlawful", "Acte illicite"
    SECURITY = "security", "Protection du compte"


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def in_force(self, now: datetime.datetime) -> "RestrictionQuerySet":
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), begins_at__lte=now, lifted_at=None)


class Restriction(models.Model):
    """The mutual suspends or closes an account, wholly or for the services named (CGU-7.1, 7.2). Never deleted.

    `by` is empty when the system's own rules stopped a service (`portals.access.automatic`): people lift it.
    `reason` is shown to the person, word for word. `services` are codes of `portals.access.services`; empty means all.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField("mesure", max_length=10, choices=RestrictionKind)
    services = ArrayField(models.CharField(max_length=40), verbose_name="services", default=list, blank=True)
    motive = models.CharField("motif", max_length=10, choices=Motive)
    reason = models.TextField("raison donnée à la personne")
    begins_at = models.DateTimeField("depuis", default=timezone.now)
    ends_at = models.DateTimeField("jusqu’au", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    lifted_at = models.DateTimeField("levée le", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="levée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    lift_reason = models.TextField("raison de la levée", blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = "suspension ou fermeture"
        verbose_name_plural = "suspensions et fermetures"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="restriction_gives_a_reason"),
            models.CheckConstraint(condition=Q(motive__in=Motive.values), name="restriction_motive_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="closure") | Q(services=[], ends_at=None), name="restriction_closure_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="restriction_lifted_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["account"], condition=Q(lifted_at=None), name="restriction_standing")]

    def __str__(self) -> str:
        return f"mesure {self.pk}"


class Withdrawal(models.Model):
    """The mutual ends the services of a whole space (CGU-7.5): announced, then an export window, then nothing."""

    space = models.CharField("espace", max_length=16, choices=Space)
    message = models.TextField("annonce aux utilisateurs")
    announced_at = models.DateTimeField("annoncée le", default=timezone.now)
    closes_at = models.DateTimeField("services fermés le")
    export_until = models.DateTimeField("export possible jusqu’au")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)

    class Meta:
        verbose_name = "fermeture d’un espace"
        verbose_name_plural = "fermetures d’espaces"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gte=F("announced_at"), export_until__gte=F("closes_at")),
                name="withdrawal_leaves_time_to_export",
            ),
            models.UniqueConstraint(
                fields=["space"], condition=Q(cancelled_at=None), name="withdrawal_one_standing_per_space"
            ),
        ]

    def __str__(self) -> str:
        return f"fermeture {self.pk}"
