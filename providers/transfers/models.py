"""Transfers made to professionals, and what the invoices that name them add up to."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from portals.history import track
from providers.agreements.models import Professional


@track()
class Transfer(models.Model):
    """A bank transfer to a professional. `amount` in euros; invoices name it by its reference."""

    transfer_ref = models.CharField("référence", max_length=40, unique=True)
    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="transfers", db_index=False)
    paid_on = models.DateField("date")
    amount = models.DecimalField("montant", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "versement"
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="transfer_is_not_negative")]
        indexes = [models.Index(fields=["professional", "-paid_on", "-id"], name="transfer_professional_paid")]

    def __str__(self) -> str:
        return f"versement {self.pk}"


class TransferTotal(models.Model):
    """What the invoices that name a transfer add up to, kept by triggers. The transfer itself may not have come yet.

    `unpaid` counts those among them that no feed has said to be paid.
    """

    professional = models.ForeignKey(Professional, on_delete=models.CASCADE, related_name="+", db_index=False)
    transfer_ref = models.CharField("référence", max_length=40)
    count = models.BigIntegerField("factures", default=0)
    unpaid = models.BigIntegerField("factures non payées", default=0)
    mutual_part = models.DecimalField("part de la mutuelle", max_digits=16, decimal_places=2, default=Decimal(0))

    class Meta:
        verbose_name = "total de versement"
        verbose_name_plural = "totaux de versements"
        constraints = [models.UniqueConstraint(fields=["professional", "transfer_ref"], name="transfer_total_key")]

    def __str__(self) -> str:
        return f"total de versement {self.pk}"
