"""Requests about personal data, the tasks and decisions they need. Texts are sealed. What suspends them is in `doubts.py`."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portals import history
from portals.accounts.models import Space


class Right(models.TextChoices):
    """What is asked: a right of the Regulation (art. 7, 15 to 18, 20, 21), of the law of 1978 (art. 85), or an answer."""

    ACCESS = "access", "Accéder à mes données"
    RECTIFICATION = "rectification", "Faire rectifier une donnée"
    ERASURE = "erasure", "Faire effacer des données"
    RESTRICTION = "restriction", "Limiter un usage"
    OBJECTION = "objection", "M’opposer à un usage"
    WITHDRAWAL = "withdrawal", "Retirer un accord"
    PORTABILITY = "portability", "Emporter mes données"
    POST_MORTEM = "post_mortem", "Décider pour après mon décès"
    QUESTION = "question", "Poser une question, dire une inquiétude"


class Whom(models.TextChoices):
    """Whose data is concerned."""

    SELF = "self", "Moi"
    DEPENDANT = "dependant", "Un ayant droit de moins de 16 ans"
    REPRESENTED = "represented", "Une personne que je représente"
    DECEASED = "deceased", "Une personne décédée dont je suis l’héritier"


class Channel(models.TextChoices):
    PORTAL = "portal", "Espace"
    PUBLIC = "public", "Formulaire public"
    EMAIL = "email", "E-mail"
    POST = "post", "Courrier"


class State(models.TextChoices):
    OPEN = "open", "En cours d’instruction"
    PAUSED = "paused", "Identité à confirmer"
    READY = "ready", "Réponse à rédiger"
    ANSWERED = "answered", "Répondue"
    WITHDRAWN = "withdrawn", "Retirée"


class Identity(models.TextChoices):
    """How we know who asks. Signed in is enough; elsewhere, the address on file or a proof (décret 2019-536, art. 77)."""

    UNKNOWN = "unknown", "À établir"
    SIGNED_IN = "signed_in", "Connexion à l’espace"
    ON_FILE = "on_file", "Lien ouvert depuis l’adresse e-mail du dossier"
    PROOF = "proof", "Justificatif vérifié puis détruit"
    OTHER = "other", "Autre moyen, noté au journal"


class Outcome(models.TextChoices):
    GRANTED = "granted", "Il est fait droit à la demande"
    PARTLY = "partly", "Il est fait droit à une partie de la demande"
    REFUSED = "refused", "Il n’est pas fait droit à la demande"


class Opinion(models.TextChoices):
    """What the person says of the answer (PDP-8.11)."""

    YES = "yes", "Oui"
    PARTLY = "partly", "En partie"
    NO = "no", "Non"


PENDING = (State.OPEN, State.PAUSED, State.READY)


@history.track(exclude=("claim_sealed", "words_sealed", "answer_sealed"))
class RightsRequest(models.Model):
    """One request. Days are of Europe/Paris; `received_on` starts the clock, `due_on` is the last day of the answer.

    `account` None: asked without one. `tenant_id` and `subject_id` say whose data in the space's own numbers, None
    while nobody was recognised. `claim_sealed` holds who asks and how to answer them, as they said it or as we know it.
    """

    number = models.CharField("numéro", max_length=16, unique=True)
    reference = models.CharField("référence", max_length=32, unique=True)
    right = models.CharField("droit", max_length=16, choices=Right)
    whom = models.CharField("pour", max_length=12, choices=Whom, default=Whom.SELF)
    channel = models.CharField("voie", max_length=8, choices=Channel)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="rights_requests",
        null=True, blank=True,
    )  # fmt: skip
    space = models.CharField("espace", max_length=16, choices=Space, default=Space.MEMBER)
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel", null=True, blank=True)
    subject_id = models.BigIntegerField("personne, entreprise ou professionnel", null=True, blank=True)
    claim_sealed = models.BinaryField("demandeur (scellé)")
    words_sealed = models.BinaryField("demande (scellée)")
    identity = models.CharField("identité", max_length=10, choices=Identity, default=Identity.UNKNOWN)
    state = models.CharField("état", max_length=10, choices=State, default=State.OPEN)
    received_on = models.DateField("reçue le")
    asked_at = models.DateTimeField("enregistrée le", default=timezone.now)
    due_on = models.DateField("à répondre avant le")
    extended_at = models.DateTimeField("délai prolongé le", null=True, blank=True)
    extension_reason = models.TextField("raison de la prolongation", blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="saisie par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="répondue par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    outcome = models.CharField("issue", max_length=10, choices=Outcome, blank=True)
    answer_sealed = models.BinaryField("réponse (scellée)", null=True, blank=True)
    opinion = models.CharField("avis de la personne", max_length=8, choices=Opinion, blank=True)

    class Meta:
        verbose_name = "demande de droit"
        verbose_name_plural = "demandes de droits"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    right__in=Right.values,
                    whom__in=Whom.values,
                    channel__in=Channel.values,
                    state__in=State.values,
                    identity__in=Identity.values,
                ),
                name="rights_request_words_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(channel="portal") | Q(account__isnull=False), name="rights_request_from_an_account"
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False, outcome__in=Outcome.values)
                & Q(answer_sealed__isnull=False)
                & ~Q(identity="unknown")
                | ~Q(state="answered") & Q(answered_at=None, outcome="", answer_sealed=None),
                name="rights_request_answered_to_somebody_known",
            ),
            models.CheckConstraint(
                condition=Q(extended_at=None) | ~Q(extension_reason=""), name="rights_request_extended_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="rights_request_due_after_receipt"),
            models.CheckConstraint(
                condition=Q(opinion="") | Q(state="answered", opinion__in=Opinion.values),
                name="rights_request_opinion_of_an_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="rights_request_of_account"),
            models.Index(
                fields=["due_on", "id"], condition=Q(state__in=["open", "paused", "ready"]), name="rights_request_queue"
            ),
        ]

    def __str__(self) -> str:
        return f"demande de droit {self.pk}"

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING


class RightsTask(models.Model):
    """What a service of the mutual does for a request. The request may be answered once all of its tasks are done."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField("nature", max_length=40)
    instruction_sealed = models.BinaryField("consigne (scellée)", null=True, blank=True)
    created_at = models.DateTimeField("demandée le", default=timezone.now)
    done_at = models.DateTimeField("faite le", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="faite par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    report_sealed = models.BinaryField("ce qui a été fait (scellé)", null=True, blank=True)

    class Meta:
        verbose_name = "tâche d’une demande"
        verbose_name_plural = "tâches des demandes"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind"], condition=Q(done_at=None), name="rights_task_once_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["created_at"], condition=Q(done_at=None), name="rights_task_queue")]

    def __str__(self) -> str:
        return f"tâche {self.pk}"


class Verdict(models.TextChoices):
    DONE = "done", "Fait droit"
    PARTLY = "partly", "Fait droit en partie"
    REFUSED = "refused", "Refusé"
    NOT_HELD = "not_held", "Nous n’en détenons pas"


class RightsDecision(models.Model):
    """What is decided for one class of data, and the legal reason of what is refused (PDP-8.3)."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="decisions")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    data_class = models.CharField("données", max_length=60)
    verdict = models.CharField("décision", max_length=10, choices=Verdict)
    reason = models.TextField("raison", blank=True)

    class Meta:
        verbose_name = "décision par donnée"
        verbose_name_plural = "décisions par donnée"
        constraints = [
            models.UniqueConstraint(fields=["request", "data_class"], name="rights_decision_once_a_class"),
            models.CheckConstraint(
                condition=Q(verdict__in=["done", "not_held"]) | Q(verdict__in=["partly", "refused"]) & ~Q(reason=""),
                name="rights_decision_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"décision {self.pk}"
