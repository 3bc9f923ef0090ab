"""Every page of the member's space, whatever room it is of: at most twelve queries, as many for ten lines as for ten
thousand."""

import datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.cast import Cast
from tests.permissions.matrix import TABLE, expectations_of
from tests.permissions.objects import OBJECTS
from tests.permissions.people import people_of
from tests.permissions.walks import leave

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
NOT_QUERIES = ("SAVEPOINT", "RELEASE", "ROLLBACK")
NAMES = sorted(name for name in TABLE["urls"] if expectations_of(name)["member"]["GET"] == 200)


def queries_of(client: Client, address: str) -> int | None:
    """What a page costs once everything is loaded; None for what is a file and no page."""
    with transaction.atomic():
        first = client.get(address)
        leave(first)
        with CaptureQueriesContext(connection) as captured:
            leave(client.get(address))
        transaction.set_rollback(True)
    if not first["Content-Type"].startswith("text/html"):
        return None
    return len([query for query in captured if not query["sql"].startswith(NOT_QUERIES)])


def test_no_page_costs_more_than_twelve_queries_nor_more_for_more_lines(cast: Cast) -> None:
    addresses = {name: reverse(name, kwargs=OBJECTS.get(name, lambda _cast: {})(cast)) for name in NAMES}
    client = people_of(cast)["member"].enter()
    last = datetime.date(2026, 9, 24)
    builders.benefits(cast.alice, 10, last=last)
    few = {name: queries_of(client, address) for name, address in addresses.items()}
    builders.benefits(cast.alice, 10_000, last=last)
    pages = [name for name, count in few.items() if count is not None]
    many = {name: queries_of(client, addresses[name]) for name in pages}
    assert {name: count for name, count in many.items() if count and count > MOST_QUERIES} == {}
    assert {name: (few[name], many[name]) for name in pages if few[name] != many[name]} == {}


@pytest.mark.parametrize(("state", "space"), [("company", "employers"), ("professional", "providers")])
def test_no_page_of_a_company_nor_of_a_professional_costs_more_than_twelve_queries(
    cast: Cast, state: str, space: str
) -> None:
    """That they do not grow with their rows is shown by each room, with rows of its own."""
    names = sorted(n for n in TABLE["urls"] if n.startswith(f"{space}:") and expectations_of(n)[state]["GET"] == 200)
    assert len(names) > 10
    client = people_of(cast)[state].enter()
    addresses = {name: reverse(name, kwargs=OBJECTS.get(name, lambda _cast: {})(cast)) for name in names}
    counts = {name: queries_of(client, address) for name, address in addresses.items()}
    assert {name: count for name, count in counts.items() if count and count > MOST_QUERIES} == {}
