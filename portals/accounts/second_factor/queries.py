"""Reads about the devices of an account."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django_otp.models import Device
from django_otp_webauthn.models import WebAuthnCredential

from portals.accounts.models import Account
from portals.accounts.rules import needs_second_factor
from portals.accounts.second_factor.models import RecoveryCodes, TotpDevice
from portals.accounts.second_factor.rules import Kind

MODELS: dict[Kind, type[Device]] = {
    Kind.APPLICATION: TotpDevice,
    Kind.PASSKEY: WebAuthnCredential,
    Kind.RECOVERY: RecoveryCodes,
}
WORDS = {Kind.APPLICATION: "Application de codes", Kind.PASSKEY: "Clé d’accès"}


@dataclass(frozen=True)
class Described:
    """One device as pages say it."""

    kind: Kind
    pk: int
    name: str
    words: str
    created_at: datetime.datetime | None
    last_used_at: datetime.datetime | None
    is_removable: bool


@dataclass(frozen=True)
class Devices:
    """What an account proves itself with. `codes_left`: None without recovery codes; `is_required`: one must remain."""

    listed: tuple[Described, ...]
    codes_left: int | None
    codes_are_kept: bool
    is_required: bool

    @property
    def newest(self) -> datetime.datetime | None:
        return max((device.created_at for device in self.listed if device.created_at), default=None)


def is_required(account: Account) -> bool:
    """Whether the account may not do without a second factor."""
    return needs_second_factor(space=account.space, asked=account.second_factor_asked)


def has_device(account: Account) -> bool:
    """Whether the sign-in asks for a second factor. Recovery codes alone are none: they go with the last device."""
    return bool(_confirmed(Kind.APPLICATION, account).exists() or _confirmed(Kind.PASSKEY, account).exists())


def accounts_with_device(account_ids: Iterable[int]) -> set[int]:
    """Those of the accounts whose sign-in asks for a second factor. Two queries, however many they are."""
    ids = list(account_ids)
    found: set[int] = set()
    for kind in WORDS:
        found.update(
            MODELS[kind]._default_manager.filter(user__in=ids, confirmed=True).values_list("user_id", flat=True)
        )
    return found


def has_passkey(account: Account) -> bool:
    return bool(_confirmed(Kind.PASSKEY, account).exists())


def devices_of(account: Account) -> Devices:
    """The account's devices, last used first, and what remains of its recovery codes."""
    required = is_required(account)
    found = [(kind, device) for kind in WORDS for device in _confirmed(kind, account)]
    codes = recovery_codes_of(account)
    return Devices(
        listed=tuple(
            Described(
                kind=kind,
                pk=device.pk,
                name=device.name,
                words=WORDS[kind],
                created_at=device.created_at,
                last_used_at=device.last_used_at,
                is_removable=not required or len(found) > 1,
            )
            for kind, device in found
        ),
        codes_left=len(codes.digests) if codes else None,
        codes_are_kept=codes is not None and codes.kept_at is not None,
        is_required=required,
    )


def recovery_codes_of(account: Account) -> RecoveryCodes | None:
    return RecoveryCodes.objects.filter(user=account, confirmed=True).first()


def pending_totp(account: Account) -> TotpDevice | None:
    """The application that waits for its first code."""
    return TotpDevice.objects.filter(user=account, confirmed=False).order_by("-pk").first()


def device_of(account: Account, kind: str, pk: int) -> Device | None:
    """A device that its owner may rename or remove; None for anybody else's as for a missing one."""
    if kind not in WORDS:
        return None
    return _confirmed(Kind(kind), account).filter(pk=pk).first()


def typed_codes_of(account: Account) -> list[tuple[Device, str]]:
    """The devices whose codes are typed, with their words, the last used first and recovery codes at the end."""
    choices = [(device, device.name) for device in _confirmed(Kind.APPLICATION, account)]
    codes = recovery_codes_of(account)
    if codes is not None and codes.digests:
        choices.append((codes, "Un code de secours"))
    return choices


def kind_of(device: Device) -> Kind:
    return next(kind for kind, model in MODELS.items() if isinstance(device, model))


def _confirmed(kind: Kind, account: Account):  # type: ignore[no-untyped-def]  # a manager of one of three models
    devices = MODELS[kind]._default_manager.filter(user=account, confirmed=True)
    return devices.order_by(F("last_used_at").desc(nulls_last=True), "pk")
