"""A professional at the counter, and what the tests read of the page."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client

from members.households.models import Person
from portals.access import isolation
from providers.rights.models import RightsLookup
from tests.pages import words_of

ADDRESS = "/professionnel/droits/"
NOON = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)
CARE = "09/10/2026"


def ask(client: Client, person: Person | None = None, **typed: Any) -> Any:
    """Send the form: for a person as their card says, unless told otherwise."""
    said = {"day": CARE}
    if person is not None:
        with isolation.system():
            number = person.household.member_number
        said |= {"member_number": number, "birth_date": f"{person.birth_date:%d/%m/%Y}"}
    return client.post(ADDRESS, said | typed)


def answer_of(response: HttpResponse) -> str:
    """The words of the answer, without the form and the rest of the page."""
    markup = response.content.decode()
    part = markup.split('class="result"')[1].split("<form")[0]
    return words_of(f"<div {part}")


def heading_of(response: HttpResponse) -> str:
    markup = response.content.decode()
    return words_of(markup.split("<h1>")[1].split("</h1>")[0])


def lookups() -> list[RightsLookup]:
    with isolation.system():
        return list(RightsLookup.objects.order_by("id"))
