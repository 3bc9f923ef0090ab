"""The benches run: their figures are for `make bench --scale full` on a quiet machine, not for a suite."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings

from tests.harness.clones import clone
from tests.harness.run import wait_for_template

ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESSES = {
    "default": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "sealer": "DATABASE_SEALER_URL",
    "vault": "DATABASE_VAULT_URL", "eraser": "DATABASE_ERASER_URL", "statistics": "DATABASE_STATISTICS_URL",
}  # fmt: skip


@pytest.fixture
def servers() -> Iterator[dict[str, str]]:
    """The environment that names the servers of this run, and a database of the benches' own on them."""
    wait_for_template()
    with clone(f"bench_{settings.TEST_WORKER}") as name:
        addresses = {ADDRESSES[alias]: address(found, name) for alias, found in settings.DATABASES.items()}
        yield addresses | {"REDIS_URL": settings.CACHES["default"]["LOCATION"]}


def address(found: dict[str, Any], name: str) -> str:
    """How libpq is told to reach database `name` as Django reaches this one."""
    whom = ":".join(quote(found[part], safe="") for part in ("USER", "PASSWORD") if found[part])
    return f"postgresql://{whom}@/{name}?host={quote(found['HOST'], safe='')}&port={found['PORT']}"


@pytest.mark.slow
def test_every_bench_says_its_row(servers: dict[str, str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DEMO_DIR", "TEST_RUN_DIR"}}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--scale", "smoke"],
        cwd=ROOT,
        env=environment | servers | {"DJANGO_SETTINGS_MODULE": "config.settings.demo"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    rows = json.loads((ROOT / "var/bench/smoke.json").read_text("utf-8"))
    known = {"P1", "P2", "P3", "P4", "P5", "P6", "P8", "P9", "P10", "P11", "P12", "P13", "R1"}
    assert {row["id"] for row in rows} == known
    assert all(row["ours"] > 0 and row["floor"] > 0 for row in rows)
    assert all(row["ratio"] <= row["reach"] for row in rows if row["id"] == "P1"), (
        "queries do not depend on the machine"
    )
    memory = next(row for row in rows if row["unit"] == "M")
    assert memory["ratio"] <= memory["reach"], "nor does memory"
