"""What changes devices: a code is tried, a device is added, named, removed. Each tells the journal, never the secret."""

import math
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_otp.models import Device
from django_otp_webauthn.models import WebAuthnCredential

from portals.accounts.actions import promise_mail
from portals.accounts.models import Account
from portals.accounts.second_factor import rules
from portals.accounts.second_factor.models import MailCode, RecoveryCodes, TotpDevice
from portals.accounts.second_factor.queries import MODELS, has_device, is_required, kind_of, recovery_codes_of
from portals.accounts.security.notices import notify_security_change
from portals.signals import announce

FAILURES_THAT_WARN = 3
"""After so many wrong codes in a row the owner is told: somebody knows the password."""


class LastDeviceStays(Exception):
    """The account may not do without a second factor, and this is its last device."""


@dataclass(frozen=True)
class Attempt:
    """What came of a code: `wait` is the number of seconds before this device looks at another one."""

    is_good: bool
    wait: int = 0


@transaction.atomic
def try_code(*, by: Account, device: Device, code: str) -> Attempt:
    """Try a code on the device that the person named, and on no other. A code is good once, whoever else posts it.

    A refusal is an answer and not an error: an error would take the count of failures away with the transaction.
    """
    locked = type(device)._default_manager.select_for_update().filter(pk=device.pk, user=by, confirmed=True).first()
    if locked is None:
        return Attempt(is_good=False)
    attempt = _try(locked, code)
    details = {"kind": kind_of(locked).value, "device": locked.pk}
    result = "done" if attempt.is_good else "refused"
    who = by if attempt.is_good else None  # a wrong code does not say who typed it
    announce("second_factor.verified", by=who, object_kind="account", object_id=by.pk, result=result, details=details)
    if not attempt.is_good and locked.throttling_failure_count == FAILURES_THAT_WARN:
        promise_mail("account.second_factor_refused", by)
    return attempt


def passkey_used(*, by: Account, device: WebAuthnCredential) -> None:
    """Note that a passkey has served (`passkeys.read_assertion` has checked it)."""
    details = {"kind": rules.Kind.PASSKEY.value, "device": device.pk}
    announce("second_factor.verified", by=by, object_kind="account", object_id=by.pk, details=details)


def passkey_refused(*, by: Account) -> None:
    """Note that the answer of a browser was not that of a passkey of the account, whoever was in front of it."""
    details = {"kind": rules.Kind.PASSKEY.value}
    announce(
        "second_factor.verified", by=None, object_kind="account", object_id=by.pk, result="refused", details=details
    )


@transaction.atomic
def start_totp(*, by: Account) -> TotpDevice:
    """Draw a key for an application that is not confirmed yet; an earlier one that never was goes."""
    TotpDevice.objects.filter(user=by, confirmed=False).delete()
    device = TotpDevice(user=by, confirmed=False)
    device.seal_key(rules.draw_key())
    device.save()
    return device


@transaction.atomic
def confirm_totp(*, by: Account, device: TotpDevice, code: str, name: str) -> Attempt:
    """The application shows the right code: from now on it is asked at every sign-in. That code is spent."""
    locked = TotpDevice.objects.select_for_update().filter(pk=device.pk, user=by, confirmed=False).first()
    if locked is None:
        return Attempt(is_good=False)
    attempt = _try(locked, code)
    if attempt.is_good:
        locked.confirmed = True
        locked.name = name
        locked.save(update_fields=["confirmed", "name"])
        _added(by, locked)
    return attempt


@transaction.atomic
def confirm_passkey(*, by: Account, device: WebAuthnCredential, name: str) -> None:
    """Name a passkey that has just been registered; from now on it is asked at every sign-in."""
    device.name = name
    device.save(update_fields=["name"])
    _added(by, device)


@transaction.atomic
def enrol_totp(*, by: Account | None, account: Account, key: bytes, name: str) -> TotpDevice:
    """Give an account an application whose key is known already, confirmed at once: for accounts made by us."""
    device = TotpDevice(user=account, name=name, confirmed=True)
    device.seal_key(key)
    device.save()
    _tell("second_factor.added", by, account, device)
    return device


