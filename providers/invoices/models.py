"""Invoices sent by professionals, their lines by month of care, the totals of each month, why one is rejected."""

from decimal import Decimal

from django.db import models
from django.db.models import Case, F, Q, Value, When

from portals.columns import StoredColumn
from portals.history import track
from providers.agreements.models import Professional


class Mode(models.TextChoices):
    """How an invoice reached us: what is promised depends on it."""

    DRE = "DRE", "Télétransmise"
    PAPER = "PAPER", "Papier"


class Status(models.TextChoices):
    """What the feed says of an invoice."""

    RECEIVED = "received", "Reçue"
    CHECKING = "checking", "En contrôle"
    ACCEPTED = "accepted", "Acceptée"
    REJECTED = "rejected", "Rejetée"
    PENDING = "pending", "En attente de pièce"
    PAID = "paid", "Payée"
    CANCELLED = "cancelled", "Annulée"


class Standing(models.TextChoices):
    """Where an invoice stands for whoever sent it: its status, and whether a rejected one was sent again."""

    RECEIVED = "received", "Reçue"
    CHECKING = "checking", "En contrôle"
    ACCEPTED = "accepted", "Acceptée"
    PENDING = "pending", "En attente de pièce"
    REJECTED = "rejected", "Rejetée"
    RESUBMITTED = "resubmitted", "Rejetée, renvoyée"
    PAID = "paid", "Payée"
    CANCELLED = "cancelled", "Annulée"


RESUBMITTED = Case(
    When(Q(status=Status.REJECTED) & ~Q(resubmitted_as=""), then=Value(Standing.RESUBMITTED.value)),
    default=F("status"),
)


@track(exclude=("standing",))
class Invoice(models.Model):
    """An invoice as its professional numbered it. Amounts in euros; the patient is a member number and a rank, no more.

    `paid_on` is the day of the transfer that pays it, kept by the database (`summing`); `resubmitted_as` the number
    under which the same care came back, kept by the feed. The other columns are the feed's.
    """

    invoice_number = models.CharField("n° de facture", max_length=40)
    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="invoices", db_index=False)
    batch = models.CharField("n° de lot", max_length=20, blank=True)
    care_date = models.DateField("date de soins")
    member_number = models.CharField("n° adhérent", max_length=16)
    rank = models.PositiveSmallIntegerField("rang")
    total = models.DecimalField("total", max_digits=12, decimal_places=2)
    scheme_part = models.DecimalField("part du régime", max_digits=12, decimal_places=2)
    mutual_part = models.DecimalField("part de la mutuelle", max_digits=12, decimal_places=2)
    mode = models.CharField("mode", max_length=5, choices=Mode)
    received_on = models.DateField("reçue le")
    status = models.CharField("état", max_length=9, choices=Status)
    reject_code = models.CharField("code de rejet", max_length=20, blank=True)
    transfer_ref = models.CharField("référence du versement", max_length=40, blank=True)
    paid_on = models.DateField("payée le", null=True, blank=True)
    resubmitted_as = models.CharField("renvoyée sous le n°", max_length=40, blank=True, db_default="")
    standing = StoredColumn(
        expression=RESUBMITTED,
        output_field=models.CharField("situation", max_length=11, choices=Standing),
        db_persist=True,
    )

    class Meta:
        verbose_name = "facture"
        constraints = [
            models.UniqueConstraint(fields=["professional", "invoice_number"], name="invoice_natural_key"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="invoice_status_is_known"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="invoice_mode_is_known"),
            models.CheckConstraint(
                condition=Q(received_on__gte=F("care_date")), name="invoice_is_received_after_the_care"
            ),
            models.CheckConstraint(
                condition=Q(total__gte=F("scheme_part") + F("mutual_part")), name="invoice_parts_fit_in_the_total"
            ),
        ]
        indexes = [
            # The list, by day of receipt or of care, whole or of one standing: each page reads 26 rows of one of them.
            models.Index(fields=["professional", "-received_on", "-id"], name="invoice_received"),
            models.Index(fields=["professional", "standing", "-received_on", "-id"], name="invoice_standing_received"),
            models.Index(fields=["professional", "-care_date", "-id"], name="invoice_care"),
            models.Index(fields=["professional", "standing", "-care_date", "-id"], name="invoice_standing_care"),
            models.Index(fields=["professional", "member_number", "-received_on", "-id"], name="invoice_member"),
            models.Index(fields=["professional", "batch", "-received_on", "-id"], name="invoice_batch"),
            models.Index(fields=["professional", "transfer_ref", "-received_on", "-id"], name="invoice_transfer"),
            # What was billed for somebody, whoever billed it: their copy of their data.
            models.Index(fields=["member_number", "rank"], name="invoice_patient"),
        ]

    def __str__(self) -> str:
        return f"facture {self.pk}"


