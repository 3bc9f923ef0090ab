"""Declared deaths, what was shut because of them, the tasks they call for. Names and contacts are sealed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portals.accounts.models import Space
from portals.documents.models import Upload
from privacy.directives.models import Directives
from privacy.erasure.models import Erasure


class Way(models.TextChoices):
    """How a death came to be known."""

    FORM = "form", "Formulaire public"
    POST = "post", "Courrier"
    PHONE = "phone", "Téléphone"
    MANAGEMENT = "management", "Logiciel de gestion"
    EMPLOYER = "employer", "Employeur"


class State(models.TextChoices):
    REPORTED = "reported", "À vérifier"
    CHECKED = "checked", "Espace fermé, à confirmer"
    CONFIRMED = "confirmed", "Confirmé, suites en cours"
    SETTLED = "settled", "Suites données"
    DISMISSED = "dismissed", "Écarté"


PENDING = (State.REPORTED, State.CHECKED, State.CONFIRMED)
STANDING = (State.CHECKED, State.CONFIRMED, State.SETTLED)
"""The person is held for dead: their accounts open no more, nothing is sent to them."""


class Death(models.Model):
    """A death that was declared. Days are of Europe/Paris; `due_on` is the last day to deal with it.

    `tenant_id` and `subject_id` are empty until somebody is recognised. `closed_accounts` and `stopped_grants` are what the
    first verification shut, so that a mistake is undone exactly; `silenced`, blind indexes of the addresses that were this
    person's alone. Two different people check and confirm.
    """

    number = models.CharField("numéro", max_length=16, unique=True)
    reference = models.CharField("référence", max_length=32, unique=True)
    way = models.CharField("voie", max_length=10, choices=Way)
    state = models.CharField("état", max_length=10, choices=State, default=State.REPORTED)
    claim_sealed = models.BinaryField("déclaration (scellée)")
    space = models.CharField("espace", max_length=16, choices=Space, default=Space.MEMBER)
    tenant_id = models.BigIntegerField("foyer", null=True, blank=True)
    subject_id = models.BigIntegerField("personne ou compte", null=True, blank=True)
    died_on = models.DateField("date du décès", null=True, blank=True)
    received_on = models.DateField("reçue le")
    due_on = models.DateField("à traiter avant le")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="saisie par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    checked_at = models.DateTimeField("vérifié le", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vérifié par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="confirmé par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    settled_at = models.DateTimeField("suites données le", null=True, blank=True)
    dismissed_at = models.DateTimeField("écarté le", null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="écarté par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    dismiss_reason = models.CharField("raison", max_length=300, blank=True)
    closed_accounts = ArrayField(models.BigIntegerField(), verbose_name="comptes fermés", default=list)
    stopped_grants = ArrayField(models.BigIntegerField(), verbose_name="accès arrêtés", default=list)
    silenced = ArrayField(models.CharField(max_length=64), verbose_name="adresses tues", default=list)
    directives = models.ForeignKey(
        Directives, verbose_name="directives", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "décès"
        verbose_name_plural = "décès"
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=Way.values, state__in=State.values), name="death_words_are_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reported", "dismissed"])
                | Q(subject_id__isnull=False, died_on__isnull=False, checked_by__isnull=False),
                name="death_checked_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | Q(checked_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("checked_by")),
                name="death_confirmed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed")
                | Q(dismissed_at__isnull=False, dismissed_by__isnull=False) & ~Q(dismiss_reason=""),
                name="death_dismissed_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["space", "subject_id"], condition=Q(state__in=["checked", "confirmed", "settled"]),
                name="death_of_a_person_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(state__in=["reported", "checked", "confirmed"]), name="death_queue"
            )
        ]

    def __str__(self) -> str:
        return f"décès {self.pk}"

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING


class DeathProof(models.Model):
    """A document that came with a declaration. Once looked at, it is destroyed with its key: this row says so."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="proofs")
    upload = models.OneToOneField(
        Upload, verbose_name="document", on_delete=models.PROTECT, null=True, blank=True, related_name="death_proof"
    )
    received_on = models.DateField("reçu le")
    checked_at = models.DateTimeField("vérifié et détruit le", null=True, blank=True)

    class Meta:
        verbose_name = "justificatif de décès"
        verbose_name_plural = "justificatifs de décès"
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at=None, upload__isnull=False) | Q(checked_at__isnull=False, upload=None),
                name="death_proof_destroyed_once_checked",
            )
        ]

    def __str__(self) -> str:
        return f"justificatif {self.pk}"


class DeathTask(models.Model):
    """What a service does after a confirmed death. `kinds`: the kinds of data that the directives speak of."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField("nature", max_length=40)
    kinds = ArrayField(models.CharField(max_length=12), verbose_name="données", default=list)
    created_at = models.DateTimeField("demandée le", default=timezone.now)
    done_at = models.DateTimeField("faite le", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="faite par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    report_sealed = models.BinaryField("ce qui a été fait (scellé)", null=True, blank=True)
    erasure = models.ForeignKey(
        Erasure, verbose_name="effacement", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "suite d’un décès"
        verbose_name_plural = "suites des décès"
        constraints = [models.UniqueConstraint(fields=["death", "kind"], name="death_task_once")]
        indexes = [models.Index(fields=["created_at"], condition=Q(done_at=None), name="death_task_queue")]

    def __str__(self) -> str:
        return f"suite {self.pk}"


class Handover(models.Model):
    """A link of single use by which the person named in directives takes what was left to them.

    Given once their identity is established (`identity_sealed` says how). Its secret is derived from the reference.
    """

    task = models.ForeignKey(DeathTask, on_delete=models.PROTECT, related_name="handovers")
    reference = models.CharField("référence", max_length=32, unique=True)
    identity_sealed = models.BinaryField("identité établie (scellé)")
    address_sealed = models.BinaryField("adresse (scellée)")
    given_at = models.DateTimeField("donné le", default=timezone.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="donné par", on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField("jusqu’au")
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)

    class Meta:
        verbose_name = "remise de données"
        verbose_name_plural = "remises de données"

    def __str__(self) -> str:
        return f"remise {self.pk}"


class EstateLetter(models.Model):
    """A letter by which an heir was told what settles the estate, and nothing else. The letter itself is not kept."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="letters")
    addressee_sealed = models.BinaryField("destinataire (scellé)")
    quality = models.CharField("qualité établie par", max_length=120)
    made_at = models.DateTimeField("établie le", default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="établie par", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "lettre de succession"
        verbose_name_plural = "lettres de succession"

    def __str__(self) -> str:
        return f"lettre {self.pk}"
