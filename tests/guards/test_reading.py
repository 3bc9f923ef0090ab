"""Reading a page changes nothing but the journal (and the session, which remembers that somebody was there)."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portals.accounts.models import Account
from tests import builders
from tests.cast import Cast
from tests.permissions.matrix import TABLE
from tests.permissions.test_matrix import OBJECTS, leave

pytestmark = pytest.mark.django_db

WRITES = re.compile(r'^\s*(?:WITH\b.*?\)\s*)?(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE | re.DOTALL)
# The register of documents given out is the journal's neighbour: one row for each PDF that anybody can check.
MAY_BE_WRITTEN = {"privacy_entry", "django_session", "portals_issueddocument"}


@pytest.mark.parametrize("url_name", sorted(TABLE["urls"]))
def test_a_get_writes_nothing_but_the_journal(url_name: str, cast: Cast) -> None:
    address = reverse(url_name, kwargs=OBJECTS.get(url_name, lambda _cast: {})(cast))
    holders: dict[str, Account] = {"employers": cast.company_account, "providers": cast.professional_account}
    client = builders.sign_in(Client(), holders.get(url_name.partition(":")[0], cast.alice_account))
    with CaptureQueriesContext(connection) as captured:
        leave(client.get(address))
    written = {found[2] for query in captured if (found := WRITES.match(query["sql"]))}
    assert written <= MAY_BE_WRITTEN
