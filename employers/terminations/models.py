"""How an employee left: typed, checked, done, corrected, undone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from employers.companies.models import Company
from employers.terminations.words import Continuing, Reason, State
from employers.workforce.models import Affiliation, Operation
from members.portability.models import Portability
from portals.history import track


@track()
class EmployeeTermination(models.Model):
    """The end of an employee's contract, and what it brought about. Days of Europe/Paris, last days included.

    `contract_end`: the last day of the contract, notice included. `months`: of portability, 0 without it. `replaces`: the
    one that this one corrects. `portability` is followed in the system's context only: a company reads `continuing` and
    `continues_until`.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    affiliation = models.ForeignKey(Affiliation, on_delete=models.PROTECT, related_name="terminations")
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    reason = models.CharField("motif", max_length=12, choices=Reason)
    last_day = models.DateField("dernier jour travaillé")
    notice_until = models.DateField("fin du préavis non effectué", null=True, blank=True)
    employed_since = models.DateField("début du contrat de travail")
    contract_end = models.DateField("fin du contrat de travail")
    months = models.PositiveSmallIntegerField("portabilité (mois)", default=0)
    portability = models.ForeignKey(Portability, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    continuing = models.CharField("portabilité", max_length=10, choices=Continuing, default=Continuing.NONE)
    continues_until = models.DateField("portabilité jusqu’au", null=True, blank=True)
    saved_at = models.DateTimeField("gardée le", default=timezone.now)
    done_at = models.DateTimeField("enregistrée le", null=True, blank=True)

    class Meta:
        verbose_name = "départ d’un salarié"
        verbose_name_plural = "départs de salariés"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values, reason__in=Reason.values, continuing__in=Continuing.values),
                name="employee_termination_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(contract_end__gte=F("last_day"), employed_since__lte=F("last_day"), months__lte=12),
                name="employee_termination_days_follow",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", operation=None, done_at=None)
                | (~Q(state="draft") & Q(operation__isnull=False, done_at__isnull=False)),
                name="employee_termination_done_by_an_operation",
            ),
            models.CheckConstraint(
                condition=Q(continuing="none", continues_until=None)
                | (~Q(continuing="none") & Q(continues_until__isnull=False)),
                name="employee_termination_continues_until",
            ),
            models.UniqueConstraint(
                fields=["affiliation"], condition=Q(state="done"), name="employee_termination_one_holds"
            ),
            models.UniqueConstraint(
                fields=["affiliation", "by"], condition=Q(state="draft"), name="employee_termination_one_draft_each"
            ),
        ]
        indexes = [models.Index(fields=["company", "-id"], name="employee_termination_company")]

    def __str__(self) -> str:
        return f"départ {self.pk}"
