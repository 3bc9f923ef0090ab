"""Federated sign-in, against a real OpenID Connect provider on loopback."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from portals.access import isolation
from portals.accounts import sessions
from portals.accounts.models import Account
from portals.accounts.second_factor.actions import enrol_totp
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.oidc.identities import NODE, WHY_SKIPPED, Server, identity_provider, providers_setting

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(NODE is None, reason=WHY_SKIPPED)]

RPPS = "10003879623"
ALICE = {
    "given_name": "Alice Marie", "family_name": "LE GOFF", "birthdate": "1983-04-12", "gender": "female",
    "birthplace": "44109", "birthcountry": "99100",
}  # fmt: skip
MEMBERS: dict[str, dict[str, Any]] = {
    "alice": ALICE,
    "homonym": {**ALICE, "birthdate": "1983-04-13"},
    "weak": {**ALICE, "acr": "eidas0"},
    "bob": {**ALICE, "given_name": "Bob", "family_name": "Tanguy"},
}
PROFESSIONALS: dict[str, dict[str, Any]] = {
    "doctor": {"SubjectNameID": f"8{RPPS}", "family_name": "HERVÉ", "given_name": "Paul"},
    "by-others": {"SubjectNameID": "099", "otherIds": [{"origine": "RPPS", "identifiant": f"8{RPPS}"}]},
    "stranger": {"SubjectNameID": "899700218896", "family_name": "NUL", "given_name": "Ailleurs"},
}


@pytest.fixture(scope="module")
def franceconnect() -> Iterator[Server]:
    with identity_provider(
        MEMBERS, code="franceconnect", name="FranceConnect", space="adherent", signed=True
    ) as server:
        yield server


@pytest.fixture(scope="module")
def psc() -> Iterator[Server]:
    with identity_provider(
        PROFESSIONALS, code="pro-sante-connect", name="Pro Santé Connect", space="professionnel"
    ) as server:
        yield server


@pytest.fixture
def alice(cast: Cast, settings: Settings, franceconnect: Server) -> Account:
    """Alice's account, with FranceConnect configured and her civil status as FranceConnect knows it."""
    settings.SOCIALACCOUNT_PROVIDERS = providers_setting(franceconnect)
    cast.alice.birth_date = datetime.date(1983, 4, 12)
    with isolation.system():
        cast.alice.save(update_fields=["birth_date"])
    return cast.alice_account


def go(client: Client, server: Server, path: str, **answer: Any) -> Any:
    """Leave for the provider from `path`, answer there, and come back; the response of the way back."""
    leaving = client.get(path)
    assert leaving.status_code == 302, leaving.content
    return client.get(server.answer(leaving["Location"], **answer))


def sign_in_path(server: Server) -> str:
    return reverse("portals:federation_login", args=[server.app["provider_id"]])


def link_path(server: Server) -> str:
    return reverse("portals:federation_link", args=[server.app["provider_id"]])


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("name", ["federation_login", "federation_callback", "federation_refused"])
def test_nothing_answers_until_a_provider_is_configured(client: Client, name: str) -> None:
    assert client.get(reverse(f"portals:{name}", args=["franceconnect"])).status_code == 404
    assert "FranceConnect" not in client.get("/connexion/").text


def test_a_configured_provider_has_its_button_at_its_own_space_s_door(client: Client, alice: Account) -> None:
    assert "Se connecter avec FranceConnect" in client.get("/connexion/?espace=adherent").text
    assert "FranceConnect" not in client.get("/connexion/?espace=professionnel").text


def test_an_identity_that_is_not_linked_opens_nothing_and_says_how_to_link(
    client: Client, alice: Account, franceconnect: Server
) -> None:
    response = go(client, franceconnect, sign_in_path(franceconnect), login="alice")
    assert not is_signed_in(client)
    page = client.get(response["Location"])
    assert page.status_code == 403
    assert "aucun compte n’y est" in page.text
    assert not SocialAccount.objects.exists()


