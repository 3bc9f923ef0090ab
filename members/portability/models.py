"""A portability, the proofs of unemployment that keep it open, the individual contract that is offered after it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.coverage.models import Policy
from members.households.models import Household, Person
from members.portability.words import Cause, Ground, OfferState, ProofState, State
from portals.documents.models import Upload
from portals.history import track


@track()
class Portability(models.Model):
    """The policy of somebody whose contract of employment has ended, which goes on for a while. Days of Europe/Paris.

    `contract_end`: the last day of the contract of employment. `ends_on`: the last day that the law gives. `last_day`:
    the last day covered as things stand, before `ends_on` once it was stopped or suspended. `proof_due_on`: the day by
    which the benefit is to be proved, None when it is. `suspends_on`: the first day without cover, once it was said.
    """

    number = models.CharField("numéro", max_length=16, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, verbose_name="personne", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, verbose_name="contrat", on_delete=models.PROTECT, related_name="+")
    contract_end = models.DateField("fin du contrat de travail")
    months = models.PositiveSmallIntegerField("durée (mois)")
    ends_on = models.DateField("fin au plus tard")
    last_day = models.DateField("dernier jour couvert")
    state = models.CharField("état", max_length=10, choices=State, default=State.RUNNING)
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)
    proof_due_on = models.DateField("justificatif attendu avant le", null=True, blank=True)
    reminded_on = models.DateField("rappel envoyé le", null=True, blank=True)
    suspends_on = models.DateField("suspension annoncée pour le", null=True, blank=True)
    cause = models.CharField("raison de l’arrêt", max_length=10, choices=Cause, blank=True)
    declared_at = models.DateTimeField("arrêt déclaré le", null=True, blank=True)

    class Meta:
        verbose_name = "portabilité"
        verbose_name_plural = "portabilités"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values, cause__in=["", *Cause.values]), name="portability_words_are_known"
            ),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=12), name="portability_lasts_a_year_at_most"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("contract_end")), name="portability_follows_the_contract"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("contract_end"), last_day__lte=F("ends_on")),
                name="portability_last_day_is_inside",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | (~Q(cause="") & Q(declared_at__isnull=False)),
                name="portability_stopped_with_a_cause",
            ),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(state__in=["running", "suspended"]), name="portability_one_by_policy"
            ),
        ]
        indexes = [
            models.Index(fields=["household", "-id"], name="portability_household"),
            models.Index(
                fields=["proof_due_on"], condition=Q(state="running", proof_due_on__isnull=False),
                name="portability_to_prove",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"portabilité {self.pk}"


@track()
class UnemploymentProof(models.Model):
    """What was sent to prove the benefit, and what staff answered. `due_on`: the answer is promised by that day.

    `proved_until`: the benefit is proved until then, as staff read it.
    """

    portability = models.ForeignKey(Portability, on_delete=models.PROTECT, related_name="proofs")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="+"
    )
    uploads = models.ManyToManyField(Upload, verbose_name="documents", related_name="unemployment_proofs")
    state = models.CharField("état", max_length=10, choices=ProofState, default=ProofState.ASKED)
    sent_at = models.DateTimeField("envoyé le", default=timezone.now)
    due_on = models.DateField("réponse avant le")
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidé par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    proved_until = models.DateField("prouvé jusqu’au", null=True, blank=True)
    answer = models.TextField("réponse à l’adhérent", blank=True)

    class Meta:
        verbose_name = "justificatif de chômage"
        verbose_name_plural = "justificatifs de chômage"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProofState.values), name="unemployment_proof_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "incomplete"]) | ~Q(answer=""),
                name="unemployment_proof_refused_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(decided_at__isnull=False, proved_until__isnull=False),
                name="unemployment_proof_accepted_until",
            ),
            models.UniqueConstraint(
                fields=["portability"], condition=Q(state__in=["asked", "incomplete"]),
                name="unemployment_proof_one_at_a_time",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(state__in=["asked", "incomplete"]), name="unemployment_proof_queue"
            )
        ]

    def __str__(self) -> str:
        return f"justificatif de chômage {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision: documents may be added."""
        return self.state in {ProofState.ASKED, ProofState.INCOMPLETE}


@track()
class IndividualOffer(models.Model):
    """The individual contract of article 4 of the loi Evin: offered once, before the rights end, asked for or not.

    `rights_end`: the last day covered by the company's contract. `due_on`: the last day that the law leaves to offer it.
    `until`: the last day to ask for it. `portability`: the one it comes after, None when the contract of employment
    ended without one.
    """

    number = models.CharField("numéro", max_length=16, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, verbose_name="personne", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, verbose_name="contrat", on_delete=models.PROTECT, related_name="+")
    portability = models.OneToOneField(
        Portability, on_delete=models.PROTECT, null=True, blank=True, related_name="offer"
    )
    ground = models.CharField("ouvert par", max_length=10, choices=Ground)
    rights_end = models.DateField("fin des droits")
    sends_on = models.DateField("envoi le")
    due_on = models.DateField("envoi au plus tard le")
    until = models.DateField("à demander avant le")
    state = models.CharField("état", max_length=10, choices=OfferState, default=OfferState.SCHEDULED)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    asked_at = models.DateTimeField("demandée le", null=True, blank=True)

    class Meta:
        verbose_name = "offre de contrat individuel"
        verbose_name_plural = "offres de contrat individuel"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OfferState.values, ground__in=Ground.values),
                name="individual_offer_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("rights_end"), until__gte=F("due_on"), sends_on__lte=F("until")),
                name="individual_offer_days_follow",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "asked"]) | Q(sent_at__isnull=False), name="individual_offer_was_sent"
            ),
        ]
        indexes = [
            models.Index(fields=["household", "-id"], name="individual_offer_household"),
            models.Index(fields=["sends_on"], condition=Q(state="scheduled"), name="individual_offer_to_send"),
        ]

    def __str__(self) -> str:
        return f"offre de contrat individuel {self.pk}"
