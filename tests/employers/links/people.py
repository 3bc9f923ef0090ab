"""A company that invites somebody by link, and whoever holds the link."""

import datetime
import re
from typing import Any

from django.core.mail import EmailMessage
from django.test import Client

from employers.links.models import EmployeeLink
from members.populate.identifiers import nir
from portals.access import isolation
from portals.accounts.models import Account
from tests.employers.users.people import signed_in
from tests.newcomer import mails

LINKS = "/employeur/salaries/liens/"
ADDRESS = "maelle@example.org"
BORN = datetime.date(1991, 4, 5)
NIR = nir("2", BORN, "56", 7)
CHILD_NIR = nir("1", datetime.date(2019, 5, 4), "56", 9)
IBAN = "FR7630006000011234567890189"
INVITED = {
    "given_names": "Maëlle", "family_name": "Le Roux", "email": ADDRESS, "start_date": "01/12/2026",
    "employee_number": "M-0042",
}  # fmt: skip
IDENTITY = {
    "family_name": "Le Roux", "birth_name": "Riou", "given_names": "Maëlle", "sex": "2", "birth_date": "05/04/1991",
    "nir": NIR, "email": "chez.moi@example.org", "phone": "0600000000",
}  # fmt: skip
CHILD = {
    "case": "child", "family_name": "Le Roux", "birth_name": "", "given_names": "Malo", "sex": "1",
    "birth_date": "04/05/2019", "nir": CHILD_NIR,
}  # fmt: skip


def links() -> list[EmployeeLink]:
    with isolation.system():
        return list(EmployeeLink.objects.select_related("affiliation").order_by("pk"))


def the_link() -> EmployeeLink:
    (link,) = links()
    return link


def link_in(message: EmailMessage) -> str:
    """The path of the link in an e-mail."""
    found = re.search(r"https?://[^/\s]+(/affiliation/lien/[\w-]+/)", str(message.body))
    assert found, "no link in this e-mail"
    return found[1]


def mail_to(address: str) -> EmailMessage:
    (message,) = [message for message in mails() if message.to == [address]]
    return message


def invite(by: Account, **fields: str) -> str:
    """The company sends a link from its page; returns its path."""
    told = INVITED | fields
    answer = signed_in(by).post(f"{LINKS}envoyer/", told)
    assert (answer.status_code, answer["Location"]) == (302, LINKS), answer.text
    return link_in(mail_to(told["email"]))


def holding(link: str) -> Client:
    """Somebody who opened the link."""
    client = Client()
    answer = client.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/affiliation/")
    return client


def completed(link: str, **fields: Any) -> Client:
    """They say who they are, that they cover Malo, where they are paid, and send it."""
    client = holding(link)
    assert client.post("/affiliation/identite/", IDENTITY | fields)["Location"] == "/affiliation/beneficiaires/"
    assert client.post("/affiliation/beneficiaires/", CHILD)["Location"] == "/affiliation/beneficiaires/"
    assert client.post("/affiliation/compte/", {"iban": IBAN})["Location"] == "/affiliation/envoi/"
    assert client.post("/affiliation/envoi/")["Location"] == "/affiliation/fin/"
    return client


def confirm(by: Account, start_date: str = "01/12/2026") -> Any:
    return signed_in(by).post(f"{LINKS}{the_link().pk}/confirmer/", {"start_date": start_date})
