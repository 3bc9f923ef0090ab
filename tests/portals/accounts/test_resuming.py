"""A registration can be left at any step: the next sign-in leads to the one that is missing (CGU-1.6)."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django_otp.oath import totp

from portals.accounts.models import Account, AccountState
from portals.accounts.second_factor.models import TotpDevice
from portals.accounts.second_factor.rules import Kind
from tests import builders
from tests.newcomer import CHOSEN, accept_terms, choose_password, credentials, mails
from tests.portals.accounts.test_organisations import COMPANY, association, practice

PASSWORD, FACTOR, TERMS = "/mot-de-passe/nouveau/", "/verification/appareil/", "/cgu/acceptation/"


def member() -> tuple[str, dict[str, str]]:
    house = builders.household(member_number="60011234")
    person = builders.person(house, family_name="L’Hénoret", email="nora@example.org")
    builders.cover(builders.policy(house), person)
    born = f"{person.birth_date:%d/%m/%Y}"
    answers = {"member_number": "60011234", "family_name": "L’Hénoret", "birth_date": born, "email": "nora@example.org"}
    return "adherent", answers


def employer() -> tuple[str, dict[str, str]]:
    association()
    return "employeur", COMPANY


def professional() -> tuple[str, dict[str, str]]:
    return "professionnel", practice()


def code_of(account: Account) -> str:
    device = TotpDevice.objects.filter(user=account).latest("pk")
    return f"{totp(device.bin_key):06d}"


class Person:
    """Somebody who leaves after each step, and signs in again in a new browser."""

    def __init__(self, identifier: str) -> None:
        self.account = Account.objects.get(identifier=identifier)

    def comes_back(self, password: str) -> tuple[Client, str]:
        """The new browser, and where the sign-in led in the end."""
        client = Client()
        answer = client.post("/connexion/", {"login": self.account.identifier, "password": password}, follow=True)
        if answer.request["PATH_INFO"] == "/verification/":
            answer = client.post("/verification/", {"token": code_of(self.account)}, follow=True)
        return client, str(answer.request["PATH_INFO"])

    def state(self) -> str:
        self.account.refresh_from_db()
        return self.account.state


@pytest.mark.commitment("CGU-1.2", "CGU-1.3", "CGU-1.4", "CGU-1.6", "CGU-2.1")
@pytest.mark.parametrize("who", [member, employer, professional])
def test_whoever_leaves_at_a_step_resumes_there(
    db: None, client: Client, who: Callable[[], tuple[str, dict[str, str]]]
) -> None:
    space, answers = who()
    with time_machine.travel("2026-10-14T10:00:00Z", tick=False) as clock:
        client.post(f"/inscription/{space}/", answers)
        identifier, temporary = credentials(mails())
        person = Person(identifier)
        browser, where = person.comes_back(temporary)
        assert (where, person.state()) == (PASSWORD, AccountState.STARTED)
        choose_password(browser)
        browser, where = person.comes_back(CHOSEN)
        if space != "adherent":
            assert where == FACTOR
            register_application(browser, person.account)
            clock.shift(60)
            browser, where = person.comes_back(CHOSEN)
        assert (where, person.state()) == (TERMS, AccountState.STARTED)
        assert accept_terms(browser).status_code == 302
        assert person.state() == AccountState.VALIDATED
        clock.shift(60)
        assert person.comes_back(CHOSEN)[1] == f"/{space}/"


def register_application(browser: Client, account: Account) -> None:
    """Takes the path of the pages: an application, then its first code. The recovery codes are left unkept."""
    assert browser.post(FACTOR, {"kind": Kind.APPLICATION.value})["Location"] == f"{FACTOR}application/"
    browser.get(f"{FACTOR}application/")
    answer = browser.post(f"{FACTOR}application/", {"token": code_of(account), "name": "Téléphone"})
    assert answer.status_code == 302
