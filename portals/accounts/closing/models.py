"""The deletion of an account that its holder asked for (CGU-7.7)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class DeletionQuerySet(models.QuerySet["Deletion"]):
    def standing(self) -> "DeletionQuerySet":
        """Neither cancelled nor done."""
        return self.filter(cancelled_at=None, done_at=None)


class Deletion(models.Model):
    """A request, its seven days of reflection, and what became of it. Never deleted: it is the proof of the choice.

    `address_sealed`: the e-mail address, kept apart from the emptied account for the time of the last message.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deletions")
    requested_at = models.DateTimeField("demandée le", default=timezone.now)
    due_at = models.DateTimeField("prévue le")
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)
    done_at = models.DateTimeField("faite le", null=True, blank=True)
    address_sealed = models.BinaryField("adresse du dernier message, scellée", null=True, blank=True)

    objects = DeletionQuerySet.as_manager()

    class Meta:
        verbose_name = "suppression de compte"
        verbose_name_plural = "suppressions de comptes"
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(cancelled_at=None, done_at=None), name="deletion_one_standing"
            ),
            models.CheckConstraint(condition=Q(cancelled_at=None) | Q(done_at=None), name="deletion_has_one_outcome"),
            models.CheckConstraint(condition=Q(due_at__gt=F("requested_at")), name="deletion_leaves_time_to_think"),
        ]

    def __str__(self) -> str:
        return f"suppression {self.pk}"
