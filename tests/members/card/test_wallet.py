"""The pass for the wallet of a phone: signed by the operator's certificate, true to the card, told when it is over."""

import datetime
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.test import Client
from PIL import Image
from pytest_django import Settings

from config.wallet import PassSigning, pass_signing
from members.card.actions import revoke
from members.card.models import Card, Reason
from members.card.signature import CardVerdict, verify_card_payload
from members.card.wallet import CONTENT_TYPE, NotConfigured, pass_file
from portals.access import isolation
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.12")]
LINK = "Dans le portefeuille du téléphone"


def _certificate(
    name: str, key: rsa.RSAPrivateKey, issuer: x509.Name | None, issuer_key: rsa.RSAPrivateKey
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


@pytest.fixture(scope="module")
def signing() -> PassSigning:
    """A chain of two, made here."""
    authority_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    authority = _certificate("Autorité d’essai", authority_key, None, authority_key)
    leaf = _certificate("Pass Type ID: pass.org.example.card", key, authority.subject, authority_key)
    pem = serialization.Encoding.PEM
    return PassSigning(
        pass_type="pass.org.example.card",
        team="TEAM123456",
        certificate=leaf.public_bytes(pem),
        key=key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        intermediate=authority.public_bytes(pem),
    )


@pytest.fixture
def card(cast: Cast, alice: Client, settings: Settings, signing: PassSigning) -> Card:
    """Alice's family card, with an operator that signs passes."""
    settings.WALLET_SIGNING = signing
    alice.post("/adherent/carte/etablir/")
    with isolation.system():
        return Card.objects.get()


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_page_leads_to_the_pass_and_the_download_is_journalled(card: Card, alice: Client) -> None:
    page = alice.get("/adherent/carte/").content.decode()
    assert LINK in page
    answer = alice.get(f"/adherent/carte/{card.pk}.pkpass")
    assert answer["Content-Type"] == CONTENT_TYPE
    assert 'filename="Carte de tiers payant 2026.pkpass"' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.filter(action="card.pass_downloaded", object_id=str(card.pk)).count() == 1
    assert set(opened(answer.content)) == {
        "pass.json", "icon.png", "icon@2x.png", "icon@3x.png", "manifest.json", "signature",
    }  # fmt: skip


def test_the_pass_says_what_the_card_says_and_no_more(card: Card) -> None:
    told = json.loads(opened(pass_file(card))["pass.json"])
    assert (told["passTypeIdentifier"], told["teamIdentifier"]) == ("pass.org.example.card", "TEAM123456")
    assert told["serialNumber"] == card.number
    assert told["expirationDate"] == "2026-12-31T23:59:59+01:00"
    assert told["voided"] is False
    assert not {"locations", "beacons", "webServiceURL", "relevantDate"} & told.keys()
    [code] = told["barcodes"]
    assert code["format"] == "PKBarcodeFormatQR"
    assert verify_card_payload(code["message"]).verdict == CardVerdict.GENUINE
    values = {field["key"]: field["value"] for group in told["generic"].values() for field in group}
    assert values["member"] == "48217736"
    assert values["period"] == "01/01/2026 – 31/12/2026"
    assert "Inès BENALI" in values["beneficiaries"]


def test_no_nir_is_in_the_pass(cast: Cast, alice: Client, settings: Settings, signing: PassSigning) -> None:
    nir = "280031405600187"
    settings.WALLET_SIGNING = signing
    person = builders.person(nir=nir, given_names="Nadia")
    builders.cover(builders.policy(person.household), person)
    client = builders.sign_in(Client(), builders.account(person))
    client.post("/adherent/carte/etablir/")
    with isolation.system():
        made = Card.objects.get(household=person.household)
    told = opened(pass_file(made))["pass.json"].decode()
    assert nir not in told
    assert nir[:13] not in told


def test_the_manifest_has_the_hash_of_each_file_and_is_signed(card: Card, signing: PassSigning, tmp_path: Path) -> None:
    files = opened(pass_file(card))
    manifest = json.loads(files["manifest.json"])
    assert manifest == {
        name: hashlib.sha1(data, usedforsecurity=False).hexdigest()
        for name, data in files.items()
        if name not in {"manifest.json", "signature"}
    }
    assert _verifies(files["manifest.json"], files["signature"], signing, tmp_path)
    assert not _verifies(files["manifest.json"] + b" ", files["signature"], signing, tmp_path)


def test_the_images_are_of_the_three_sizes(card: Card) -> None:
    files = opened(pass_file(card))
    sides = [Image.open(io.BytesIO(files[name])).size for name in ("icon.png", "icon@2x.png", "icon@3x.png")]
    assert sides == [(29, 29), (58, 58), (87, 87)]


def test_a_revoked_card_says_so_itself(card: Card, alice: Client) -> None:
    with isolation.system():
        revoke(card=card, reason=Reason.OTHER, by=None)
    answer = alice.get(f"/adherent/carte/{card.pk}.pkpass")
    assert json.loads(opened(answer.content)["pass.json"])["voided"] is True


def test_nobody_fetches_the_familys_or_anothers(card: Card, cast: Cast) -> None:
    for account in (cast.home.samir_account, cast.bob_account):
        client = builders.sign_in(Client(), account)
        assert client.get(f"/adherent/carte/{card.pk}.pkpass").status_code == 404


def test_without_a_certificate_there_is_no_link_and_no_pass(card: Card, alice: Client, settings: Settings) -> None:
    settings.WALLET_SIGNING = None
    assert LINK not in alice.get("/adherent/carte/").content.decode()
    assert alice.get(f"/adherent/carte/{card.pk}.pkpass").status_code == 404
    with pytest.raises(NotConfigured):
        pass_file(card)


def test_the_operator_sets_it_by_the_environment(
    monkeypatch: pytest.MonkeyPatch, signing: PassSigning, tmp_path: Path
) -> None:
    assert pass_signing() is None
    monkeypatch.setenv("WALLET_PASS_TYPE", signing.pass_type)
    monkeypatch.setenv("WALLET_TEAM", signing.team)
    for name, pem in (
        ("CERTIFICATE", signing.certificate),
        ("KEY", signing.key),
        ("INTERMEDIATE", signing.intermediate),
    ):
        file = tmp_path / name
        file.write_bytes(pem)
        monkeypatch.setenv(f"WALLET_{name}_FILE", str(file))
    found = pass_signing()
    assert found is not None
    assert (found.pass_type, found.team, found.key) == (signing.pass_type, signing.team, signing.key.strip())
    assert "PRIVATE" not in repr(found)


def _verifies(manifest: bytes, signature: bytes, signing: PassSigning, folder: Path) -> bool:
    """What openssl says of the detached signature, given the authority."""
    tool = shutil.which("openssl")
    if tool is None:
        pytest.skip("openssl is not installed: nothing else checks the signature")
    for name, data in (("manifest", manifest), ("signature", signature), ("authority", signing.intermediate)):
        (folder / name).write_bytes(data)
    asked = [
        tool, "cms", "-verify", "-inform", "DER", "-binary", "-in", "signature", "-content", "manifest",
        "-CAfile", "authority", "-purpose", "any", "-out", "checked",
    ]  # fmt: skip
    return subprocess.run(asked, cwd=folder, capture_output=True, check=False).returncode == 0
