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
from tests.permissions.people import people_of
from tests.permissions.test_matrix import OBJECTS, leave

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
