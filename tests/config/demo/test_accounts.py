"""What `load_demo` makes and `demo_accounts` prints: each role signs in for real, once and again."""

import base64
import json
import time
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django_otp.oath import totp

from config.demo.accounts.opening import ORDER
from members.populate.cast import PERSONS
from members.statements.models import Statement
from portals.access import isolation
from portals.accounts.models import Account
from tests.pages import words_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

HOUSEHOLDS = 40
WITHOUT_FACTOR = {
    "member", "member-other", "dependant-adult", "dependant-minor", "member-new", "member-terminated", "member-suspended",
}  # fmt: skip


def load_demo() -> None:
    call_command("load_demo", members=HOUSEHOLDS, stdout=StringIO())


def demo_accounts() -> dict[str, dict[str, Any]]:
    printed = StringIO()
    call_command("demo_accounts", "--json", stdout=printed)
    answer = json.loads(printed.getvalue())
    assert answer["base_url"].startswith("http://")
    return {account["role"]: account for account in answer["accounts"]}


def sign_in(account: dict[str, Any]) -> tuple[Client, Any]:
    """The browser after a sign-in with what was printed, the code of the application included, and its last answer."""
    client = Client()
    typed = {"login": account["identifier"], "password": account["password"]}
    answer = client.post("/connexion/", typed, follow=True)
    if account["totp_secret"]:
        assert answer.request["PATH_INFO"] == "/verification/", account["role"]
        code = f"{totp(base64.b32decode(account['totp_secret']), t0=0, step=30, digits=6):06d}"
        answer = client.post("/verification/", {"token": code}, follow=True)
    return client, answer


def test_every_role_of_the_specification_signs_in_and_a_second_start_changes_none() -> None:
    load_demo()
    accounts = demo_accounts()
    assert tuple(accounts) == ORDER and len(ORDER) == 27
    assert {role for role, account in accounts.items() if account["totp_secret"] is None} == WITHOUT_FACTOR
    for role, account in accounts.items():
        _, answer = sign_in(account)
        assert answer.request["PATH_INFO"] == where(role, account["space"]), role
        assert answer.status_code == (403 if role == "member-suspended" else 200), role
    count = Account.objects.count()
    load_demo()
    assert demo_accounts() == accounts
    assert Account.objects.count() == count
    what_each_of_them_finds(accounts)


def what_each_of_them_finds(accounts: dict[str, dict[str, Any]]) -> None:
    """Codes are good once: a minute later there are others."""
    with time_machine.travel(time.time() + 60):
        _, suspended = sign_in(accounts["member-suspended"])
        assert "connexions inhabituelles" in words_of(suspended.text)
        ended, _ = sign_in(accounts["member-terminated"])
        with isolation.system():
            assert Statement.objects.filter(recipient__person_ref=PERSONS["member-terminated"]).exists()
        assert ended.get("/adherent/releves/").status_code == 200
        accountant, _ = sign_in(accounts["employer-accountant"])
        assert accountant.get("/employeur/utilisateurs/").status_code == 403
        administrator, _ = sign_in(accounts["employer-admin"])
        assert "Sterenn Cadiou" in administrator.get("/employeur/utilisateurs/").text
    agent, guardian = (
        Account.objects.get(identifier=accounts[role]["identifier"]) for role in ("filing-agent", "guardian")
    )
    assert [grant.basis for grant in agent.grants.all()] == ["mandate"] * 2
    assert [grant.basis for grant in guardian.grants.all()] == ["representation"] * 2


def where(role: str, space: str) -> str:
    if role == "member-new":
        return "/mot-de-passe/nouveau/"
    if role in {"guardian", "filing-agent"}:
        return "/compte/personnes/"
    return "/gestion/mode/" if space == "gestion" else f"/{space}/"
