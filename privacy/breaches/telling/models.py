"""The persons of a breach and the log of what was sent to each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.documents.models import StoredFile
from privacy.breaches.violations.models import Breach


class Concerned(models.Model):
    """A person whose data the breach touched, by number: an insured person, or the holder of an account who is none
    (of a company, a practice, the staff, a representative). The core knows no insured person, and the row outlives the
    account: neither is a relation. `looks`: times in the journal, 0 for somebody added by hand."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="concerned")
    person_id = models.BigIntegerField("personne", null=True, blank=True)
    account_id = models.BigIntegerField("compte", null=True, blank=True)
    looks = models.PositiveIntegerField("consultations", default=0)
    first_at = models.DateTimeField("première", null=True, blank=True)
    last_at = models.DateTimeField("dernière", null=True, blank=True)

    class Meta:
        verbose_name = "personne concernée"
        verbose_name_plural = "personnes concernées"
        constraints = [
            models.UniqueConstraint(fields=["breach", "person_id"], name="concerned_once_per_breach"),
            models.UniqueConstraint(fields=["breach", "account_id"], name="concerned_account_once_per_breach"),
            models.CheckConstraint(
                condition=Q(person_id__isnull=False, account_id=None) | Q(person_id=None, account_id__isnull=False),
                name="concerned_is_a_person_or_an_account",
            ),
        ]

    def __str__(self) -> str:
        return f"personne concernée {self.pk}"


class LetterBatch(models.Model):
    """The letters of a breach, one PDF for the post. The file goes once they are posted; the log stays."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="batches")
    letters = models.PositiveIntegerField("lettres", default=0)
    stored = models.OneToOneField(StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("préparées le", null=True, blank=True)
    posted_on = models.DateField("postées le", null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="par", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "lot de lettres"
        verbose_name_plural = "lots de lettres"

    def __str__(self) -> str:
        return f"lot {self.pk}"


class Channel(models.TextChoices):
    ALERT = "alert", "Alerte dans l’espace"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Lettre"


class DeliveryState(models.TextChoices):
    DUE = "due", "À envoyer"
    PLACED = "placed", "Affichée"
    SENT = "sent", "Envoyé"
    READ = "read", "Lue"
    NO_WAY = "no_way", "Aucun moyen connu"
    SIMULATED = "simulated", "Exercice\u00a0: rien n’est parti"


class Delivery(models.Model):
    """One way to one person. `account_id`: the account of an alert or of an e-mail; none for the address on the contract."""

    concerned = models.ForeignKey(Concerned, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField("moyen", max_length=8, choices=Channel)
    account_id = models.BigIntegerField("compte", null=True, blank=True)
    batch = models.ForeignKey(LetterBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries")
    state = models.CharField("état", max_length=10, choices=DeliveryState, default=DeliveryState.DUE)
    at = models.DateTimeField("depuis", default=timezone.now)

    class Meta:
        verbose_name = "envoi à une personne"
        verbose_name_plural = "envois aux personnes"
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="delivery_channel_is_known"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_is_known"),
            models.UniqueConstraint(
                fields=["concerned", "channel", "account_id"], name="delivery_once_per_way", nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["account_id"], name="delivery_account")]

    def __str__(self) -> str:
        return f"envoi {self.pk}"
