"""Employees as their employer sees them, and the operations that changed them.

Nothing here tells of dependants, care, NIR or bank accounts: what a company reads is what these columns hold
(PDP-3.3). The links to the person and the policy are followed in the system's context only; the row-level security of
`members` hides those rows from a company.
"""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from employers.companies.models import Company, GroupContract
from members.coverage.models import Policy
from members.households.models import Person
from portals.history import track

UNDO_WITHIN = datetime.timedelta(hours=24)


class Source(models.TextChoices):
    """How an operation was asked for."""

    WIZARD = "wizard", "Saisie en ligne"
    LINK = "link", "Lien envoyé au salarié"
    FILE = "file", "Fichier importé"
    DSN = "dsn", "Fichier DSN"


class What(models.TextChoices):
    """What an operation did to one employee."""

    AFFILIATED = "affiliated", "Affiliation"
    CHANGED = "changed", "Modification"
    ENDED = "ended", "Radiation"


@track()
class Affiliation(models.Model):
    """An employee under a contract of the company, from `start_date` to `end_date` included.

    `left_on`: last day of the employment, when it is told; `end_date`: last day of the rights. `ended_here_on`: that
    last day, when it was set in the space and feeds do not tell it yet. `search_name` is the family name then the given
    names, `search_given` the reverse, both folded. `email` is what the employer gave. `undone_at`: the operation that
    made it was undone; it then leads to nobody any more.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(GroupContract, on_delete=models.PROTECT, related_name="affiliations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    policy = models.ForeignKey(
        Policy, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    family_name = models.CharField("nom", max_length=80)
    given_names = models.CharField("prénoms", max_length=120)
    birth_date = models.DateField("date de naissance")
    search_name = models.CharField("nom de recherche", max_length=210, db_collation="C")
    search_given = models.CharField("prénom de recherche", max_length=210, db_collation="C")
    employee_number = models.CharField("matricule", max_length=40, blank=True, db_collation="C")
    email = models.EmailField("adresse e-mail donnée par l’employeur", blank=True, db_default="")
    population = models.CharField("population", max_length=80)
    start_date = models.DateField("début")
    end_date = models.DateField("fin des droits", null=True, blank=True)
    end_reason = models.CharField("motif de fin", max_length=60, blank=True)
    left_on = models.DateField("dernier jour du contrat de travail", null=True, blank=True)
    ended_here_on = models.DateField("fin saisie dans l’espace", null=True, blank=True)
    undone_at = models.DateTimeField("annulée le", null=True, blank=True)

    class Meta:
        verbose_name = "affiliation"
        constraints = [
            models.UniqueConstraint(fields=["contract", "person", "start_date"], name="affiliation_natural_key"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")), name="affiliation_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(undone_at__isnull=False), name="affiliation_is_somebodys"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "search_name", "id"], name="affiliation_by_name"),
            models.Index(fields=["company", "search_given"], name="affiliation_by_given"),
            models.Index(fields=["company", "employee_number"], name="affiliation_by_number"),
            models.Index(fields=["company", "start_date"], name="affiliation_by_start"),
            models.Index(
                fields=["company", "end_date"], condition=Q(end_date__isnull=False), name="affiliation_by_end"
            ),
        ]

    def __str__(self) -> str:
        return f"affiliation {self.pk}"

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


class Operation(models.Model):
    """What somebody did in one go, to one employee or to thousands: it is undone as a whole, for 24 hours.

    `label` says which file it came from; no name of an employee.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("origine", max_length=8, choices=Source)
    label = models.CharField("fichier", max_length=120, blank=True)
    opened_at = models.DateTimeField("le", default=timezone.now)
    undoable_until = models.DateTimeField("annulable jusqu’au")
    undone_at = models.DateTimeField("annulée le", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "opération sur les salariés"
        verbose_name_plural = "opérations sur les salariés"
        constraints = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="workforce_operation_source_is_known"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="workforce_operation_undone_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["company", "-id"], name="workforce_operation_company")]

    def __str__(self) -> str:
        return f"opération {self.pk}"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class OperationItem(models.Model):
    """One employee in an operation. `before`: the fields as they were; `trace`: what `members` must put back."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="items")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    affiliation = models.ForeignKey(Affiliation, on_delete=models.PROTECT, related_name="items")
    what = models.CharField("quoi", max_length=10, choices=What)
    before = models.JSONField("valeurs d’avant", default=dict)
    trace = models.JSONField("suites chez les adhérents", default=dict)

    class Meta:
        verbose_name = "salarié d’une opération"
        verbose_name_plural = "salariés des opérations"
        constraints = [
            models.CheckConstraint(condition=Q(what__in=What.values), name="workforce_item_is_known"),
            models.UniqueConstraint(fields=["operation", "affiliation", "what"], name="workforce_item_once"),
        ]

    def __str__(self) -> str:
        return f"salarié d’opération {self.pk}"


class WorkforceDraft(models.Model):
    """An affiliation that somebody has begun to type: theirs alone, sealed under `workforce_draft:<reference>`."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reference = models.CharField("référence", max_length=32, unique=True)
    answers_sealed = models.BinaryField("réponses scellées")
    saved_at = models.DateTimeField("gardé le", default=timezone.now)

    class Meta:
        verbose_name = "brouillon d’affiliation"
        verbose_name_plural = "brouillons d’affiliation"
        constraints = [models.UniqueConstraint(fields=["company", "account"], name="workforce_draft_one_each")]
        indexes = [models.Index(fields=["saved_at"], name="workforce_draft_saved")]

    def __str__(self) -> str:
        return f"brouillon {self.pk}"
