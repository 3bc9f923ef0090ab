"""Reading a page changes nothing but the journal (and the session, which remembers that somebody was there)."""

import copy
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portals.accounts.models import Account
from tests import builders
from tests.cast import Cast
from tests.harness.visits import Visit
from tests.permissions.matrix import TABLE
from tests.permissions.walks import address_of, first_and_last, leave, together, undone

pytestmark = pytest.mark.django_db

WRITES = re.compile(r'^\s*(?:WITH\b.*?\)\s*)?(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE | re.DOTALL)
# The register of documents given out is the journal's neighbour: one row for each PDF that anybody can check.
MAY_BE_WRITTEN = {"privacy_entry", "django_session", "portals_issueddocument"}


@pytest.mark.parametrize("some", together(sorted(TABLE["urls"])), ids=first_and_last)
def test_a_get_writes_nothing_but_the_journal(some: list[str], cast: Cast) -> None:
    clients = {
        holder.pk: builders.sign_in(Visit(), holder)
        for holder in (cast.alice_account, cast.company_account, cast.professional_account)
    }
    written = {}
    for url_name in some:
        with undone():
            written[url_name] = tables_written(clients[holder_of(url_name, cast).pk], address_of(url_name, cast))
    assert {name: tables for name, tables in written.items() if not tables <= MAY_BE_WRITTEN} == {}


def holder_of(url_name: str, cast: Cast) -> Account:
    """Whoever has the pages of this space; Alice for those of everybody."""
    holders: dict[str, Account] = {"employers": cast.company_account, "providers": cast.professional_account}
    return holders.get(url_name.partition(":")[0], cast.alice_account)


def tables_written(client: Client, address: str) -> set[str]:
    cookies = copy.deepcopy(client.cookies)
    with CaptureQueriesContext(connection) as captured:
        leave(client.get(address))
    client.cookies = cookies
    return {found[2] for query in captured if (found := WRITES.match(query["sql"]))}
