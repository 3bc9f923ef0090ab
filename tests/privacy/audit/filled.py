"""A journal that is large enough for plans to matter, and what a plan opens."""

import json
from typing import Any

import psycopg
from django.db.models import QuerySet

from privacy.audit.models import Entry

PER_MONTH = 6_000
# Months to come have their partitions: those of the past would all be in the default one.
FILL = """
    INSERT INTO privacy_entry (at, action, account_id, space, tenant_id, subject_id, acting_as, object_kind, object_id,
        result, session_hash, reference, details)
    SELECT date_trunc('month', now()) + month * interval '1 month' + n * interval '3 minutes', 'benefits.listed',
        10000 + n %% 2000, 'adherent', n %% 2000, 20000 + n %% 2000, '', 'benefit_line', (n %% 3000)::text, 'done', '', '',
        CASE WHEN n %% 50 = 0 THEN jsonb_build_object('about', 'p' || (30000 + n %% 700)) ELSE '{}' END
    FROM generate_series(0, 5) AS month, generate_series(1, %s) AS n
"""


def fill(owner: psycopg.Connection) -> None:
    """Six months of entries of two thousand accounts, with the statistics that autovacuum would make."""
    owner.execute(FILL, [PER_MONTH])
    owner.execute("ANALYZE privacy_entry")


def nodes_of(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Every step of a plan."""
    return [plan, *(node for inner in plan.get("Plans", []) for node in nodes_of(inner))]


def plan_of(entries: QuerySet[Entry]) -> list[dict[str, Any]]:
    return nodes_of(json.loads(entries.explain(format="json"))[0]["Plan"])


def partitions_in(plan: list[dict[str, Any]]) -> set[str]:
    return {node["Relation Name"] for node in plan if "Relation Name" in node}


def scans_in(plan: list[dict[str, Any]]) -> list[str]:
    """The partitions that are read from end to end."""
    return [node["Relation Name"] for node in plan if node["Node Type"] == "Seq Scan"]
