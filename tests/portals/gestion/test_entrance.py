"""Who enters `/gestion/`, by which door, and for how long."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portals.access import isolation
from portals.gestion import mode
from portals.gestion.roles import Role
from privacy.models import Entry
from tests import builders
from tests.permissions.test_matrix import without_what_is_drawn

pytestmark = pytest.mark.django_db

ADDRESSES = ["/gestion/", "/gestion/login/", "/gestion/portals/account/", "/gestion/roles/", "/gestion/nothing/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_signed_out_is_led_to_the_sign_in_of_everybody(client: Client, address: str, method: str) -> None:
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/connexion/?next={address}")


@pytest.mark.asvs("13.4.5")
@pytest.mark.parametrize("address", ADDRESSES)
def test_to_a_member_it_looks_exactly_like_a_missing_page(client: Client, address: str) -> None:
    builders.sign_in(client, builders.account(builders.person(builders.household())))
    answer, missing = client.get(address), client.get("/rien-ici/")
    assert answer.status_code == missing.status_code == 404
    assert without_what_is_drawn(answer) == without_what_is_drawn(missing)


def test_an_account_of_the_staff_space_that_is_not_staff_gets_nothing(client: Client) -> None:
    builders.sign_in(client, builders.staff(is_staff=False))
    assert client.get("/gestion/").status_code == 404


def test_without_a_second_factor_the_gate_asks_for_one(client: Client) -> None:
    account = builders.colleague(Role.SECURITY)
    builders.enter_gestion(client, account)
    session = client.session
    del session["otp_device_id"]
    session.save()
    for address in ("/gestion/", reverse("admin:mode"), reverse("admin:portals_account_changelist")):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("portals:second_factor_new"))


def test_rights_are_off_until_switched_on(client: Client) -> None:
    builders.sign_in(client, builders.colleague(Role.SECURITY))
    asked = reverse("admin:portals_account_changelist")
    answer = client.get(asked)
    assert answer["Location"] == f"{reverse('admin:mode')}?next={asked.replace('/', '%2F')}"
    assert "fermé" in client.get(reverse("admin:mode")).content.decode()
    answer = client.post(reverse("admin:mode"), {"motive": "check", "next": asked})
    assert answer["Location"] == asked
    assert client.get(asked).status_code == 200
    assert Entry.objects.filter(action="gestion.switched_on", details={"motive": "check"}).exists()


def test_the_switch_asks_who_is_there_when_the_sign_in_is_old(client: Client) -> None:
    with time_machine.travel(datetime.datetime(2026, 11, 3, 9, tzinfo=datetime.UTC), tick=False) as clock:
        builders.sign_in(client, builders.colleague(Role.SECURITY))
        clock.shift(datetime.timedelta(minutes=6))
        answer = client.post(reverse("admin:mode"), {})
        assert answer["Location"].startswith(reverse("portals:step_up"))
        assert mode.UNTIL not in client.session


def test_it_leads_nowhere_else_than_here(client: Client) -> None:
    builders.sign_in(client, builders.colleague(Role.SECURITY))
    for address in ("https://ailleurs.example/gestion/", "//ailleurs.example/", "/adherent/", ""):
        assert client.post(reverse("admin:mode"), {"next": address})["Location"] == "/gestion/"


def test_rights_lapse_after_thirty_minutes_whatever_was_done(client: Client) -> None:
    with time_machine.travel(datetime.datetime(2026, 11, 3, 9, tzinfo=datetime.UTC), tick=False) as clock:
        builders.enter_gestion(client, builders.colleague(Role.SECURITY))
        for _ in range(4):
            assert client.get("/gestion/").status_code == 200
            clock.shift(datetime.timedelta(minutes=7))
        assert client.get("/gestion/").status_code == 200
        clock.shift(datetime.timedelta(minutes=2))
        assert client.get("/gestion/")["Location"].startswith(reverse("admin:mode"))


def test_rights_can_be_given_back(client: Client) -> None:
    builders.enter_gestion(client, builders.colleague(Role.SECURITY))
    client.post(reverse("admin:mode_off"))
    assert client.get("/gestion/").status_code == 302


@pytest.mark.parametrize(
    "name", ["login", "logout", "password_change", "password_change_done", "jsi18n", "autocomplete"]
)
@pytest.mark.asvs("6.3.4")
def test_the_pages_of_the_admin_that_sign_in_or_change_passwords_do_not_exist(client: Client, name: str) -> None:
    builders.enter_gestion(client, builders.colleague(Role.SECURITY))
    address = f"/gestion/{name.replace('_done', '/done')}/"
    for answer in (client.get(address), client.post(address, {"username": "1", "password": "2"})):
        assert answer.status_code == 404
        assert b'type="password"' not in answer.content


def test_staff_land_there_after_signing_in(client: Client) -> None:
    builders.sign_in(client, builders.colleague(Role.AGENT))
    assert client.get("/connexion/")["Location"] == "/gestion/"


def test_public_pages_pay_no_query_for_it(client: Client, django_assert_num_queries: object) -> None:
    client.get("/dpo/")
    with django_assert_num_queries(3):  # type: ignore[operator]  # savepoint, announced interruptions, release
        client.get("/dpo/")


def test_the_context_of_staff_is_set_in_gestion_only(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    applied: list[dict[str, str]] = []
    real = isolation.apply

    def noted(values: dict[str, str]) -> None:
        applied.append(values)
        real(values)

    monkeypatch.setattr(isolation, "apply", noted)
    builders.enter_gestion(client, builders.colleague(Role.AGENT))
    client.get("/compte/")
    assert {"app.scope": "staff"} not in applied
    client.get("/gestion/")
    assert {"app.scope": "staff"} in applied
    applied.clear()
    builders.enter_gestion(client, builders.colleague(Role.MEDICAL_ADVISER))
    assert client.get("/gestion/").status_code == 200
    assert {"app.scope": "staff"} not in applied
