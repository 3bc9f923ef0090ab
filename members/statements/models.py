"""Statements (relevés): frozen when issued, rendered once, never changed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.households.models import Household, Person
from portals.documents.models import StoredFile


class StatementState(models.TextChoices):
    DUE = "due", "En préparation"
    RENDERED = "rendered", "Disponible"


class Statement(models.Model):
    """What was paid in one month, for one recipient, and what came too late for the statements of earlier months.

    `period` is the first day of the month of payment. `content` is the frozen print: lines, payments and totals as
    texts with two decimals, euros. Later changes of benefit lines do not touch it.
    """

    number = models.CharField("n° de relevé", max_length=30, unique=True)
    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statements")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    period = models.DateField("mois")
    issued_at = models.DateTimeField("arrêté le")
    line_count = models.PositiveIntegerField("lignes")
    expense = models.DecimalField("dépense", max_digits=12, decimal_places=2)
    scheme_amount = models.DecimalField("part du régime", max_digits=12, decimal_places=2)
    mutual_amount = models.DecimalField("part de la mutuelle", max_digits=12, decimal_places=2)
    other_amount = models.DecimalField("autres organismes", max_digits=12, decimal_places=2)
    paid_to_insured = models.DecimalField("versé à l’assuré", max_digits=12, decimal_places=2)
    paid_to_professionals = models.DecimalField("versé aux professionnels", max_digits=12, decimal_places=2)
    content = models.JSONField("contenu arrêté")
    verification_code = models.CharField("code de vérification", max_length=14, unique=True)
    state = models.CharField("état", max_length=10, choices=StatementState, default=StatementState.DUE)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="statement")

    class Meta:
        verbose_name = "relevé"
        constraints = [
            models.UniqueConstraint(fields=["recipient", "period"], name="statement_once_a_month"),
            models.CheckConstraint(
                condition=Q(state=StatementState.DUE) | Q(file__isnull=False), name="statement_rendered_has_file"
            ),
            models.CheckConstraint(condition=Q(period__day=1), name="statement_period_is_a_month"),
        ]
        indexes = [models.Index(fields=["household", "-period"], name="statement_household_period")]

    def __str__(self) -> str:
        return f"relevé {self.pk}"


class StatementIssue(models.Model):
    """A month was issued. `lines_until` and `changes_until` are the last benefit line and the last change of one that
    the database held then: by them the next issue knows what came too late (`members.statements.freezing`).

    Rows are added and never changed. Nothing in them is about anybody.
    """

    period = models.DateField("mois", unique=True)
    issued_at = models.DateTimeField("arrêté le", default=timezone.now)
    lines_until = models.BigIntegerField("dernière prestation")
    changes_until = models.BigIntegerField("dernier changement")

    class Meta:
        verbose_name = "émission de relevés"
        verbose_name_plural = "émissions de relevés"
        constraints = [models.CheckConstraint(condition=Q(period__day=1), name="statement_issue_period_is_a_month")]

    def __str__(self) -> str:
        return f"émission de relevés {self.pk}"


class StatementDelivery(models.Model):
    """How a person has received their statements since an instant (CGU-3.8). The latest row holds; none means paper.

    Rows are added and never changed, so that what was chosen when can be told.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statement_deliveries")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    online = models.BooleanField("en ligne, sans papier")
    since = models.DateTimeField("depuis", default=timezone.now)

    class Meta:
        verbose_name = "envoi des relevés"
        verbose_name_plural = "envois des relevés"
        indexes = [models.Index(fields=["person", "-since", "-id"], name="statement_delivery_latest")]

    def __str__(self) -> str:
        return f"envoi des relevés {self.pk}"
