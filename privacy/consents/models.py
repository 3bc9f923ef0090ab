"""Purposes with their versioned texts, and the ledger of choices. Rows of texts and of choices are only ever inserted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.accounts.models import Space
from portals.documents.models import Upload
from privacy.consents.rules import Basis, Capacity, Channel, Decision, Kind, Way


class Purpose(models.Model):
    """Something that asks for an accord, or that may be objected to. Never anything that reads health data.

    `asked_again_from`: the number of the text from which an accord counts; an older one has to be asked again.
    """

    code = models.SlugField("code", max_length=40, unique=True)
    kind = models.CharField("sorte", max_length=16, choices=Kind)
    basis = models.CharField("fondement", max_length=10, choices=Basis)
    channels = ArrayField(models.CharField(max_length=6, choices=Channel), verbose_name="canaux")
    rank = models.PositiveSmallIntegerField("rang", default=50)
    asked_again_from = models.PositiveIntegerField("accords valables depuis la version", default=1)
    retired_at = models.DateTimeField("arrêtée le", null=True, blank=True)

    class Meta:
        verbose_name = "finalité"
        verbose_name_plural = "finalités"
        ordering = ["rank", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="purpose_basis_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="purpose_kind_is_known"),
            models.CheckConstraint(condition=~Q(channels=[]), name="purpose_has_a_channel"),
        ]

    def __str__(self) -> str:
        return f"finalité {self.code}"


class PurposeText(models.Model):
    """What people read of a purpose before they choose. `by_account` is a number: the text outlives its author."""

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField("version")
    label = models.CharField("intitulé", max_length=80)
    text = models.CharField("texte montré", max_length=400)
    recipients = models.CharField("qui s’en sert", max_length=200)
    written_at = models.DateTimeField("écrit le", default=timezone.now)
    by_account = models.BigIntegerField("écrit par", null=True, blank=True)

    class Meta:
        verbose_name = "texte d’une finalité"
        verbose_name_plural = "textes des finalités"
        constraints = [models.UniqueConstraint(fields=["purpose", "number"], name="purpose_text_once_per_number")]

    def __str__(self) -> str:
        return f"texte {self.pk}"


class Choice(models.Model):
    """One line of the ledger: who chose what, for whom, having read which text, how it reached us (PDP-3.6).

    `subject_id` is a person in the member space, and an account in the others; no foreign key to either: the proof
    outlives them. `said_on`: the day on the letter or of the call, when staff wrote it down, with `proof` or `note`.
    """

    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer", null=True, blank=True)
    subject_id = models.BigIntegerField("personne ou compte")
    purpose = models.ForeignKey(Purpose, verbose_name="finalité", on_delete=models.PROTECT, related_name="choices")
    text = models.ForeignKey(PurposeText, verbose_name="texte montré", on_delete=models.PROTECT, related_name="choices")
    channel = models.CharField("canal", max_length=6, choices=Channel)
    decision = models.CharField("décision", max_length=10, choices=Decision)
    capacity = models.CharField("qui a choisi", max_length=16, choices=Capacity)
    way = models.CharField("reçu par", max_length=6, choices=Way)
    by_account = models.BigIntegerField("compte", null=True, blank=True)
    said_on = models.DateField("dit le", null=True, blank=True)
    note = models.CharField("référence de l’appel ou du courrier", max_length=80, blank=True)
    proof = models.ForeignKey(
        Upload, verbose_name="preuve", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField("instant", default=timezone.now)

    class Meta:
        verbose_name = "choix"
        verbose_name_plural = "choix des personnes"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="choice_decision_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="choice_channel_is_known"),
            models.CheckConstraint(
                condition=~Q(capacity="staff") | (Q(said_on__isnull=False) & (Q(proof__isnull=False) | ~Q(note=""))),
                name="choice_by_staff_has_its_proof",
            ),
            models.CheckConstraint(
                condition=~Q(space="adherent") | Q(tenant_id__isnull=False), name="choice_of_a_member_has_a_household"
            ),
        ]
        indexes = [models.Index(fields=["subject_id", "space", "purpose", "channel", "-id"], name="choice_latest")]

    def __str__(self) -> str:
        return f"choix {self.pk}"
