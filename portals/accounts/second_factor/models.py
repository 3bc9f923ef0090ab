"""Devices on django-otp: an application's key, recovery codes; and the e-mailed code, which is no factor.

Passkeys are django-otp-webauthn's `WebAuthnCredential`.
"""

import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django_otp.models import Device, ThrottlingMixin, TimestampMixin

from portals.accounts.second_factor import rules
from portals.secrets import seal, unseal

KEY_PLACE = "portals_totpdevice.key"


class Slowed(ThrottlingMixin):
    """One wrong code more, and the next try waits twice as long: 1 s, 2 s… up to 8 s, for this device alone."""

    throttling_failure_count: int

    class Meta:
        abstract = True

    def get_throttle_factor(self) -> int:
        return 1

    def throttle_increment(self, commit: bool = True) -> None:
        self.throttling_failure_timestamp = timezone.now()
        self.throttling_failure_count = rules.slowed_by(self.throttling_failure_count + 1)
        if commit:
            self.save(update_fields=["throttling_failure_timestamp", "throttling_failure_count"])


class TotpDevice(TimestampMixin, Slowed, Device):
    """An application that shows six digits every 30 seconds. Its key is sealed for the account."""

    user = models.ForeignKey("portals.Account", verbose_name="compte", on_delete=models.CASCADE, related_name="+")
    key = models.BinaryField("clé scellée")
    last_t = models.BigIntegerField("dernier pas utilisé", default=-1)

    class Meta:
        verbose_name = "application de codes"
        verbose_name_plural = "applications de codes"

    def __str__(self) -> str:
        return f"application {self.pk}"

    @property
    def bin_key(self) -> bytes:
        """The key in clear. Raises `SecretUnreadable`."""
        return bytes.fromhex(unseal(subject_of(self.user_id), KEY_PLACE, bytes(self.key)))

    def seal_key(self, key: bytes) -> None:
        self.key = seal(subject_of(self.user_id), KEY_PLACE, key.hex())

    def verify_token(self, token: str) -> bool:
        """Whether the code is good and has not served. Call with the row locked."""
        step = rules.matching_step(self.bin_key, rules.as_typed(token), at=time.time(), last_step=self.last_t)
        if step is None:
            self.throttle_increment()
            return False
        self.last_t = step
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True


class RecoveryCodes(TimestampMixin, Slowed, Device):
    """Ten codes kept on paper, hashed here; a code that has served is forgotten. `kept_at`: the person kept them."""

    user = models.ForeignKey("portals.Account", verbose_name="compte", on_delete=models.CASCADE, related_name="+")
    salt = models.BinaryField("sel")
    digests = ArrayField(models.BinaryField(), verbose_name="empreintes des codes qui restent", default=list)
    kept_at = models.DateTimeField("gardés le", null=True, blank=True)

    class Meta:
        verbose_name = "codes de secours"
        verbose_name_plural = "codes de secours"
        constraints = [models.UniqueConstraint(fields=["user"], name="recovery_codes_one_set_per_account")]

    def __str__(self) -> str:
        return f"codes de secours {self.pk}"

    def verify_token(self, token: str) -> bool:
        """Whether the code is one that remains; it then goes. Call with the row locked."""
        place = rules.place_of(self.digests, rules.digest(token, bytes(self.salt)))
        if place is None:
            self.throttle_increment()
            return False
        self.digests = [digest for rank, digest in enumerate(self.digests) if rank != place]
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True


class MailCode(models.Model):
    """A code sent by e-mail to a member without a device, to confirm one sensitive act. It is not a second factor.

    The worker draws the code when it writes the e-mail: until then `digest` is empty. `session_hash` names the session
    that asked, which alone may use it.
    """

    account = models.ForeignKey(
        "portals.Account", verbose_name="compte", on_delete=models.CASCADE, related_name="mail_codes"
    )
    session_hash = models.CharField("empreinte de session", max_length=64)
    salt = models.BinaryField("sel", default=bytes)
    digest = models.BinaryField("empreinte du code", default=bytes)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    created_at = models.DateTimeField("demandé le", default=timezone.now)
    valid_until = models.DateTimeField("valable jusqu’à", null=True, blank=True)
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)

    class Meta:
        verbose_name = "code envoyé par e-mail"
        verbose_name_plural = "codes envoyés par e-mail"

    def __str__(self) -> str:
        return f"code {self.pk}"


def subject_of(account_id: int) -> str:
    """Whose data key seals the secrets of an account's devices."""
    return f"account:{account_id}"
