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

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.commitment("PDP-7.5"),
]

SEARCH = "/gestion/privacy/entry/"
PAGE_SECONDS, PERIOD_SECONDS = 1.0, 4.0
"""The whole page, once the templates are loaded: when something is asked for, and when a month is read for itself."""
MOST_ROWS = 4 * large.EACH
"""Entries looked at for a page, when somebody or something is asked for: what is theirs, never the journal."""


@pytest.fixture
def dpo(owner_connection: psycopg.Connection) -> Client:
    """The officer, in front of the large journal."""
    large.fill(owner_connection)
    client = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    client.get(SEARCH)
    return client


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
        typed = {field: typed_in(field, value) for field, value in asked.items()}
        form = SearchForm(typed)
        assert form.is_valid(), form.errors
        entries = selection(form.cleaned_data).order_by("-at", "-id")[: PAGE + 1]
        first, read = large.reading_of(entries), large.reading_of(entries)
        began = time.perf_counter()
        answer = dpo.get(SEARCH, typed)
        spent = time.perf_counter() - began
        assert answer.status_code == 200
        lines.append(
            f"{name:<26} {read.found:>3} found, {read.rows:>9,} read, {len(read.partitions):>2} months,"
            f" {first.seconds:7.3f} s then {read.seconds:6.3f} s, page {spent:6.3f} s  {', '.join(read.nodes)}"
        )
        wrong += [f"{name}: {fault}" for fault in faults_of(name, read, spent)]
    sys.stdout.write("\n" + "\n".join([f"{large.ENTRIES:,} entries, {size_of_journal()}", *lines]) + "\n")
    assert wrong == []


def typed_in(field: str, value: Any) -> Any:
    """Accounts are typed by their identifier."""
    if field not in {"compte", "agent"}:
        return value
    return (Account.objects.filter(pk=value).first() or builders.staff(id=value)).identifier


def faults_of(name: str, read: large.Reading, spent: float) -> Iterator[str]:
    is_blind = name.startswith("period")
    if (is_blind or "one month" in name) and len(read.partitions) > 2:
        yield f"{len(read.partitions)} months opened for one"
    if is_blind:
        if read.rows > 2 * large.ENTRIES / large.MONTHS:
            yield f"{read.rows} entries looked at: more than two months hold"
    else:
        if read.scanned:
            yield f"read from end to end: {read.scanned[:3]}"
        if read.rows > MOST_ROWS:
            yield f"{read.rows} entries looked at"
    if read.found == 0 and "unknown" not in name:
        yield "nothing found"
    if spent > (PERIOD_SECONDS if is_blind else PAGE_SECONDS):
        yield f"{spent:.2f} s"


def size_of_journal() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_size_pretty(sum(pg_total_relation_size(relid))) FROM pg_partition_tree('privacy_entry')"
        )
        return str(cursor.fetchone()[0])
