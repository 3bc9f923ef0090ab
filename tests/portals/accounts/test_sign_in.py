"""Signing in and out: what is refused, what a session is, what it leaves behind."""

import datetime

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import Client

from portals.accounts.models import Account, AccountState
from tests import builders
from tests.cast import Cast
from tests.newcomer import sign_in

WRONG = "Identifiant ou mot de passe incorrect."


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


def test_the_right_identifier_and_password_lead_to_the_space_of_the_account(cast: Cast, client: Client) -> None:
    for someone, home in (
        (cast.alice_account, "/adherent/"),
        (cast.company_account, "/employeur/"),
        (cast.professional_account, "/professionnel/"),
    ):
        response = sign_in(Client(), someone.identifier, builders.PASSWORD)
        assert (response.status_code, response["Location"]) == (302, home)


def test_the_identifier_may_be_typed_with_spaces(account: Account, client: Client) -> None:
    spaced = f" {account.identifier[:4]} {account.identifier[4:7]} {account.identifier[7:]}"
    assert sign_in(client, spaced, builders.PASSWORD).status_code == 302


@pytest.mark.asvs("6.3.8")
def test_a_wrong_password_and_an_unknown_identifier_get_the_same_page(account: Account) -> None:
    known = sign_in(Client(), account.identifier, "autre chose")
    unknown = sign_in(Client(), "1234567897", "autre chose")
    assert known.status_code == unknown.status_code == 200
    assert WRONG in known.text
    assert set(known.headers) == set(unknown.headers)
    assert _without_variables(known.text) == _without_variables(unknown.text)


def _without_variables(page: str) -> list[str]:
    """The page but for what was typed, the form's token and the reference of the request."""
    return [line for line in page.splitlines() if 'name="login"' not in line and "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("change", [{"is_active": False}, {"state": AccountState.CLOSED}])
def test_a_closed_account_is_refused_like_a_wrong_password(
    account: Account, client: Client, change: dict[str, object]
) -> None:
    Account.objects.filter(pk=account.pk).update(**change)
    assert WRONG in sign_in(client, account.identifier, builders.PASSWORD).text


@pytest.mark.commitment("CGU-2.3")
def test_a_temporary_password_is_refused_after_twenty_four_hours_like_a_wrong_one(account: Account) -> None:
    until = datetime.datetime(2026, 10, 15, 10, tzinfo=datetime.UTC)
    Account.objects.filter(pk=account.pk).update(temporary_password_until=until, must_choose_password=True)
    with time_machine.travel(until, tick=False):
        assert WRONG in sign_in(Client(), account.identifier, builders.PASSWORD).text
    with time_machine.travel(until - datetime.timedelta(seconds=1), tick=False):
        assert sign_in(Client(), account.identifier, builders.PASSWORD).status_code == 302


@pytest.mark.commitment("CGU-2.3")
@pytest.mark.asvs("6.4.1")
def test_a_temporary_password_works_once_and_opens_only_the_choice_of_another(account: Account) -> None:
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)
    Account.objects.filter(pk=account.pk).update(temporary_password_until=soon, must_choose_password=True)
    first, second = Client(), Client()
    assert sign_in(first, account.identifier, builders.PASSWORD).status_code == 302
    assert WRONG in sign_in(second, account.identifier, builders.PASSWORD).text
    assert first.get("/adherent/")["Location"] == "/mot-de-passe/nouveau/"
    refused = first.post("/mot-de-passe/nouveau/", {"password": "azertyuiopqsdfgh"})
    assert refused.status_code == 200 and "touches du clavier" in refused.text
    assert first.get("/adherent/")["Location"] == "/mot-de-passe/nouveau/"


@pytest.mark.asvs("7.2.4")
def test_the_session_changes_its_name_at_sign_in_and_at_the_choice_of_a_password(account: Account) -> None:
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)
    Account.objects.filter(pk=account.pk).update(temporary_password_until=soon, must_choose_password=True)
    client = Client()
    session = client.session
    session["before"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    names = [session.session_key]
    sign_in(client, account.identifier, builders.PASSWORD)
    names.append(client.session.session_key)
    client.post("/mot-de-passe/nouveau/", {"password": "tournesol marmite éclair 9"})
    names.append(client.session.session_key)
    assert len(set(names)) == 3


@pytest.mark.commitment("CGU-8.14")
def test_no_cookie_outlives_the_connection(account: Account, client: Client) -> None:
    client.get("/")
    client.get("/connexion/")
    sign_in(client, account.identifier, builders.PASSWORD)
    client.get("/compte/")
    assert set(client.cookies) >= {"sessionid", "csrftoken"}
    for cookie in client.cookies.values():
        assert cookie["max-age"] == "" and cookie["expires"] == ""


@pytest.mark.asvs("7.3.1")
def test_a_session_ends_after_thirty_minutes_without_a_page(account: Account, client: Client) -> None:
    with time_machine.travel("2026-10-14T08:00:00Z", tick=False) as clock:
        sign_in(client, account.identifier, builders.PASSWORD)
        for _ in range(3):
            clock.shift(datetime.timedelta(minutes=28))
            assert client.get("/compte/").status_code == 200
        clock.shift(datetime.timedelta(minutes=30))
        assert client.get("/compte/")["Location"] == "/connexion/?next=/compte/"


@pytest.mark.asvs("7.3.2")
def test_a_session_ends_after_twelve_hours_whatever_is_read(account: Account, client: Client) -> None:
    with time_machine.travel("2026-10-14T06:00:00Z", tick=False) as clock:
        sign_in(client, account.identifier, builders.PASSWORD)
        for _ in range(29):
            clock.shift(datetime.timedelta(minutes=24, seconds=45))
            assert client.get("/compte/").status_code == 200
        clock.shift(datetime.timedelta(minutes=5))
        assert client.get("/compte/").status_code == 302


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/compte/", "/compte/"),
        ("/adherent/prestations/?annee=2026", "/adherent/prestations/?annee=2026"),
        ("https://ailleurs.example/", "/adherent/"),
        ("//ailleurs.example/", "/adherent/"),
        ("/\\ailleurs.example", "/adherent/"),
        ("javascript:alert(1)", "/adherent/"),
        ("/employeur/", "/adherent/"),
        ("", "/adherent/"),
    ],
)
def test_only_a_page_of_this_site_and_of_this_space_is_reached_after_sign_in(
    account: Account, client: Client, asked: str, reached: str
) -> None:
    assert sign_in(client, account.identifier, builders.PASSWORD, next=asked)["Location"] == reached


