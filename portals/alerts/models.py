"""What stands at the head of every page of an account."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Alert(models.Model):
    """One thing that the holder must read. `key` names it: placed once for an account.

    `sentence` is shown as it is, and `path` is where the rest is read: neither holds anything personal. It stands until
    `read_at`; after that the page stays open to the account.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts")
    key = models.CharField("numéro", max_length=40)
    sentence = models.CharField("phrase", max_length=300)
    path = models.CharField("adresse de la page", max_length=200)
    placed_at = models.DateTimeField("posée le", default=timezone.now)
    read_at = models.DateTimeField("lue le", null=True, blank=True)

    class Meta:
        verbose_name = "alerte d’un compte"
        verbose_name_plural = "alertes des comptes"
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="alert_once_per_account"),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=F("placed_at")), name="alert_read_after_it_was_placed"
            ),
        ]
        indexes = [models.Index(fields=["account"], condition=Q(read_at=None), name="alert_standing")]

    def __str__(self) -> str:
        return f"alerte {self.pk}"
