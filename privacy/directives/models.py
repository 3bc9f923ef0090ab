"""The versions of directives. Rows are only ever inserted: each says who wrote it, when, and the text that was accepted."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.accounts.models import Space
from privacy.directives.rules import Capacity


class Directives(models.Model):
    """One version of somebody's directives; the last one counts. `content_sealed` None: everything is revoked.

    `subject_id` is a person in the member space and an account in the others, as for choices; no foreign key to either.
    `consent` is the text of the specific accord that was ticked, whole.
    """

    reference = models.CharField("référence", max_length=32, unique=True)
    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer", null=True, blank=True)
    subject_id = models.BigIntegerField("personne ou compte")
    number = models.PositiveIntegerField("version")
    content_sealed = models.BinaryField("contenu (scellé)", null=True, blank=True)
    consent = models.TextField("accord donné", blank=True)
    capacity = models.CharField("écrite par", max_length=8, choices=Capacity)
    by_account = models.BigIntegerField("compte")
    request_number = models.CharField("demande", max_length=16, blank=True)
    at = models.DateTimeField("instant", default=timezone.now)

    class Meta:
        verbose_name = "directives pour après le décès"
        verbose_name_plural = "directives pour après le décès"
        constraints = [
            models.UniqueConstraint(fields=["space", "subject_id", "number"], name="directives_version_once"),
            models.CheckConstraint(
                condition=Q(content_sealed=None, consent="") | Q(content_sealed__isnull=False) & ~Q(consent=""),
                name="directives_rest_on_their_own_accord",
            ),
            models.CheckConstraint(condition=Q(capacity__in=Capacity.values), name="directives_writer_is_known"),
            models.CheckConstraint(
                condition=~Q(capacity="staff") | ~Q(request_number=""), name="directives_by_staff_have_their_letter"
            ),
            models.CheckConstraint(
                condition=~Q(space="adherent") | Q(tenant_id__isnull=False),
                name="directives_of_a_member_have_a_household",
            ),
        ]

    def __str__(self) -> str:
        return f"directives {self.pk}"

    @property
    def is_revocation(self) -> bool:
        return self.content_sealed is None
