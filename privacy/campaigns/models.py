"""A campaign, and one row for each message that it makes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.accounts.models import Space
from privacy.consents.models import Purpose


class CampaignState(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    SENDING = "sending", "Envoi lancé"


class Campaign(models.Model):
    """One text to many people. `text` is the structured text of the articles, never HTML, without any field to fill.

    `criteria` are those of the audience of `space`: facts of the contract. Nothing changes once it was sent;
    `recipients` is how many were let through then.
    """

    space = models.CharField("espace", max_length=16, choices=Space, default=Space.MEMBER)
    purpose = models.ForeignKey(Purpose, verbose_name="finalité", on_delete=models.PROTECT, related_name="campaigns")
    subject = models.CharField("objet de l’e-mail", max_length=120)
    text = models.TextField("texte")
    criteria = models.JSONField("à qui", default=dict, blank=True)
    state = models.CharField("état", max_length=8, choices=CampaignState, default=CampaignState.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="écrite par", on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField("écrite le", default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="envoyée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    recipients = models.PositiveIntegerField("destinataires", null=True, blank=True)

    class Meta:
        verbose_name = "campagne"
        verbose_name_plural = "campagnes"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CampaignState.values), name="campaign_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="draft", sent_by=None, sent_at=None)
                | Q(state="sending", sent_by__isnull=False, sent_at__isnull=False),
                name="campaign_sent_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"campagne {self.pk}"


class CampaignMessage(models.Model):
    """A message to one account, for the person whose choices let it through. The system alone reads these rows."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="messages")
    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer", null=True, blank=True)
    subject_id = models.BigIntegerField("personne ou compte")
    account_id = models.BigIntegerField("compte")
    made_at = models.DateTimeField("préparé le", default=timezone.now)
    held_back_at = models.DateTimeField("retenu le", null=True, blank=True)
    unsubscribed_at = models.DateTimeField("désabonnement le", null=True, blank=True)

    class Meta:
        verbose_name = "message d’une campagne"
        verbose_name_plural = "messages des campagnes"
        constraints = [models.UniqueConstraint(fields=["campaign", "account_id"], name="campaign_once_per_account")]

    def __str__(self) -> str:
        return f"message {self.pk}"
