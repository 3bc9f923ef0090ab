"""Somebody of a practice beside the professional, and the links that e-mails carry."""

import re
from typing import Any

from django.core.mail import EmailMessage
from django.test import Client

from portals.access import isolation
from portals.accounts.models import Account
from providers.agreements.models import Agreement, Professional
from tests import builders
from tests.newcomer import mails

INVITED = "enora.le.bris@example.org"
CHOICE = "/inscription/professionnel/invitation/choix/"


def agreement_of(professional: Professional) -> Agreement:
    """The one agreement of a professional."""
    with isolation.system():
        return Agreement.objects.get(professional=professional)


def delegate(professional: Professional, role: str, **fields: Any) -> Account:
    """An account of the practice with a role."""
    return builders.account(professional, role=role, display_name=fields.pop("display_name", "Enora Le Bris"), **fields)


def signed_in(account: Account) -> Client:
    return builders.sign_in(Client(), account)


def link_in(message: EmailMessage) -> str:
    """The path of the invitation's link."""
    found = re.search(r"https?://[^/\s]+(/inscription/professionnel/invitation/[\w-]+/)", str(message.body))
    assert found, "no invitation in this e-mail"
    return found[1]


def invite(holder: Account, *, email: str = INVITED, role: str = "invoices") -> str:
    """The professional invites from the page; returns the path of the link that leaves."""
    answer = signed_in(holder).post("/professionnel/acces/inviter/", {"email": email, "role": role})
    assert (answer.status_code, answer["Location"]) == (302, "/professionnel/acces/")
    return invitation_link(email)


def invitation_link(email: str = INVITED) -> str:
    (message,) = [message for message in mails() if message.to == [email]]
    return link_in(message)


def accept(client: Client, link: str) -> Any:
    """Opens the link and answers as a newcomer."""
    client.get(link, follow=True)
    return client.post(CHOICE, {"name": "Enora Le Bris"})