@transaction.atomic
def draw_recovery_codes(*, by: Account) -> list[str]:
    """Ten new codes, returned here and nowhere else: only their hashes stay. The former ones open nothing any more."""
    renews = recovery_codes_of(by) is not None
    salt = rules.draw_salt()
    codes = [rules.draw_recovery_code() for _ in range(rules.RECOVERY_CODES)]
    made, _ = RecoveryCodes.objects.update_or_create(
        user=by,
        defaults={
            "name": "Codes de secours",
            "salt": salt,
            "digests": [rules.digest(code, salt) for code in codes],
            "kept_at": None,
            "last_used_at": None,
            "throttling_failure_timestamp": None,
            "throttling_failure_count": 0,
        },
    )
    _tell("second_factor.recovery_codes_drawn", by, by, made)
    if renews:
        notify_security_change(by, "recovery_codes_renewed")
    return codes


def keep_recovery_codes(*, by: Account) -> None:
    """The person says that the codes are in a safe place."""
    RecoveryCodes.objects.filter(user=by, kept_at=None).update(kept_at=timezone.now())


@transaction.atomic
def rename_device(*, by: Account, device: Device, name: str) -> None:
    """The name by which its owner knows the device."""
    device.name = name
    device.save(update_fields=["name"])
    _tell("second_factor.renamed", by, by, device)


@transaction.atomic
def remove_device(*, by: Account, device: Device) -> None:
    """A device is lost or replaced: it opens nothing any more. Raises LastDeviceStays.

    With the last one go the recovery codes. Every other session of the account ends.
    """
    Account.objects.select_for_update().get(pk=by.pk)  # two removals at once must not take the last two
    _tell("second_factor.removed", by, by, device)
    device.delete()
    if not has_device(by):
        if is_required(by):
            raise LastDeviceStays
        RecoveryCodes.objects.filter(user=by).delete()
    end_sessions(by)
    notify_security_change(by, "factor_removed")


@transaction.atomic
def remove_all_devices(*, by: Account, account: Account, reason: str) -> None:
    """Staff, after checking who is asking: the account has lost every device and registers a new one at its next sign-in.

    `reason` is a value of `rules.LossReason` (ValueError otherwise). Every session of the account ends.
    """
    why = rules.LossReason(reason)
    Account.objects.select_for_update().get(pk=account.pk)
    forget_devices(account)
    announce(
        "second_factor.all_removed", by=by, object_kind="account", object_id=account.pk, details={"reason": why.value}
    )
    end_sessions(account)
    notify_security_change(account, "factor_removed")


def forget_devices(account: Account) -> None:
    """Delete what the account proves itself with: devices of every kind, confirmed or not, and codes under way."""
    for kind in MODELS.values():
        kind._default_manager.filter(user=account).delete()
    MailCode.objects.filter(account=account).delete()


def end_sessions(account: Account) -> None:
    """Every session of the account ends at its next request; a view keeps its own by `update_session_auth_hash`."""
    Account.objects.filter(pk=account.pk).update(session_epoch=F("session_epoch") + 1)
    account.refresh_from_db(fields=["session_epoch"])


def _try(device: TotpDevice | RecoveryCodes, code: str) -> Attempt:
    allowed, why = device.verify_is_allowed()
    if allowed and device.verify_token(code):
        return Attempt(is_good=True)
    if not allowed and why is not None:
        left = (why["locked_until"] - timezone.now()).total_seconds()
        return Attempt(is_good=False, wait=max(1, math.ceil(left)))
    return Attempt(is_good=False)


def _added(by: Account, device: Device) -> None:
    _tell("second_factor.added", by, by, device)
    end_sessions(by)
    notify_security_change(by, "factor_added")


def _tell(action: str, by: Account | None, account: Account, device: Device) -> None:
    details = {"kind": kind_of(device).value, "device": device.pk}
    announce(action, by=by, object_kind="account", object_id=account.pk, details=details)
