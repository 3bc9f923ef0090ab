"""The signed payload of the QR code: what the card shows, provable without a network.

    CTP1.<base32 of: 4 bytes that name the key, 64 bytes of Ed25519 signature, the content compressed>

The signature covers the content as it was compressed, so that any changed byte fails; a text has one spelling only.
Base32 in capitals is what a QR code packs best among alphabets that survive being copied and pasted. It is no address:
names and dates of birth must not travel in URLs, nor be sent to a search engine by whoever photographs a card.
The public keys are published, so anybody can check a card; a key that was replaced stays accepted until it is removed.
"""

import base64
import binascii
import datetime
import hashlib
import json
import zlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from members.card.contents import Beneficiary, CardContent
from members.card.rules import Period

PREFIX = "CTP1."
KEY_BYTES, SIGNATURE_BYTES = 4, 64
LONGEST = 3000
"""Characters of a payload: more than a QR code can hold is not read at all."""
MOST_CONTENT = 20_000


class CardVerdict(StrEnum):
    GENUINE = "genuine"
    FORGED = "forged"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class SignedCard:
    """What the payload says. `grid` is one text for each domain: `PHAR OC 100 %`."""

    number: str
    issued_on: datetime.date
    period: Period
    amc_number: str
    conventions: tuple[str, ...]
    csr: str
    member_number: str
    responsible: bool
    policy_number: str
    beneficiaries: tuple[Beneficiary, ...]
    grid: tuple[str, ...]

    def is_valid_on(self, day: datetime.date) -> bool:
        """Whether the card covers the day. It may have been revoked since: only asking us tells (`status_of`)."""
        return self.period.start <= day <= self.period.end


@dataclass(frozen=True)
class CardCheck:
    """`card` is there when the verdict is genuine, and then only."""

    verdict: CardVerdict
    card: SignedCard | None = None


def payload_of(content: CardContent, *, number: str, issued_on: datetime.date) -> str:
    """The text of the QR code, signed by the key in use."""
    key = Ed25519PrivateKey.from_private_bytes(settings.CARD_KEY)
    packed = zlib.compress(_written(content, number, issued_on), level=9, wbits=-15)
    named = name_of(key.public_key().public_bytes_raw())
    return PREFIX + base64.b32encode(named + key.sign(named + packed) + packed).decode().rstrip("=")


def verify_card_payload(text: str) -> CardCheck:
    """Whether we signed this text, and what it says. No database, no network."""
    raw = _unspelt("".join(text.split()))
    if raw is None:
        return CardCheck(CardVerdict.UNREADABLE)
    named, signature = raw[:KEY_BYTES], raw[KEY_BYTES : KEY_BYTES + SIGNATURE_BYTES]
    packed = raw[KEY_BYTES + SIGNATURE_BYTES :]
    key = _accepted().get(named)
    if key is None:
        return CardCheck(CardVerdict.FORGED)
    try:
        key.verify(signature, named + packed)
    except InvalidSignature:
        return CardCheck(CardVerdict.FORGED)
    return CardCheck(CardVerdict.GENUINE, _read(packed))


def public_keys() -> tuple[str, ...]:
    """The public keys that sign or have signed cards in circulation, in hexadecimal, the one in use first."""
    current = Ed25519PrivateKey.from_private_bytes(settings.CARD_KEY).public_key().public_bytes_raw()
    return (current.hex(), *settings.CARD_FORMER_PUBLIC_KEYS)


def name_of(public_key: bytes) -> bytes:
    """The four bytes that say which key signed."""
    return hashlib.sha256(public_key).digest()[:KEY_BYTES]


def _accepted() -> dict[bytes, Ed25519PublicKey]:
    return _keys(public_keys())


@lru_cache(maxsize=4)
def _keys(written: tuple[str, ...]) -> dict[bytes, Ed25519PublicKey]:
    raw = [bytes.fromhex(key) for key in written]
    return {name_of(key): Ed25519PublicKey.from_public_bytes(key) for key in raw}


def _unspelt(text: str) -> bytes | None:
    """The bytes of a payload; None when it is not one, or is written otherwise than we write."""
    spelt = text.removeprefix(PREFIX)
    if spelt == text or len(spelt) > LONGEST:
        return None
    try:
        raw = base64.b32decode(spelt + "=" * (-len(spelt) % 8))
    except (binascii.Error, ValueError):
        return None
    if base64.b32encode(raw).decode().rstrip("=") != spelt or len(raw) <= KEY_BYTES + SIGNATURE_BYTES:
        return None
    return raw


def _written(content: CardContent, number: str, issued_on: datetime.date) -> bytes:
    values = [
        number, f"{issued_on:%Y%m%d}", f"{content.period.start:%Y%m%d}", f"{content.period.end:%Y%m%d}",
        content.amc_number, ",".join(content.conventions), content.csr, content.member_number,
        int(content.responsible), content.policy_number,
        [
            [of.family_name, of.given_names, f"{of.birth_date:%Y%m%d}", of.birth_rank]
            for of in content.beneficiaries
        ],
        ";".join(f"{cell.domain} {cell.text}" for cell in content.cells),
    ]  # fmt: skip
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _read(packed: bytes) -> SignedCard:
    """What we signed ourselves: nothing in it is doubted, but its size."""
    values: list[Any] = json.loads(zlib.decompressobj(wbits=-15).decompress(packed, MOST_CONTENT))
    number, issued, start, end, amc, conventions, csr, member, responsible, policy, persons, grid = values
    return SignedCard(
        number=number,
        issued_on=_day(issued),
        period=Period(_day(start), _day(end)),
        amc_number=amc,
        conventions=tuple(conventions.split(",")),
        csr=csr,
        member_number=member,
        responsible=bool(responsible),
        policy_number=policy,
        beneficiaries=tuple(Beneficiary(0, family, given, _day(birth), rank) for family, given, birth, rank in persons),
        grid=tuple(grid.split(";")),
    )


def _day(written: str) -> datetime.date:
    return datetime.datetime.strptime(written, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
