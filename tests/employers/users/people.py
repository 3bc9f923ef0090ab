"""Somebody of a company beside its administrator, and the links that e-mails carry."""

import re
from typing import Any

from django.core.mail import EmailMessage
from django.test import Client

from employers.companies.models import Company
from portals.access.entry import ACTING_GRANT
from portals.access.models import Grant
from portals.accounts.models import Account
from tests import builders
from tests.newcomer import mails

INVITED = "nolwenn.riou@example.org"


def colleague(company: Company, role: str, **fields: Any) -> Account:
    """An account of the company with a role."""
    return builders.account(company, role=role, display_name=fields.pop("display_name", "Nolwenn Riou"), **fields)


def signed_in(account: Account) -> Client:
    return builders.sign_in(Client(), account)


def acting(account: Account, company: Company) -> Client:
    """A filing agent who has chosen this client."""
    client = signed_in(account)
    session = client.session
    session[ACTING_GRANT] = Grant.objects.get(account=account, tenant_id=company.pk).pk
    session.save()
    return client


def grant_of(account: Account) -> Grant:
    return Grant.objects.get(account=account)


def link_in(message: EmailMessage) -> str:
    """The path of the invitation's link."""
    found = re.search(r"https?://[^/\s]+(/inscription/employeur/invitation/[\w-]+/)", str(message.body))
    assert found, "no invitation in this e-mail"
    return found[1]


def invite(administrator: Account, *, email: str = INVITED, role: str = "hr_manager") -> str:
    """The administrator invites from the page; returns the path of the link that leaves."""
    answer = signed_in(administrator).post("/employeur/utilisateurs/inviter/", {"email": email, "role": role})
    assert (answer.status_code, answer["Location"]) == (302, "/employeur/utilisateurs/")
    return invitation_link(email)


def invitation_link(email: str = INVITED) -> str:
    (message,) = [message for message in mails() if message.to == [email]]
    return link_in(message)


def open_link(client: Client, link: str) -> Any:
    """Follows the link until the page that has no token in its address."""
    return client.get(link, follow=True)


def accept(client: Client, link: str, **answers: str) -> Any:
    """Opens the link and answers as a newcomer."""
    open_link(client, link)
    return client.post("/inscription/employeur/invitation/choix/", {"name": "Nolwenn Riou", **answers})