def test_once_linked_it_opens_the_account_and_none_of_its_claims_is_kept(
    client: Client, alice: Account, franceconnect: Server
) -> None:
    builders.sign_in(client, alice)
    response = go(client, franceconnect, link_path(franceconnect), login="alice")
    assert "reliée" in client.get(response["Location"]).text
    linked = SocialAccount.objects.get()
    assert (linked.user_id, linked.extra_data) == (alice.pk, {})
    other = Client()
    response = go(other, franceconnect, sign_in_path(franceconnect) + "?next=/adherent/releves/", login="alice")
    assert response["Location"] == "/adherent/releves/"
    assert is_signed_in(other)
    assert other.get("/adherent/").status_code == 200
    actions = set(Entry.objects.filter(account_id=alice.pk).values_list("action", flat=True))
    assert {"account.federation_linked", "account.sign_in"} <= actions
    assert SocialAccount.objects.get().extra_data == {}


@pytest.mark.parametrize(
    ("asked", "then"),
    [
        ("/employeur/", "/adherent/"),
        ("//ailleurs.example/", "/adherent/"),
        ("/%09/ailleurs.example/", "/adherent/"),
        ("/compte/securite/", "/compte/securite/"),
    ],
)
def test_it_leads_to_the_page_asked_for_only_on_this_site_and_in_its_own_space(
    client: Client, alice: Account, franceconnect: Server, asked: str, then: str
) -> None:
    SocialAccount.objects.create(user=alice, provider="franceconnect", uid="alice")
    response = go(client, franceconnect, f"{sign_in_path(franceconnect)}?next={asked}", login="alice")
    assert response["Location"] == then


@pytest.mark.parametrize("login", ["homonym", "bob"])
def test_somebody_else_s_identity_is_not_linked_and_the_journal_keeps_the_try(
    client: Client, alice: Account, franceconnect: Server, login: str
) -> None:
    builders.sign_in(client, alice)
    response = go(client, franceconnect, link_path(franceconnect), login=login)
    assert "pas la vôtre" in client.get(response["Location"]).text
    assert not SocialAccount.objects.exists()
    assert Entry.objects.get(action="account.federation_link").result == "refused"


@pytest.mark.asvs("6.8.1")
def test_an_identity_opens_one_account_only(client: Client, alice: Account, cast: Cast, franceconnect: Server) -> None:
    SocialAccount.objects.create(user=cast.bob_account, provider="franceconnect", uid="alice")
    builders.sign_in(client, alice)
    response = go(client, franceconnect, link_path(franceconnect), login="alice")
    assert "un autre compte" in client.get(response["Location"]).text


def test_linking_asks_who_is_there_first(client: Client, alice: Account, franceconnect: Server) -> None:
    builders.sign_in(client, alice)
    session = client.session
    session[sessions.BEGAN] -= 301
    session.save()
    response = client.get(link_path(franceconnect))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("portals:step_up"))


