"""A journal of years, as large as `ENTRIES` says, and what a search reads of it.

Partitions are filled before they are attached, so that each of their indexes is built once: fifty million entries take
a quarter of an hour and twenty-five gigabytes, which go with the test's database.
"""

import datetime
import json
import os
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from django.db.models import QuerySet
from django.utils import timezone
from psycopg import sql

from privacy.audit.models import Entry
from tests.privacy.audit.filled import nodes_of

ENTRIES = int(os.environ.get("ENTRIES", "72000"))
MONTHS = 24
EACH = 250
"""Entries of an ordinary account in all; one account in all has one entry in fifty, as a member of staff may."""
ACCOUNTS = max(ENTRIES // EACH, 50)
FIRST_ACCOUNT, FIRST_PERSON, BUSY, FIRST_ID = 1_000_000, 2_000_000, 999_999, 10_000_000_000
RARE = "history.proof_downloaded"
OUTSIDE = "privacy_entry_other"
"""What lies in no month: empty, and opened when a period begins before the first partition."""

# Prime steps walk through accounts and objects without a pattern that an index or a statistic could use.
FILL: LiteralString = """
    INSERT INTO {partition} (id, at, action, account_id, space, tenant_id, subject_id, acting_as, object_kind, object_id,
        result, terms_number, session_hash, reference, details)
    SELECT %(id)s + n, %(first)s::timestamptz + (n * (%(until)s::timestamptz - %(first)s::timestamptz) / %(count)s),
        CASE WHEN n %% 9973 = 0 THEN %(rare)s ELSE (ARRAY['benefits.listed', 'benefit.consulted', 'login.succeeded',
            'statement.downloaded', 'gestion.consulted'])[1 + n %% 5] END,
        CASE WHEN n %% 50 = 7 THEN %(busy)s ELSE %(account)s + who END,
        CASE WHEN n %% 50 = 7 THEN 'staff' ELSE 'adherent' END, who,
        CASE WHEN n %% 50 = 7 THEN NULL ELSE %(person)s + who END, '', 'benefit_line', (n * 31 %% 1000003)::text, 'done',
        3, substr(md5(n::text), 1, 16), 'R' || (%(id)s + n)::text,
        CASE WHEN n %% 50 = 7
            THEN jsonb_build_object('about', format('p%%s a%%s', %(person)s + who, %(account)s + who)) ELSE '{{}}' END
    FROM (SELECT n, (n * 7919 + %(id)s) %% %(accounts)s AS who FROM generate_series(0::bigint, %(count)s - 1) AS n) AS made
"""


def months() -> list[datetime.date]:
    """The months that are filled, oldest first: those before the running one."""
    found = [timezone.localdate().replace(day=1)]
    for _rank in range(MONTHS):
        found.append((found[-1] - datetime.timedelta(days=1)).replace(day=1))
    return found[:0:-1]


def fill(owner: psycopg.Connection) -> None:
    """Make the journal's past, with the statistics that autovacuum would make."""
    owner.execute("SET maintenance_work_mem = '512MB'")
    for rank, month in enumerate(months()):
        following = (month + datetime.timedelta(days=32)).replace(day=1)
        names = {
            "partition": sql.Identifier(f"privacy_entry_{month:%Y_%m}"),
            "first": sql.Literal(month.isoformat()),
            "until": sql.Literal(following.isoformat()),
        }
        owner.execute(
            sql.SQL("CREATE TABLE {partition} (LIKE privacy_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)").format(
                **names
            )
        )
        count = ENTRIES // MONTHS
        values = {
            "id": FIRST_ID + rank * count, "first": month, "until": following, "count": count, "rare": RARE, "busy": BUSY,
            "account": FIRST_ACCOUNT, "person": FIRST_PERSON, "accounts": ACCOUNTS,
        }  # fmt: skip
        owner.execute(sql.SQL(FILL).format(**names), values)
        attach = "ALTER TABLE privacy_entry ATTACH PARTITION {partition} FOR VALUES FROM ({first}) TO ({until})"
        owner.execute(sql.SQL(attach).format(**names))
    owner.execute("ANALYZE privacy_entry")


@dataclass(frozen=True)
class Reading:
    """What one query opened. `scanned`: partitions read from end to end; `rows`: entries that were looked at."""

    partitions: frozenset[str]
    scanned: tuple[str, ...]
    rows: int
    found: int
    seconds: float
    nodes: tuple[str, ...]


def reading_of(entries: QuerySet[Entry]) -> Reading:
    """Run it, and say what the database did."""
    [told] = json.loads(entries.explain(format="json", analyze=True))
    ran = [node for node in nodes_of(told["Plan"]) if node["Actual Loops"]]
    scans = [node for node in ran if "Relation Name" in node and node["Relation Name"] != OUTSIDE]
    return Reading(
        partitions=frozenset(node["Relation Name"] for node in scans),
        scanned=tuple(node["Relation Name"] for node in scans if node["Node Type"] == "Seq Scan"),
        rows=sum(_looked_at(node) for node in scans),
        found=round(told["Plan"]["Actual Rows"]),
        seconds=(told["Planning Time"] + told["Execution Time"]) / 1000,
        nodes=tuple(sorted({node["Node Type"] for node in ran})),
    )


def _looked_at(node: dict[str, Any]) -> int:
    removed = sum(int(node.get(name, 0)) for name in ("Rows Removed by Filter", "Rows Removed by Index Recheck"))
    return round((node["Actual Rows"] + removed) * node["Actual Loops"])
