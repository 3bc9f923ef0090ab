"""Requests for a prior agreement or for reimbursement: state and dates in clear, what they say sealed."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.households.models import Household, Person
from members.quotes.models import Simulation
from portals.documents.models import Upload
from portals.history import track


class RequestKind(models.TextChoices):
    """What is asked for; it is also the one purpose of the documents (PDP-4.4)."""

    PRIOR_AGREEMENT = "prior_agreement", "Prise en charge"
    REIMBURSEMENT = "reimbursement", "Remboursement"


class State(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    ASKED = "asked", "À l’étude"
    INCOMPLETE = "incomplete", "Document demandé"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"


PREFIXES = {RequestKind.PRIOR_AGREEMENT: "PEC", RequestKind.REIMBURSEMENT: "RB"}


@track(exclude=("content_sealed", "answer_sealed"))
class CareRequest(models.Model):
    """A request of a household, for one person. Days are of Europe/Paris.

    What is health data is sealed: `content_sealed` (care, professional, amount) under a key that goes with the
    documents on `documents_until`, `answer_sealed` (amount agreed, reason) under one that stays. `expected_on` is the
    day told to the person, `valid_until` the last day of an agreement. The reference is what they are sealed under.
    """

    reference = models.CharField("référence", max_length=32, unique=True)
    kind = models.CharField("nature", max_length=16, choices=RequestKind)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="care_requests"
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="care_requests")
    simulation = models.ForeignKey(Simulation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    content_sealed = models.BinaryField("contenu scellé")
    answer_sealed = models.BinaryField("réponse scellée", null=True, blank=True)
    documents = models.ManyToManyField(Upload, verbose_name="documents", blank=True, related_name="care_requests")
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    is_ready = models.BooleanField("prête à recevoir ses documents", default=False)
    created_at = models.DateTimeField("commencée le", default=timezone.now)
    asked_at = models.DateTimeField("envoyée le", null=True, blank=True)
    expected_on = models.DateField("réponse prévue le", null=True, blank=True)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    valid_until = models.DateField("accord valable jusqu’au", null=True, blank=True)
    documents_until = models.DateField("documents gardés jusqu’au", null=True, blank=True)
    forgotten_at = models.DateTimeField("documents effacés le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de soins"
        verbose_name_plural = "prises en charge et remboursements"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RequestKind.values, state__in=State.values), name="care_request_words_are_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(asked_at__isnull=False, expected_on__isnull=False, is_ready=True),
                name="care_request_sent_has_its_dates",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"])
                | Q(decided_at__isnull=False, documents_until__isnull=False, answer_sealed__isnull=False),
                name="care_request_decided_with_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="incomplete") | Q(answer_sealed__isnull=False),
                name="care_request_incomplete_says_what",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(kind="prior_agreement", state="accepted"),
                name="care_request_only_agreements_hold",
            ),
            models.UniqueConstraint(
                fields=["account", "kind"], condition=Q(state="draft"), name="care_request_one_draft_of_each_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["household", "-id"], name="care_request_household"),
            models.Index(fields=["state", "expected_on"], name="care_request_queue"),
            models.Index(fields=["documents_until"], condition=Q(forgotten_at=None), name="care_request_to_forget"),
        ]

    def __str__(self) -> str:
        return f"demande {self.pk}"

    @property
    def number(self) -> str:
        """What people quote: `PEC-2026-000012`, `RB-2026-000012`."""
        return f"{PREFIXES[RequestKind(self.kind)]}-{timezone.localdate(self.created_at):%Y}-{self.pk:06d}"

    @property
    def is_agreement(self) -> bool:
        return self.kind == RequestKind.PRIOR_AGREEMENT

    @property
    def last_document_day(self) -> datetime.date | None:
        """The last day on which the documents are kept, None once they are gone or before a decision."""
        return None if self.forgotten_at else self.documents_until
