"""The links by which employees complete their own affiliation."""

import datetime
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from employers.companies.models import Company, GroupContract
from employers.links.rules import Moments, State, state_at
from employers.waivers.models import Waiver
from employers.workforce.models import Affiliation


def draw_reference() -> str:
    """Names a link to the keys of its secrets: a number could be given twice, after a restore."""
    return secrets.token_hex(16)


class EmployeeLink(models.Model):
    """An employee is asked to complete their affiliation. The link of the e-mail is good for fifteen days and once.

    `invited_sealed`: name, address and number that the company gave; `answers_sealed`: what the employee typed, which the
    company never reads. Both under the key `employee_link:<reference>`, destroyed at the confirmation, the waiver or the
    withdrawal. `token_hash` is the SHA-256 of what the last e-mail carries: none before it is written, none once it has
    served. After the confirmation a last link, `expires_at` again, shows the employee their member number.
    """

    reference = models.CharField("référence", max_length=32, unique=True, default=draw_reference)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(GroupContract, verbose_name="contrat", on_delete=models.PROTECT, related_name="+")
    population = models.CharField("population", max_length=80, blank=True)
    start_date = models.DateField("premier jour d’affiliation")
    invited_sealed = models.BinaryField("salarié scellé", blank=True)
    email_index = models.BinaryField("index de l’adresse e-mail", max_length=32)
    answers_sealed = models.BinaryField("réponses scellées", blank=True)
    token_hash = models.BinaryField("empreinte du lien", max_length=32, null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="envoyé par", on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("créé le", default=timezone.now)
    expires_at = models.DateTimeField("expire le")
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    opened_at = models.DateTimeField("ouvert le", null=True, blank=True)
    completed_at = models.DateTimeField("complété le", null=True, blank=True)
    waived_at = models.DateTimeField("dispense demandée le", null=True, blank=True)
    waiver = models.ForeignKey(Waiver, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="confirmé par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    affiliation = models.ForeignKey(Affiliation, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    revoked_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "lien d’affiliation"
        verbose_name_plural = "liens d’affiliation"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "email_index"],
                condition=Q(confirmed_at=None, revoked_at=None, waived_at=None),
                name="employee_link_one_standing_per_address",
            ),
            models.UniqueConstraint(fields=["token_hash"], name="employee_link_token_is_one"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, affiliation=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, affiliation__isnull=False),
                name="employee_link_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(waived_at=None, waiver=None) | Q(waived_at__isnull=False, waiver__isnull=False),
                name="employee_link_waived_by_a_waiver",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, revoked_at=None, waived_at=None) | Q(answers_sealed=b""),
                name="employee_link_over_is_erased",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-id"], name="employee_link_company"),
            models.Index(
                fields=["expires_at"],
                condition=Q(confirmed_at=None, revoked_at=None, waived_at=None),
                name="employee_link_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"lien d’affiliation {self.pk}"

    def state_at(self, now: datetime.datetime) -> State:
        """Where it stands at an instant."""
        return state_at(
            Moments(
                expires_at=self.expires_at,
                sent_at=self.sent_at,
                opened_at=self.opened_at,
                completed_at=self.completed_at,
                waived_at=self.waived_at,
                confirmed_at=self.confirmed_at,
                revoked_at=self.revoked_at,
            ),
            now,
        )
