"""What `load_demo` makes and `demo_accounts` prints: accounts that open their space, once and again."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from config.demo.accounts import MEMBER_NOTES
from portals.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


def demo_accounts() -> dict[str, dict[str, Any]]:
    printed = StringIO()
    call_command("demo_accounts", "--json", stdout=printed)
    answer = json.loads(printed.getvalue())
    assert answer["base_url"].startswith("http://")
    return {account["role"]: account for account in answer["accounts"]}


def where_it_leads(account: dict[str, Any]) -> str:
    """The last address after a sign-in with what was printed."""
    client = Client()
    typed = {"login": account["identifier"], "password": account["password"]}
    return str(client.post("/connexion/", typed, follow=True).request["PATH_INFO"])


def test_each_account_signs_in_to_its_space_and_a_second_start_changes_none() -> None:
    call_command("load_demo", members=60, stdout=StringIO())
    accounts = demo_accounts()
    assert accounts.keys() >= {*MEMBER_NOTES, "employer-admin", "provider"}
    for role, account in accounts.items():
        home = "/mot-de-passe/nouveau/" if role == "member-new" else f"/{account['space']}/"
        assert where_it_leads(account) == home, role
    count = Account.objects.count()
    call_command("load_demo", members=60, stdout=StringIO())
    assert demo_accounts() == accounts
    assert Account.objects.count() == count