def test_the_page_asked_for_is_kept_by_the_sign_in_form(account: Account, client: Client) -> None:
    assert client.get("/compte/")["Location"] == "/connexion/?next=/compte/"
    assert '<input type="hidden" name="next" value="/compte/">' in client.get("/connexion/?next=/compte/").text


@pytest.mark.asvs("7.4.1", "7.4.4")
def test_signing_out_is_a_button_and_clears_the_browser(account: Account, client: Client) -> None:
    sign_in(client, account.identifier, builders.PASSWORD)
    asked = client.get("/deconnexion/")
    assert asked.status_code == 200 and '<form class="acts" method="post">' in asked.text
    assert client.get("/compte/").status_code == 200
    left = client.post("/deconnexion/")
    assert left["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/compte/").status_code == 302
    assert "Votre session est <b>fermée</b>" in client.get(left["Location"]).text


def test_whoever_is_signed_in_is_led_home_by_the_door_pages(account: Account, client: Client) -> None:
    sign_in(client, account.identifier, builders.PASSWORD)
    for address in ("/connexion/", "/inscription/adherent/", "/inscription/employeur/"):
        assert client.get(address)["Location"] == "/adherent/"
    assert "Ouvrir mon espace" in client.get("/").text


@pytest.mark.commitment("CGU-1.1")
def test_an_account_belongs_to_one_space_and_the_others_do_not_exist_for_it(cast: Cast) -> None:
    homes = {"/adherent/": cast.alice_account, "/employeur/": cast.company_account,
             "/professionnel/": cast.professional_account}  # fmt: skip
    for own, account in homes.items():
        client = builders.sign_in(Client(), account)
        for address in homes:
            assert client.get(address).status_code == (200 if address == own else 404)


@pytest.mark.commitment("CGU-1.1")
def test_each_space_has_its_own_door(db: None, client: Client) -> None:
    home = client.get("/").text
    for address in ("/inscription/adherent/", "/connexion/?espace=employeur", "/connexion/?espace=professionnel"):
        assert address in home
    for space in ("employeur", "professionnel"):
        page = client.get(f"/connexion/?espace={space}").text
        assert f'data-space="{space}"' in page and f"/inscription/{space}/" in page


@pytest.mark.commitment("CGU-1.7", "CGU-2.12")
def test_the_account_page_says_who_acts_for_whom_and_what_was_accepted(cast: Cast, client: Client) -> None:
    builders.sign_in(client, cast.company_account)
    page = client.get("/compte/").text
    assert cast.company.name in page and cast.company_account.identifier in page
    assert "Version 1" in page and "/cgu/1/" in page


@pytest.mark.commitment("CGU-2.5", "CGU-2.6")
def test_whoever_chooses_a_password_reads_that_it_is_theirs_alone_and_that_they_answer_for_it(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(must_choose_password=True)
    client = builders.sign_in(Client(), account)
    page = client.get("/mot-de-passe/nouveau/").text
    for words in (
        "strictement personnel et confidentiel",
        "gardez-le en lieu sûr et ne le donnez à personne",
        "Vous répondez de ce qui serait fait avec lui, même s’il a été divulgué sans que vous le vouliez",
    ):
        assert words in page
    Account.objects.filter(pk=account.pk).update(must_choose_password=False)
    assert "vous répondez de ce qui est fait avec lui" in client.get("/compte/").text


@pytest.mark.asvs("7.2.1", "7.2.2", "7.2.3")
def test_a_session_is_a_drawn_name_that_the_server_alone_understands(account: Account) -> None:
    names = set()
    for _ in range(20):
        client = Client()
        sign_in(client, account.identifier, builders.PASSWORD)
        names.add(client.cookies["sessionid"].value)
    assert len(names) == 20 and all(len(name) == 32 and name.isalnum() for name in names)  # 36³²: 165 bits
    forged = Client()
    forged.cookies["sessionid"] = "a" * 32
    assert forged.get("/compte/").status_code == 302


@pytest.mark.asvs("6.2.10")
def test_a_password_chosen_long_ago_is_still_good(account: Account, client: Client) -> None:
    long_ago = datetime.datetime(2016, 1, 1, tzinfo=datetime.UTC)
    Account.objects.filter(pk=account.pk).update(password_changed_at=long_ago)
    assert sign_in(client, account.identifier, builders.PASSWORD)["Location"] == "/adherent/"


@pytest.mark.asvs("6.2.6", "6.2.7")
def test_passwords_are_masked_and_may_be_pasted(db: None, client: Client) -> None:
    page = client.get("/connexion/").text
    assert 'type="password"' in page and 'autocomplete="current-password"' in page
    assert "paste" not in page.lower()
    scripts = "".join(
        script.read_text(encoding="utf-8") for script in (django_settings.ROOT / "static/js").glob("*.js")
    )
    assert '"paste"' not in scripts


@pytest.mark.asvs("6.3.2")
def test_nobody_has_an_account_before_one_is_opened(db: None) -> None:
    assert not Account.objects.exists()
