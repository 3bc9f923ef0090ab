"""Requests of authorities and what was handed to them; and what each person is told of it, in a table of their own.

`Disclosure` and `DisclosedSubject` stand behind the walls of `privacy.investigations`: whoever works on files of the kind
writes them, oversight reads them all. `ToldDisclosure` has nothing but what may be told, and is made when it may.
"""

import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portals.access.reference import ALPHABET
from portals.accounts.models import Space
from portals.documents.models import StoredFile, Upload
from privacy.investigations.models import Kind

DRAWN = 6


class Authority(models.TextChoices):
    JUSTICE = "justice", "Autorité judiciaire"
    POLICE = "police", "Police ou gendarmerie"
    TAX = "tax", "Administration fiscale"
    SOCIAL = "social", "Organisme de sécurité sociale"
    TRACFIN = "tracfin", "Tracfin"
    SUPERVISOR = "supervisor", "Autorité de contrôle (ACPR)"
    CNIL = "cnil", "CNIL"
    OTHER = "other", "Autre autorité habilitée"


class Ground(models.TextChoices):
    """The texts by which these authorities may ask."""

    REQUISITION = "requisition", "Réquisition judiciaire (code de procédure pénale, art. 60-1, 77-1-1, 99-3)"
    JUDGE = "judge", "Décision d’un juge (code de procédure civile, art. 138 et suivants)"
    TAX_RIGHT = "tax_right", "Droit de communication fiscal (livre des procédures fiscales, art. L. 81)"
    SOCIAL_RIGHT = "social_right", "Droit de communication social (code de la sécurité sociale, art. L. 114-19)"
    TRACFIN_RIGHT = "tracfin_right", "Demande de Tracfin (code monétaire et financier, art. L. 561-25)"
    SUPERVISION = "supervision", "Contrôle de l’ACPR (code monétaire et financier, art. L. 612-24)"
    DATA_PROTECTION = "data_protection", "Contrôle de la CNIL (loi du 6 janvier 1978, art. 19)"
    OTHER = "other", "Autre texte, dit dans la référence"


class Means(models.TextChoices):
    PORTAL = "portal", "Portail sécurisé de l’autorité"
    ENCRYPTED = "encrypted", "Fichier chiffré, clé par un autre moyen"
    HAND = "hand", "Remise en main propre contre reçu"
    POST = "post", "Lettre recommandée"


class State(models.TextChoices):
    WAITING = "waiting", "À approuver"
    APPROVED = "approved", "À remettre"
    REFUSED = "refused", "Refusée"
    SENT = "sent", "Remise"


def new_reference() -> str:
    return f"CA-{timezone.localdate():%y%m%d}-{''.join(secrets.choice(ALPHABET) for _ in range(DRAWN))}"


class Disclosure(models.Model):
    """One request. `classes`: what is asked, by class (`privacy.rights.data_classes`), between two days.

    `is_secret`: the law or a judge forbids to tell the person, until `secret_until` or for good. `skips_approval`: the
    secrecy binds the officer's approval too; `secrecy_ground` says by which text.
    """

    reference = models.CharField("numéro", max_length=20, unique=True, default=new_reference)
    kind = models.CharField("nature", max_length=16, choices=Kind)
    case_reference = models.CharField("dossier", max_length=20, blank=True)
    authority = models.CharField("autorité", max_length=10, choices=Authority)
    authority_name = models.CharField("nom de l’autorité", max_length=160)
    ground = models.CharField("fondement", max_length=16, choices=Ground)
    ground_reference = models.CharField("référence de la demande", max_length=120)
    received_on = models.DateField("reçue le")
    document = models.ForeignKey(
        Upload, verbose_name="demande de l’autorité", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    classes = ArrayField(models.CharField(max_length=40), verbose_name="données")
    since = models.DateField("du")
    until = models.DateField("au")
    necessity = models.TextField("pourquoi ces données suffisent et sont nécessaires")
    is_secret = models.BooleanField("secrète", default=False)
    skips_approval = models.BooleanField("sans approbation", default=False)
    secrecy_ground = models.CharField("texte qui impose le secret", max_length=160, blank=True)
    secret_until = models.DateField("secrète jusqu’au", null=True, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField("préparée le", default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="préparée par", on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    decision_words = models.TextField("motif de la décision", blank=True)
    bundle = models.OneToOneField(
        StoredFile, verbose_name="fichier remis", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    bundle_sha256 = models.CharField("empreinte du fichier remis", max_length=64, blank=True)
    bundle_rows = models.PositiveIntegerField("lignes remises", null=True, blank=True)
    produced_at = models.DateTimeField("produit le", null=True, blank=True)
    sent_on = models.DateField("remise le", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="remise par", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    means = models.CharField("moyen", max_length=10, choices=Means, blank=True)
    receipt = models.CharField("reçu", max_length=120, blank=True)

    class Meta:
        verbose_name = "communication à une autorité"
        verbose_name_plural = "communications aux autorités"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values, authority__in=Authority.values, ground__in=Ground.values)
                & ~Q(authority_name="") & ~Q(ground_reference="") & ~Q(necessity="") & Q(classes__len__gt=0),
                name="disclosure_says_who_why_and_what",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="disclosure_period_has_an_order"),
            models.CheckConstraint(
                condition=Q(is_secret=False, skips_approval=False, secrecy_ground="", secret_until=None)
                | (Q(is_secret=True) & ~Q(secrecy_ground="")),
                name="disclosure_is_secret_by_a_text",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by")))
                | (Q(decided_by=None, skips_approval=True) & ~Q(state="refused")),
                name="disclosure_has_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent")
                | (Q(sent_on__isnull=False, sent_by__isnull=False, means__in=Means.values, bundle_rows__isnull=False)
                   & ~Q(bundle_sha256="")),
                name="disclosure_sent_by_somebody_somehow",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"communication {self.pk}"


class DisclosedSubject(models.Model):
    """Whose data it was."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="subjects")
    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel", null=True, blank=True)
    subject_id = models.BigIntegerField("personne ou compte")

    class Meta:
        verbose_name = "personne d’une communication"
        verbose_name_plural = "personnes des communications"
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "space", "subject_id"], name="disclosed_subject_once"),
        ]

    def __str__(self) -> str:
        return f"personne {self.pk}"


class ToldDisclosure(models.Model):
    """What one person reads of one communication. Made when it is handed over, or the day after its secrecy ends."""

    reference = models.CharField("numéro", max_length=20)
    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel", null=True, blank=True)
    subject_id = models.BigIntegerField("personne ou compte")
    authority_name = models.CharField("autorité", max_length=160)
    ground = models.CharField("fondement", max_length=16, choices=Ground)
    classes = ArrayField(models.CharField(max_length=40), verbose_name="données")
    since = models.DateField("du")
    until = models.DateField("au")
    sent_on = models.DateField("remises le")

    class Meta:
        verbose_name = "communication dite à la personne"
        verbose_name_plural = "communications dites aux personnes"
        constraints = [
            models.UniqueConstraint(fields=["reference", "space", "subject_id"], name="told_disclosure_once"),
        ]
        indexes = [models.Index(fields=["space", "subject_id"], name="told_disclosure_subject")]

    def __str__(self) -> str:
        return f"communication dite {self.pk}"