@track()
class InvoiceLine(models.Model):
    """An act of an invoice. `care_date` is the invoice's: the table is partitioned by its month.

    The key in the database is (id, care_date). Relations are checked by the feed, its only writer.
    """

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="lines", db_constraint=False, db_index=False
    )
    professional = models.ForeignKey(
        Professional, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    care_date = models.DateField("date de soins")
    line = models.PositiveIntegerField("ligne")
    act_code = models.CharField("code acte", max_length=10)
    quantity = models.DecimalField("quantité", max_digits=8, decimal_places=2, default=Decimal(1))
    expense = models.DecimalField("dépense", max_digits=12, decimal_places=2)
    base = models.DecimalField("base de remboursement", max_digits=12, decimal_places=2)
    scheme_rate = models.DecimalField("taux du régime", max_digits=5, decimal_places=4)
    scheme_amount = models.DecimalField("part du régime", max_digits=12, decimal_places=2)
    mutual_amount = models.DecimalField("part de la mutuelle", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "ligne de facture"
        verbose_name_plural = "lignes de facture"

    def __str__(self) -> str:
        return f"ligne de facture {self.pk}"


class Axis(models.TextChoices):
    """By which day invoices are counted."""

    RECEIVED = "received", "Réception"
    CARE = "care", "Soins"
    PAID = "paid", "Paiement"


class Grain(models.TextChoices):
    DAY = "day", "Jour"
    MONTH = "month", "Mois"


class InvoiceTotal(models.Model):
    """How many invoices of a professional fall on a day or in a month, and their sums, by standing and mode.

    Kept by triggers (`summing`), so that a page says the total of two million invoices without reading them. `period` is
    the day, or the first of the month. `days` adds up the delays of paid invoices: opening days for teletransmitted
    ones, days for paper.
    """

    professional = models.ForeignKey(Professional, on_delete=models.CASCADE, related_name="+", db_index=False)
    axis = models.CharField("axe", max_length=8, choices=Axis)
    grain = models.CharField("pas", max_length=5, choices=Grain)
    period = models.DateField("période")
    standing = models.CharField("situation", max_length=11, choices=Standing)
    mode = models.CharField("mode", max_length=5, choices=Mode)
    count = models.BigIntegerField("factures", default=0)
    total = models.DecimalField("total", max_digits=16, decimal_places=2, default=Decimal(0))
    scheme_part = models.DecimalField("part du régime", max_digits=16, decimal_places=2, default=Decimal(0))
    mutual_part = models.DecimalField("part de la mutuelle", max_digits=16, decimal_places=2, default=Decimal(0))
    days = models.BigIntegerField("jours d’attente", default=0)

    class Meta:
        verbose_name = "total de factures"
        verbose_name_plural = "totaux de factures"
        constraints = [
            models.UniqueConstraint(
                fields=["professional", "axis", "grain", "period", "standing", "mode"], name="invoice_total_key"
            ),
        ]

    def __str__(self) -> str:
        return f"total de factures {self.pk}"


class NextStep(models.TextChoices):
    """What the professional does of a rejected invoice."""

    SEND_AGAIN = "send_again", "Corriger et renvoyer la facture sous un nouveau numéro"
    SEND_DOCUMENT = "send_document", "Nous envoyer la pièce demandée"
    ASK_THE_PATIENT = "ask_the_patient", "Voir avec le patient"
    NOTHING = "nothing", "Rien à faire"


class RejectReason(models.Model):
    """Why an invoice is rejected, in plain words, with what to do next. Staff correct the words.

    `amount_changes`: the invoice that comes back instead may have another total.
    """

    code = models.CharField("code", max_length=20, primary_key=True)
    label = models.CharField("motif", max_length=160)
    explanation = models.CharField("explication", max_length=400)
    next_step = models.CharField("suite", max_length=16, choices=NextStep)
    advice = models.CharField("ce qu’il faut faire", max_length=400)
    amount_changes = models.BooleanField("le montant change quand la facture revient", default=False)

    class Meta:
        verbose_name = "motif de rejet"
        verbose_name_plural = "motifs de rejet"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class OpeningDay(models.Model):
    """A day and how many opening days (Monday to Friday, public holidays excepted) came up to it, itself included.

    The difference of two ranks is what the promise of teletransmitted invoices is counted in.
    """

    day = models.DateField("jour", primary_key=True)
    rank = models.PositiveIntegerField("rang")

    class Meta:
        verbose_name = "jour ouvré"
        verbose_name_plural = "jours ouvrés"

    def __str__(self) -> str:
        return f"jour ouvré {self.day}"
