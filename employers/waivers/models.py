"""Waivers, the requests that found them and renew them, and the cases that the act of a company provides."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from employers.companies.models import Company, GroupContract
from employers.waivers.words import LIVING, Answer, Case, Channel, End, Kind, State, What
from portals.documents.models import Upload
from portals.history import track

REFERENCE_BYTES = 16


def new_reference() -> str:
    return secrets.token_hex(REFERENCE_BYTES)


@track()
class ProvidedCase(models.Model):
    """A case that does not hold of right, and that the act of the company (DUE, agreement) provides for a contract."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(GroupContract, on_delete=models.PROTECT, related_name="provided_waiver_cases")
    case = models.CharField("cas", max_length=12, choices=Case)
    since = models.DateTimeField("depuis le", default=timezone.now)

    class Meta:
        verbose_name = "cas de dispense prévu"
        verbose_name_plural = "cas de dispense prévus"
        constraints = [
            models.UniqueConstraint(fields=["contract", "case"], name="provided_waiver_case_once"),
            models.CheckConstraint(condition=Q(case__in=Case.values), name="provided_waiver_case_is_known"),
        ]

    def __str__(self) -> str:
        return f"cas de dispense {self.pk}"


@track()
class Waiver(models.Model):
    """One employee who stays out of one contract, for one reason.

    Days are of Europe/Paris, last days included. `ends_on`: the end that the latest accepted request declared (or the
    first one, until it is answered). `valid_until`: the last day, computed from it and from the yearly proof; None
    without an end, and until it is accepted. `settled_at`: the employee of a waiver that ran out was affiliated since.
    """

    reference = models.CharField("référence", max_length=32, unique=True, default=new_reference)
    number = models.CharField("numéro", max_length=16, blank=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="waivers", db_index=False)
    contract = models.ForeignKey(
        GroupContract, verbose_name="contrat", on_delete=models.PROTECT, related_name="waivers"
    )
    employee_number = models.CharField("matricule", max_length=40, blank=True)
    family_name = models.CharField("nom", max_length=80)
    given_names = models.CharField("prénoms", max_length=80)
    folded_name = models.CharField("nom comparé", max_length=170)
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    hired_on = models.DateField("embauche", null=True, blank=True)
    case = models.CharField("cas", max_length=12, choices=Case)
    state = models.CharField("état", max_length=8, choices=State, default=State.ASKED)
    first_day = models.DateField("premier jour")
    ends_on = models.DateField("fin déclarée", null=True, blank=True)
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    ended_on = models.DateField("terminée le", null=True, blank=True)
    ended_for = models.CharField("raison de la fin", max_length=9, choices=End, blank=True)
    settled_at = models.DateTimeField("affiliation faite le", null=True, blank=True)
    created_at = models.DateTimeField("créée le", default=timezone.now)

    class Meta:
        verbose_name = "dispense"
        constraints = [
            models.CheckConstraint(
                condition=Q(case__in=Case.values, state__in=State.values), name="waiver_words_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_for="", ended_on=None)
                | Q(state="ended", ended_for__in=End.values, ended_on__isnull=False),
                name="waiver_ends_on_a_day_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(ended_for=""), name="waiver_ended_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("first_day")), name="waiver_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(ended_for="expired"), name="waiver_settled_once_expired"
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="waiver_number"),
            models.UniqueConstraint(
                fields=["contract", "folded_name", "birth_date", "employee_number"],
                condition=Q(state__in=[state.value for state in LIVING]),
                nulls_distinct=False,
                name="waiver_one_living_for_an_employee",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "folded_name", "id"], name="waiver_of_company"),
            models.Index(fields=["valid_until"], condition=Q(state="accepted"), name="waiver_to_follow"),
        ]

    def __str__(self) -> str:
        return f"dispense {self.pk}"

    @property
    def employee(self) -> str:
        """The name, as pages show it."""
        return f"{self.given_names} {self.family_name}"

    @property
    def is_living(self) -> bool:
        return self.state in LIVING


@track(exclude=("words_sealed",))
class WaiverRequest(models.Model):
    """What an employee asked, kept as evidence: the words, their date, the documents, and what the employer answered.

    The words are sealed under the key `waiver:<reference>`. `fingerprint`: SHA-256 of what was asked, which the journal
    keeps as well; `entered_by`: who deposited it for the employee, None when they wrote it by their own link.
    """

    waiver = models.ForeignKey(Waiver, on_delete=models.PROTECT, related_name="requests")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("objet", max_length=7, choices=Kind)
    channel = models.CharField("voie", max_length=5, choices=Channel)
    words_sealed = models.BinaryField("demande scellée")
    written_on = models.DateField("écrite le")
    informed = models.BooleanField("informé des conséquences")
    ends_on = models.DateField("fin déclarée", null=True, blank=True)
    fingerprint = models.CharField("empreinte SHA-256", max_length=64)
    proofs = models.ManyToManyField(Upload, verbose_name="justificatifs", blank=True, related_name="waiver_requests")
    asked_at = models.DateTimeField("reçue le", default=timezone.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="déposée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    answer = models.CharField("réponse", max_length=9, choices=Answer, default=Answer.WAITING)
    reason = models.TextField("raison du refus", blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="répondue par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "demande de dispense"
        verbose_name_plural = "demandes de dispense"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values, channel__in=Channel.values, answer__in=Answer.values),
                name="waiver_request_words_known",
            ),
            models.CheckConstraint(condition=Q(informed=True), name="waiver_request_by_an_informed_employee"),
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_at=None) | (~Q(answer="waiting") & Q(answered_at__isnull=False)),
                name="waiver_request_answered_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~Q(answer="refused") | ~Q(reason=""), name="waiver_request_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(channel="link", entered_by=None) | Q(channel="space", entered_by__isnull=False),
                name="waiver_request_entered_by_somebody_or_by_link",
            ),
            models.UniqueConstraint(fields=["waiver"], condition=Q(answer="waiting"), name="waiver_request_one_waits"),
        ]
        indexes = [models.Index(fields=["company", "answer"], name="waiver_request_of_company")]

    def __str__(self) -> str:
        return f"demande de dispense {self.pk}"


class WaiverStep(models.Model):
    """What happened to a waiver, and who did it. Never changed. `by` None: the employee, or the night."""

    waiver = models.ForeignKey(Waiver, on_delete=models.PROTECT, related_name="steps")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    what = models.CharField("étape", max_length=9, choices=What)
    words = models.TextField("précision", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="par", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "étape d’une dispense"
        verbose_name_plural = "étapes des dispenses"
        constraints = [models.CheckConstraint(condition=Q(what__in=What.values), name="waiver_step_is_known")]

    def __str__(self) -> str:
        return f"étape de dispense {self.pk}"
