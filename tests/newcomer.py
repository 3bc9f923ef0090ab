"""The path of a newcomer, step by step: what tests about accounts and terms start from."""

import re
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from portals.jobs import run_due

CHOSEN = "tournesol marmite éclair 9"


def sign_up_as_member(client: Client, **answers: str) -> Any:
    """Posts the form of the member space; returns the response."""
    return client.post("/inscription/adherent/", answers)


def mails() -> list[EmailMessage]:
    """What the workers send now, oldest first; the box is emptied."""
    run_due()
    sent = list(mail.outbox)
    mail.outbox.clear()
    return sent


def credentials(sent: list[EmailMessage]) -> tuple[str, str]:
    """The identifier of the first e-mail and the temporary password of the second."""
    identifier = re.search(r"^\d{10}$", str(sent[0].body), re.MULTILINE)
    password = re.search(r"^(\w{4}-){4}\w{4}$", str(sent[1].body), re.MULTILINE)
    assert identifier and password
    return identifier[0], password[0]


def sign_in(client: Client, identifier: str, password: str, **more: str) -> Any:
    return client.post("/connexion/", {"login": identifier, "password": password, **more})


def choose_password(client: Client, password: str = CHOSEN) -> Any:
    return client.post("/mot-de-passe/nouveau/", {"password": password})


def accept_terms(client: Client, **changes: str) -> Any:
    """Ticks the box of the version in force; `accept=""` leaves it unticked."""
    answers = {"version": "1", "capacity": "adult", "representative_name": "", "accept": "on", **changes}
    return client.post("/cgu/acceptation/", {name: value for name, value in answers.items() if value})
