"""Threads, their messages, the notes of staff and the drafts of people. What people write is sealed in the table."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals import history
from portals.accounts.models import Space
from portals.correspondence.topics import label_of
from portals.documents.models import Upload


class Kind(models.TextChoices):
    MESSAGE = "message", "Message"
    COMPLAINT = "complaint", "Réclamation"


class State(models.TextChoices):
    WAITING = "waiting", "À traiter"
    ANSWERED = "answered", "Répondu"
    CLOSED = "closed", "Clos"


class Outcome(models.TextChoices):
    """What a complaint came to."""

    GRANTED = "granted", "Acceptée"
    PARTLY = "partly", "Acceptée en partie"
    REFUSED = "refused", "Non acceptée"


class Numbering(models.Model):
    """The last number given, by kind and year: `RC-2026-000123` is the 123rd complaint of 2026."""

    prefix = models.CharField("préfixe", max_length=2)
    year = models.PositiveSmallIntegerField("année")
    last = models.PositiveIntegerField("dernier numéro donné")

    class Meta:
        verbose_name = "numérotation"
        verbose_name_plural = "numérotations"
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="numbering_once_a_year")]

    def __str__(self) -> str:
        return f"numérotation {self.pk}"


@history.track()
class Thread(models.Model):
    """A complaint, or a conversation, of one account. Days are of Europe/Paris.

    `tenant_id` and `subject_id` are those of the grant it was written by, None without an open one; `for_other` when
    the account wrote for somebody it represents. `acknowledge_by` and `answer_by` are the legal delays of a complaint;
    a message has the day it was promised for in `answer_by`. `due_on` is the next of them that staff must hold, None
    while nothing is due. The reference is what texts are sealed under.
    """

    number = models.CharField("numéro", max_length=16, unique=True)
    reference = models.CharField("référence", max_length=32, unique=True)
    kind = models.CharField("nature", max_length=10, choices=Kind)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="threads"
    )
    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel", null=True)
    subject_id = models.BigIntegerField("personne, entreprise ou professionnel", null=True)
    for_other = models.BooleanField("écrit pour quelqu’un d’autre", default=False)
    topic = models.CharField("sujet", max_length=24)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    opened_at = models.DateTimeField("envoyé le", default=timezone.now)
    acknowledge_by = models.DateField("accusé de réception avant le", null=True)
    answer_by = models.DateField("réponse avant le")
    due_on = models.DateField("échéance", null=True)
    acknowledged_at = models.DateTimeField("accusé de réception le", null=True)
    answered_at = models.DateTimeField("première réponse le", null=True)
    outcome = models.CharField("issue", max_length=10, choices=Outcome, blank=True)
    escalated_at = models.DateTimeField("réexamen demandé le", null=True)
    closed_at = models.DateTimeField("clos le", null=True)

    class Meta:
        verbose_name = "échange"
        verbose_name_plural = "réclamations et messages"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="thread_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="thread_state_is_known"),
            models.CheckConstraint(
                condition=Q(kind="message", acknowledge_by=None) | Q(kind="complaint", acknowledge_by__isnull=False),
                name="thread_complaint_is_acknowledged",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="thread_closed_at_an_instant"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(kind="complaint", outcome__in=Outcome.values),
                name="thread_outcome_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "kind", "-id"], name="thread_of_account"),
            models.Index(fields=["due_on", "id"], condition=Q(due_on__isnull=False), name="thread_queue"),
        ]

    def __str__(self) -> str:
        return f"échange {self.pk}"

    @property
    def topic_label(self) -> str:
        return label_of(self.topic)

    @property
    def reply_by(self) -> datetime.date:
        """The last day of the answer that is waited for: a complaint that was opened again has its own, beyond the first."""
        return self.due_on if self.answered_at and self.due_on else self.answer_by


class Nature(models.TextChoices):
    """What a message of a thread is."""

    WORDS = "words", "Message"
    ACKNOWLEDGEMENT = "acknowledgement", "Accusé de réception"
    ANSWER = "answer", "Réponse"
    ESCALATION = "escalation", "Demande de réexamen"


class Message(models.Model):
    """One text of a thread, never changed once sent. `holder` is the account of the thread, whoever wrote."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="écrit par", on_delete=models.PROTECT, related_name="+"
    )
    from_staff = models.BooleanField("de la mutuelle", default=False)
    nature = models.CharField("nature", max_length=16, choices=Nature, default=Nature.WORDS)
    text_sealed = models.BinaryField("texte scellé")
    sent_at = models.DateTimeField("envoyé le", default=timezone.now)
    uploads = models.ManyToManyField(Upload, verbose_name="pièces jointes", related_name="letters")

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        constraints = [models.CheckConstraint(condition=Q(nature__in=Nature.values), name="message_nature_is_known")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class StaffNote(models.Model):
    """What staff write for themselves about a thread; the person never reads it in the space."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text_sealed = models.BinaryField("texte scellé")
    written_at = models.DateTimeField("écrite le", default=timezone.now)

    class Meta:
        verbose_name = "note interne"
        verbose_name_plural = "notes internes"

    def __str__(self) -> str:
        return f"note {self.pk}"


class WritingDraft(models.Model):
    """What somebody began to write, kept 30 days; one of each kind by account. It survives the end of the session."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("nature", max_length=10, choices=Kind)
    reference = models.CharField("référence", max_length=32, unique=True)
    answers_sealed = models.BinaryField("réponses scellées")
    saved_at = models.DateTimeField("gardé le", default=timezone.now)

    class Meta:
        verbose_name = "brouillon"
        verbose_name_plural = "brouillons"
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="draft_one_of_each_kind"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="draft_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"brouillon {self.pk}"
