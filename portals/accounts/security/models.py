"""The sessions of an account, as its owner sees them, and its changes of e-mail address."""

import datetime
import secrets

from django.db import models
from django.utils import timezone

REFERENCE_BYTES = 16


def new_reference() -> str:
    return secrets.token_hex(REFERENCE_BYTES)


class AccountSession(models.Model):
    """One sign-in: on what device, since when, until when. No address and no place (PDP: what is not kept cannot leak).

    `ended_at` is the truth about a session that was ended: it is read at each request (`portals.access.entry`),
    whatever the cache of sessions still holds. `fingerprint` goes stale with the password and the account's epoch.
    """

    account = models.ForeignKey("portals.Account", verbose_name="compte", on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField("clé de session", max_length=40)
    fingerprint = models.CharField("empreinte", max_length=64)
    device = models.CharField("appareil", max_length=60)
    began_at = models.DateTimeField("ouverte le", default=timezone.now)
    last_seen_at = models.DateTimeField("vue le", default=timezone.now)
    ended_at = models.DateTimeField("fermée le", null=True, blank=True)

    class Meta:
        verbose_name = "session"
        indexes = [models.Index(fields=["account", "-began_at"], name="account_session_latest")]

    def __str__(self) -> str:
        return f"session {self.pk}"


class EmailChange(models.Model):
    """A change of e-mail address, until both ends have confirmed it; the addresses are forgotten afterwards."""

    LIFETIME = datetime.timedelta(hours=24)

    account = models.ForeignKey("portals.Account", verbose_name="compte", on_delete=models.CASCADE, related_name="+")
    reference = models.CharField("référence", max_length=32, unique=True, default=new_reference)
    old_sealed = models.BinaryField("ancienne adresse scellée", null=True)
    new_sealed = models.BinaryField("nouvelle adresse scellée", null=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    old_confirmed_at = models.DateTimeField("confirmé depuis l’ancienne adresse le", null=True, blank=True)
    new_confirmed_at = models.DateTimeField("confirmé depuis la nouvelle adresse le", null=True, blank=True)
    done_at = models.DateTimeField("fait le", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "changement d’adresse e-mail"
        verbose_name_plural = "changements d’adresse e-mail"
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(done_at=None, cancelled_at=None),
                name="email_change_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"changement d’adresse {self.pk}"

    @property
    def expires_at(self) -> datetime.datetime:
        return self.asked_at + self.LIFETIME

    def is_open(self, now: datetime.datetime) -> bool:
        """Whether its links still serve."""
        return self.done_at is None and self.cancelled_at is None and now < self.expires_at