def test_unlinking_closes_that_way_in(client: Client, alice: Account, franceconnect: Server) -> None:
    SocialAccount.objects.create(user=alice, provider="franceconnect", uid="alice")
    builders.sign_in(client, alice)
    client.post(reverse("portals:federation_unlink", args=["franceconnect"]))
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "state",
    [{"locked_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}, {"is_active": False}, {"state": "closed"}],
)
def test_a_closed_or_locked_account_is_answered_like_nobody_s(
    client: Client, alice: Account, franceconnect: Server, state: dict[str, Any]
) -> None:
    SocialAccount.objects.create(user=alice, provider="franceconnect", uid="alice")
    Account.objects.filter(pk=alice.pk).update(**state)
    response = go(client, franceconnect, sign_in_path(franceconnect), login="alice")
    assert "aucun compte n’y est" in client.get(response["Location"]).text
    assert not is_signed_in(client)


@pytest.mark.asvs("6.8.4")
def test_a_weaker_assurance_than_asked_opens_nothing(client: Client, alice: Account, franceconnect: Server) -> None:
    SocialAccount.objects.create(user=alice, provider="franceconnect", uid="weak")
    response = go(client, franceconnect, sign_in_path(franceconnect), login="weak")
    assert "n’a pas" in client.get(response["Location"]).text
    assert not is_signed_in(client)


def test_an_address_can_lower_neither_assurance_nor_scope(
    client: Client, alice: Account, franceconnect: Server
) -> None:
    path = sign_in_path(franceconnect) + "?auth_params=acr_values%3Deidas0&scope=profile&process=connect"
    leaving = client.get(path)["Location"]
    assert "acr_values=eidas1" in leaving
    assert "profile" not in leaving
    client.get(franceconnect.answer(leaving, login="alice"))
    assert not SocialAccount.objects.exists()


def test_an_answer_serves_once_and_only_in_the_browser_that_asked(
    client: Client, alice: Account, franceconnect: Server
) -> None:
    SocialAccount.objects.create(user=alice, provider="franceconnect", uid="alice")
    back = franceconnect.answer(client.get(sign_in_path(franceconnect))["Location"], login="alice")
    thief = Client()
    thief.get(back)
    assert not is_signed_in(thief)
    client.get(back)
    assert is_signed_in(client)
    client.post(reverse("portals:logout"))
    client.get(back)
    assert not is_signed_in(client)


def test_giving_up_at_the_provider_leads_back_to_a_page_that_says_so(
    client: Client, alice: Account, franceconnect: Server
) -> None:
    response = go(client, franceconnect, sign_in_path(franceconnect), cancel=True)
    assert "n’a pas <b>abouti</b>" in client.get(response["Location"]).text


def test_a_provider_that_does_not_answer_leads_back_to_the_same_page(
    client: Client, alice: Account, franceconnect: Server, settings: Settings
) -> None:
    back = franceconnect.answer(client.get(sign_in_path(franceconnect))["Location"], login="alice")
    silent = {**franceconnect.app["settings"], "server_url": "http://127.0.0.1:1"}
    settings.SOCIALACCOUNT_PROVIDERS = providers_setting(Server("", {**franceconnect.app, "settings": silent}))
    for path in (back, sign_in_path(franceconnect)):
        response = client.get(path)
        assert "n’a pas <b>abouti</b>" in client.get(response["Location"]).text
    assert not is_signed_in(client)


@pytest.fixture
def doctor(cast: Cast, settings: Settings, psc: Server) -> Account:
    settings.SOCIALACCOUNT_PROVIDERS = providers_setting(psc)
    with isolation.system():
        cast.colleague.rpps = RPPS
        cast.colleague.save(update_fields=["rpps"])
    return cast.colleague_account


@pytest.mark.parametrize("login", ["doctor", "by-others"])
def test_the_rpps_of_pro_sante_connect_finds_the_professional_of_the_agreement(
    client: Client, doctor: Account, psc: Server, login: str
) -> None:
    go(client, psc, sign_in_path(psc), login=login)
    assert client.session["_auth_user_id"] == str(doctor.pk)
    assert SocialAccount.objects.get().user_id == doctor.pk
    assert client.get("/professionnel/")["Location"] == reverse("portals:second_factor_new"), "a factor is still asked"


def test_an_enrolled_professional_gives_a_code_as_after_a_password(
    client: Client, doctor: Account, psc: Server
) -> None:
    enrol_totp(by=doctor, account=doctor, key=b"0123456789abcdefghij", name="Téléphone")
    response = go(client, psc, sign_in_path(psc), login="doctor")
    assert response["Location"] == reverse("portals:second_factor")
    assert not is_signed_in(client)


def test_without_an_active_agreement_the_rpps_opens_nothing(
    client: Client, doctor: Account, cast: Cast, psc: Server
) -> None:
    with isolation.system():
        cast.colleague.agreements.update(end_date=datetime.date(2026, 1, 31))
    response = go(client, psc, sign_in_path(psc), login="doctor")
    assert "aucun compte n’y est" in client.get(response["Location"]).text
    response = go(client, psc, sign_in_path(psc), login="stranger")
    assert not is_signed_in(client)
