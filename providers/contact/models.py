"""Complaints about the payment of an invoice: the mark that the whole practice sees on it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from providers.agreements.models import Professional


class PaymentComplaint(models.Model):
    """An invoice is complained of once: what comes after is added to the thread.

    The invoice is named by its number, as the professional knows it: feeds may load it again. `thread_number` is that of
    the complaint, which only the account that opened it reads.
    """

    professional = models.ForeignKey(
        Professional, verbose_name="professionnel", on_delete=models.PROTECT, related_name="+"
    )
    invoice_number = models.CharField("n° de facture", max_length=40)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ouverte par", on_delete=models.PROTECT, related_name="+"
    )
    thread_number = models.CharField("n° de réclamation", max_length=16)
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)

    class Meta:
        verbose_name = "réclamation sur un paiement"
        verbose_name_plural = "réclamations sur des paiements"
        constraints = [
            models.UniqueConstraint(fields=["professional", "invoice_number"], name="payment_complaint_once")
        ]

    def __str__(self) -> str:
        return f"réclamation sur un paiement {self.pk}"
