"""Who acts for whom in the member space: on what ground, how far, from when to when, who asked and who decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.households.models import Household, Person
from portals.documents.models import Upload
from portals.history import track


class Quality(models.TextChoices):
    """On what ground somebody acts for a person (CGU-2.10, 2.11)."""

    PARENT = "parent", "Titulaire de l’autorité parentale"
    GUARDIAN = "guardian", "Tuteur ou tutrice"
    CURATOR = "curator", "Curateur ou curatrice"
    FAMILY = "family", "Personne habilitée (habilitation familiale)"
    PROXY = "proxy", "Mandataire de protection future"
    AGENT = "agent", "Mandataire (procuration)"


class Scope(models.TextChoices):
    CONSULT = "consult", "Consulter seulement"
    ACT = "act", "Consulter et agir"


class State(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    ASKED = "asked", "À l’étude"
    INCOMPLETE = "incomplete", "Document demandé"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    ENDED = "ended", "Terminée"


class Ending(models.TextChoices):
    DATE = "date", "À la date prévue"
    SIXTEEN = "sixteen", "Aux 16 ans de la personne"
    MAJORITY = "majority", "À la majorité"
    COVER = "cover", "À la fermeture de l’espace de la personne"
    STAFF = "staff", "Par la mutuelle"
    GIVEN_UP = "given_up", "Par le représentant"
    CHOICE = "choice", "Par la personne"


@track(exclude=("claim_sealed",))
class Representation(models.Model):
    """An account acts for a person. Days are of Europe/Paris; `end_date` is the last day, included.

    Until a worker has matched what was typed (`claim_sealed`), nobody is named: `person` and `household` are empty.
    While it is accepted, a `Grant` of basis representation says until when it opens anything. `prolonged_at`: the
    minor, from 16 on, let a parent go on until 18. `is_automatic`: by law, for the member and the children under 16.
    """

    reference = models.CharField("référence", max_length=32, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="representations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="representations")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    quality = models.CharField("qualité", max_length=8, choices=Quality)
    scope = models.CharField("étendue", max_length=8, choices=Scope, default=Scope.ACT)
    claim_sealed = models.BinaryField("personne désignée (scellée)", null=True, blank=True)
    proofs = models.ManyToManyField(Upload, verbose_name="justificatifs", blank=True, related_name="representations")
    start_date = models.DateField("premier jour")
    end_date = models.DateField("dernier jour", null=True, blank=True)
    prolonged_at = models.DateTimeField("prolongée jusqu’à 18 ans le", null=True, blank=True)
    is_automatic = models.BooleanField("de plein droit", default=False)
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField("créée le", default=timezone.now)
    asked_at = models.DateTimeField("demandée le", null=True, blank=True)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    answer = models.TextField("réponse au demandeur", blank=True)
    ended_at = models.DateTimeField("terminée le", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="terminée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    ending = models.CharField("fin", max_length=10, choices=Ending, blank=True)
    contested_at = models.DateTimeField("contestée le", null=True, blank=True)
    contest = models.TextField("contestation", blank=True)

    class Meta:
        verbose_name = "représentation"
        constraints = [
            models.CheckConstraint(
                condition=Q(quality__in=Quality.values, scope__in=Scope.values, state__in=State.values),
                name="representation_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, household__isnull=False)
                | Q(person=None, household=None, state__in=["draft", "asked", "incomplete", "refused"]),
                name="representation_in_force_names_a_person",
            ),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")), name="representation_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "ended"])
                | Q(quality__in=["parent", "proxy", "agent"])
                | Q(end_date__isnull=False),
                name="representation_by_judgment_has_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused", "ended"]) | Q(decided_at__isnull=False),
                name="representation_decided_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "incomplete"]) | ~Q(answer=""),
                name="representation_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ending__in=Ending.values, ended_at__isnull=False)
                | (~Q(state="ended") & Q(ending="", ended_at=None)),
                name="representation_ended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_automatic=False) | Q(quality="parent"), name="representation_automatic_for_parents"
            ),
            models.CheckConstraint(
                condition=Q(prolonged_at=None) | Q(quality="parent"), name="representation_prolonged_for_parents"
            ),
            models.UniqueConstraint(
                fields=["account", "person"], condition=Q(state="accepted"), name="representation_once_in_force"
            ),
            models.UniqueConstraint(fields=["account"], condition=Q(state="draft"), name="representation_one_draft"),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="representation_of_person"),
            models.Index(fields=["state", "asked_at"], name="representation_queue"),
        ]

    def __str__(self) -> str:
        return f"représentation {self.pk}"

    @property
    def number(self) -> str:
        """What people quote: `RP-2026-000012`."""
        return f"RP-{self.created_at:%Y}-{self.pk:06d}"
