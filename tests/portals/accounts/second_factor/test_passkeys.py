"""Passkeys: in a real Chromium with a virtual authenticator, and what is refused without any browser."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django_otp_webauthn.models import WebAuthnAttestation, WebAuthnCredential, WebAuthnUserHandle
from playwright.sync_api import Page, expect

from portals.accounts.models import Account
from portals.accounts.second_factor import actions, queries
from portals.accounts.second_factor.models import RecoveryCodes
from tests import builders
from tests.cast import Cast
from tests.newcomer import sign_in

CHOICE = "/verification/appareil/"
FORGED = {
    "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
    "response": {"authenticatorData": "AAAA", "clientDataJSON": "AAAA", "signature": "AAAA", "userHandle": None},
}  # fmt: skip


@contextmanager
def authenticator(page: Page) -> Iterator[Any]:
    """A device that holds passkeys and knows its holder, as Chromium pretends it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield session, made["authenticatorId"]
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": made["authenticatorId"]})


def localhost(site: str) -> str:
    """Passkeys are bound to a name, and 127.0.0.1 is none."""
    return site.replace("127.0.0.1", "localhost")


def give_password(page: Page, site: str, account: Account) -> None:
    page.goto(f"{site}/connexion/")
    page.get_by_label("Identifiant", exact=True).fill(account.identifier)
    page.locator("input[name=password]").fill(builders.PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def faults(page: Page) -> list[str]:
    return [f"{page.url}: {found['id']}" for found in Axe().run(page).response["violations"]]


@pytest.mark.browser
@pytest.mark.commitment("CGU-2.5", "CGU-3.26")
@pytest.mark.asvs("6.3.3")
def test_a_passkey_is_added_and_opens_the_space_in_a_real_browser(browser_page: Page, live_site: str) -> None:
    account = builders.account(builders.company())
    site, page = localhost(live_site), browser_page
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    with authenticator(page) as (device, device_id):
        give_password(page, site, account)
        page.wait_for_url(f"{site}{CHOICE}")
        page.get_by_role("button", name="Ajouter une clé d’accès").click()
        page.get_by_label("Nom de cet appareil").fill("Ordinateur du bureau")
        found = faults(page)
        page.get_by_role("button", name="Créer la clé d’accès").click()
        page.wait_for_url(f"{site}{CHOICE}codes/")
        page.get_by_role("button", name="Afficher mes dix codes").click()
        expect(page.locator("ol.codes li")).to_have_count(10)
        found += faults(page)
        page.get_by_role("button", name="J’ai gardé mes codes").click()
        page.wait_for_url(f"{site}/employeur/")
        assert len(device.send("WebAuthn.getCredentials", {"authenticatorId": device_id})["credentials"]) == 1

        page.context.clear_cookies()
        give_password(page, site, account)
        page.wait_for_url(f"{site}/verification/")
        found += faults(page)
        page.get_by_role("button", name="Utiliser ma clé d’accès").click()
        page.wait_for_url(f"{site}/employeur/")
    kept = WebAuthnCredential.objects.get()
    assert (kept.user_id, kept.name, kept.confirmed) == (account.pk, "Ordinateur du bureau", True)
    assert kept.sign_count > 0 and kept.last_used_at is not None
    assert not WebAuthnAttestation.objects.exists()
    assert RecoveryCodes.objects.get().kept_at is not None
    assert found == []
    assert problems == []


@pytest.mark.browser
def test_a_passkey_that_does_not_answer_leaves_the_other_means(browser_page: Page, live_site: str) -> None:
    account = builders.account(builders.company())
    _, key = builders.totp(account)
    WebAuthnCredential.objects.create(
        user=account, name="Perdue", credential_id=b"gone", public_key=b"gone", transports=[], aaguid=""
    )
    site, page = localhost(live_site), browser_page
    with authenticator(page):
        give_password(page, site, account)
        page.get_by_role("button", name="Utiliser ma clé d’accès").click()
        page.get_by_text("La clé d’accès n’a pas répondu").wait_for()
    page.locator("input[name=token]").fill(builders.code_of(key))
    page.get_by_role("button", name="Vérifier le code").click()
    page.wait_for_url(f"{site}/employeur/")


@pytest.fixture
def account(cast: Cast) -> Account:
    made = cast.company_account
    WebAuthnCredential.objects.create(
        user=made, name="Clé", credential_id=b"one", public_key=b"\x01", transports=[], aaguid=""
    )
    return made


@pytest.mark.parametrize(
    "credential",
    ["x", "[]", "null", "{}", '{"id": 1}', json.dumps(FORGED), json.dumps(FORGED | {"response": []}), "{" * 30_000],
)
def test_a_forged_answer_is_refused_by_a_page(account: Account, credential: str) -> None:
    client = Client()
    sign_in(client, account.identifier, builders.PASSWORD)
    page = client.get("/verification/").text
    assert "Utiliser ma clé d’accès" in page and 'name="token"' not in page
    answer = client.post("/verification/", {"credential": credential})
    assert answer.status_code == 400 and "n’a pas été reconnue" in answer.text
    assert "_auth_user_id" not in client.session


def test_a_question_is_answered_once(account: Account) -> None:
    client = Client()
    sign_in(client, account.identifier, builders.PASSWORD)
    asked = re.search(r"&quot;challenge&quot;: &quot;([\w-]+)&quot;", client.get("/verification/").text)
    client.post("/verification/", {"credential": json.dumps(FORGED)})
    again = re.search(r"&quot;challenge&quot;: &quot;([\w-]+)&quot;", client.get("/verification/").text)
    assert asked and again and asked[1] != again[1]


def test_the_authenticator_learns_the_identifier_and_no_name(account: Account) -> None:
    client = builders.sign_in(Client(), account)
    assert client.post(CHOICE, {"kind": "cle"})["Location"] == f"{CHOICE}cle/"
    page = client.get(f"{CHOICE}cle/").text
    question = json.loads(
        re.search(r'data-question="([^"]+)"', page)[1].replace("&quot;", '"')  # type: ignore[index]  # it is there
    )
    assert question["user"]["name"] == question["user"]["displayName"] == account.identifier
    assert question["rp"]["id"] == "localhost" and question["attestation"] == "none"
    assert [known["id"] for known in question["excludeCredentials"]] == ["b25l"]
    handle = WebAuthnUserHandle.objects.get().handle_hex
    assert account.identifier not in handle and len(handle) == 128


def test_a_forged_registration_adds_nothing(account: Account) -> None:
    client = builders.sign_in(Client(), account)
    client.post(CHOICE, {"kind": "cle"})
    client.get(f"{CHOICE}cle/")
    answer = client.post(f"{CHOICE}cle/", {"name": "Volée", "credential": json.dumps(FORGED)})
    assert answer.status_code == 400 and "n’a pas pu être ajoutée" in answer.text
    assert WebAuthnCredential.objects.count() == 1


def test_a_passkey_is_a_device_like_the_others(account: Account) -> None:
    (told,) = queries.devices_of(account).listed
    assert (told.kind, told.words, told.is_removable) == ("cle", "Clé d’accès", False)
    with pytest.raises(actions.LastDeviceStays):
        actions.remove_device(by=account, device=WebAuthnCredential.objects.get())
    assert WebAuthnCredential.objects.count() == 1


def test_the_page_may_use_passkeys_and_no_sensor(client: Client, db: None) -> None:
    policy = client.get("/connexion/")["Permissions-Policy"]
    assert "publickey-credentials-create=(self)" in policy and "publickey-credentials-get=(self)" in policy
    assert "camera=()" in policy and policy.count("(self)") == 2
