"""The benches run: their figures are for `make bench --scale full` on a quiet machine, not for a suite."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.slow
def test_every_bench_says_its_row() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DEMO_DIR", "TEST_RUN_DIR"}}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--scale", "smoke"],
        cwd=ROOT,
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings.demo"},
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
