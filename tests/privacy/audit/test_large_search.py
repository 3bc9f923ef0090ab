"""The DPO's search on a journal of years: by person, account, agent, object and period, at the cost of what is found.

`ENTRIES=50000000` runs it on fifty million entries: `ENTRIES=50000000 .venv/bin/python -m pytest -n 0 -q -s` on this file.
"""

import datetime
import sys
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client

from portals.accounts.models import Account
from portals.gestion.roles import Role
from privacy.audit.search_forms import SearchForm, selection
from privacy.history.queries import PAGE
from tests import builders
from tests.privacy.audit import large

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.commitment("PDP-7.5")]

SEARCH = "/gestion/privacy/entry/"
PAGE_SECONDS = 1.0
"""The whole page, whatever is asked, once the templates are loaded."""
MOST_ROWS = 4 * large.EACH
"""Entries looked at for a page, when somebody or something is asked for: what is theirs, never the journal."""


@pytest.fixture
def dpo(owner_connection: psycopg.Connection) -> Client:
    """The officer, in front of the large journal."""
    large.fill(owner_connection)
    client = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    client.get(SEARCH)
    return client


def holder_of(number: int) -> Account:
    """An account that has this number in the journal."""
    return builders.staff(id=number)


def day(text: datetime.date) -> str:
    return f"{text:%d/%m/%Y}"


def searches() -> dict[str, dict[str, Any]]:
    """What is asked, over all the years; the last ones by period alone."""
    months = large.months()
    years = {"du": day(months[0]), "au": day(months[-1] + datetime.timedelta(days=27))}
    month = {"du": day(months[-2]), "au": day(months[-2] + datetime.timedelta(days=27))}
    some = large.ACCOUNTS // 3
    return {
        "person": {"personne": large.FIRST_PERSON + some, **years},
        "unknown person": {"personne": 3, **years},
        "account": {"compte": large.FIRST_ACCOUNT + some, **years},
        "agent": {"agent": large.FIRST_ACCOUNT + some, **years},
        "busy agent": {"agent": large.BUSY, **years},
        "object": {"objet": "benefit_line", "numero": "31", **years},
        "person, one month": {"personne": large.FIRST_PERSON + some, **month},
        "person and operation": {"personne": large.FIRST_PERSON + some, "operation": "gestion.consulted", **years},
        "period": month,
        "period and operation": {"operation": "benefits.listed", **month},
        "period and rare operation": {"operation": large.RARE, **month},
        "period and reference": {"reference": f"R{large.FIRST_ID + large.ENTRIES * 22 // 24 + 5}", **month},
    }


def test_each_search_reads_what_it_finds_and_never_the_journal(dpo: Client) -> None:
    wrong, lines = [], []
    for name, asked in searches().items():
        for field in ("compte", "agent"):
            if field in asked:
                found = Account.objects.filter(pk=asked[field]).first() or holder_of(asked[field])
                asked = {**asked, field: found.identifier}
        form = SearchForm(asked)
        assert form.is_valid(), form.errors
        entries = selection(form.cleaned_data).order_by("-at", "-id")[: PAGE + 1]
        first, read = large.reading_of(entries), large.reading_of(entries)
        began = time.perf_counter()
        answer = dpo.get(SEARCH, asked)
        spent = time.perf_counter() - began
        assert answer.status_code == 200
        lines.append(
            f"{name:<26} {read.found:>3} found, {read.rows:>9,} read, {len(read.partitions):>2} months,"
            f" {first.seconds:7.3f} s then {read.seconds:6.3f} s, page {spent:6.3f} s  {', '.join(read.nodes)}"
        )
        wrong += [f"{name}: {fault}" for fault in faults_of(name, read, spent)]
    sys.stdout.write("\n" + "\n".join([f"{large.ENTRIES:,} entries, {size_of_journal()}", *lines]) + "\n")
    assert wrong == []


def faults_of(name: str, read: large.Reading, spent: float) -> Iterator[str]:
    months = len(read.partitions)
    if name.startswith("period") or "one month" in name:
        if months > 2:
            yield f"{months} months opened for one"
    if not name.startswith("period"):
        if read.scanned:
            yield f"read from end to end: {read.scanned[:3]}"
        if read.rows > MOST_ROWS:
            yield f"{read.rows} entries looked at"
    elif read.rows > 2 * large.ENTRIES / large.MONTHS:
        yield f"{read.rows} entries looked at: more than two months hold"
    if read.found == 0 and "unknown" not in name:
        yield "nothing found"
    if spent > PAGE_SECONDS:
        yield f"{spent:.2f} s"


def size_of_journal() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_size_pretty(sum(pg_total_relation_size(relid))) FROM pg_partition_tree('privacy_entry')"
        )
        return str(cursor.fetchone()[0])
