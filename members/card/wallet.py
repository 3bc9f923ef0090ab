"""The card as a pass for the wallet of a phone: a signed archive of what the card shows, its QR code included.

    pass.json, icon.png (three sizes), manifest.json (SHA-1 of each, as the format wants), signature (PKCS#7, detached)

Places are never in it: a phone would look where its holder is. The NIR is not either: the card has none.
"""

import datetime
import hashlib
import io
import json
import zipfile
from functools import lru_cache
from typing import Any, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs7
from django.conf import settings
from django.utils import timezone

from members.card.contents import CardContent, from_data
from members.card.models import Card

CONTENT_TYPE = "application/vnd.apple.pkpass"
BACKGROUND, FOREGROUND, LABELS = "rgb(20, 69, 79)", "rgb(255, 255, 255)", "rgb(205, 226, 230)"
PAINT = (20, 69, 79)
ICON_SIDES = {"icon.png": 29, "icon@2x.png": 58, "icon@3x.png": 87}


class PassSigning(Protocol):
    """The operator's certificate for a type of pass (`config.wallet`), in PEM."""

    @property
    def pass_type(self) -> str: ...
    @property
    def team(self) -> str: ...
    @property
    def certificate(self) -> bytes: ...
    @property
    def key(self) -> bytes: ...
    @property
    def intermediate(self) -> bytes: ...


class NotConfigured(RuntimeError):
    """The operator has set no certificate: there is no pass to give."""


def pass_file(card: Card) -> bytes:
    """The `.pkpass` of a card, voided when the card was revoked. Raises NotConfigured."""
    signing: PassSigning | None = settings.WALLET_SIGNING
    if signing is None:
        raise NotConfigured
    files = {"pass.json": _written(pass_of(card, signing)), **_icons()}
    manifest = _written({name: hashlib.sha1(data, usedforsecurity=False).hexdigest() for name, data in files.items()})
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {**files, "manifest.json": manifest, "signature": sign(manifest, signing)}.items():
            packed.writestr(name, data)
    return archive.getvalue()


def pass_of(card: Card, signing: PassSigning) -> dict[str, Any]:
    """What `pass.json` says."""
    content, facts = from_data(card.content), settings.ORGANISATION_FACTS
    last_second = datetime.datetime.combine(card.valid_to, datetime.time(23, 59, 59), timezone.get_default_timezone())
    return {
        "formatVersion": 1,
        "passTypeIdentifier": signing.pass_type,
        "teamIdentifier": signing.team,
        "serialNumber": card.number,
        "organizationName": facts.name,
        "logoText": facts.name,
        "description": "Carte de tiers payant",
        "expirationDate": last_second.isoformat(),
        "voided": card.revoked_at is not None,
        "sharingProhibited": True,
        "backgroundColor": BACKGROUND,
        "foregroundColor": FOREGROUND,
        "labelColor": LABELS,
        "barcodes": [
            {
                "format": "PKBarcodeFormatQR",
                "message": card.payload,
                "messageEncoding": "iso-8859-1",
                "altText": card.number,
            }
        ],
        "generic": _fields(card, content),
    }


def sign(manifest: bytes, signing: PassSigning) -> bytes:
    """The detached signature of the manifest, in DER, with the certificate and its authority."""
    key = load_pem_private_key(signing.key, password=None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError("The key of the pass is neither RSA nor on an elliptic curve.")
    builder = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(manifest)
        .add_signer(x509.load_pem_x509_certificate(signing.certificate), key, hashes.SHA256())
        .add_certificate(x509.load_pem_x509_certificate(signing.intermediate))
    )
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])


def filename_of(card: Card) -> str:
    """`Carte de tiers payant 2026.pkpass`: no name, no number."""
    return f"Carte de tiers payant {card.valid_from.year}.pkpass"


def _fields(card: Card, content: CardContent) -> dict[str, list[dict[str, str]]]:
    conventions = dict(content.block)["Type de convention"]
    levels = "\n".join(f"{label}\u00a0: {_level(content, domain)}" for domain, label in content.domains)
    persons = "\n".join(f"{of.printed_name}, {of.birth_date:%d/%m/%Y}" for of in content.beneficiaries)
    return {
        "primaryFields": [_field("holder", "Titulaire", content.holder)],
        "secondaryFields": [
            _field("period", "Validité", f"{content.period.start:%d/%m/%Y} – {content.period.end:%d/%m/%Y}"),
            _field("member", "N°\u00a0adhérent", content.member_number),
        ],
        "auxiliaryFields": [
            _field("amc", "N°\u00a0AMC", content.amc_number),
            _field("conventions", "Convention", conventions),
            _field("csr", "CSR", content.csr),
        ],
        "backFields": [
            _field("beneficiaries", "Bénéficiaires", persons),
            _field("levels", "Garanties en tiers payant", levels),
            _field("legend", "Légende", content.footnote),
            _field("policy", "Contrat", content.policy_number),
            _field("phone", "Une question", settings.ORGANISATION_FACTS.phone),
            _field(
                "freshness",
                "Toujours à jour",
                "Cette carte est remplacée quand vos droits changent. Ajoutez alors la nouvelle depuis votre espace"
                "\u202f; l’ancienne est révoquée.",
            ),
        ],
    }


def _level(content: CardContent, domain: str) -> str:
    return next((cell.text for cell in content.cells if cell.domain == domain), "–")


def _field(key: str, label: str, value: str) -> dict[str, str]:
    return {"key": key, "label": label, "value": value}


def _written(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


@lru_cache(maxsize=1)
def _icons() -> dict[str, bytes]:
    """A card on a plain ground, drawn here: nobody's brand."""
    from PIL import Image, ImageDraw  # only whoever asks for a pass waits for it

    icons = {}
    for name, side in ICON_SIDES.items():
        image = Image.new("RGB", (side, side), PAINT)
        pen, step = ImageDraw.Draw(image), side / 29
        pen.rounded_rectangle((5 * step, 8 * step, 24 * step, 21 * step), radius=2 * step, fill="white")
        pen.rectangle((5 * step, 11 * step, 24 * step, 13.5 * step), fill=PAINT)
        pen.rectangle((8 * step, 16.5 * step, 14 * step, 18 * step), fill=PAINT)
        kept = io.BytesIO()
        image.save(kept, "PNG")
        icons[name] = kept.getvalue()
    return icons
