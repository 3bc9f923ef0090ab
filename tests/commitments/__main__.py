"""Prints every clause with the tests that hold it and their last result; fails where a clause has none."""

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.commitments.plugin import CLAUSES, REPORT

CONTROL_PLAN = Path(os.environ.get("CONTROL_PLAN", "var/control-plan.json"))
"""What the DPO's page of commitments reads; it leaves with the release."""


def main() -> int:
    # Collecting drops what no longer exists and adds what has not run yet. In a process of its own: pytest rewrites the
    # plugin, and must be the first to import it.
    collecting = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-q", "--no-header", "-p", "no:randomly"]
    collected = subprocess.run(collecting, capture_output=True, text=True, check=False)
    if collected.returncode:
        sys.stderr.write(collected.stdout + collected.stderr)
        return collected.returncode
    noted: dict[str, dict[str, str]] = json.loads(REPORT.read_text(encoding="utf-8"))
    _write_plan(noted)
    bare = [clause for clause in CLAUSES if not noted.get(clause)]
    broken = [clause for clause, tests in noted.items() if any(outcome == "failed" for outcome in tests.values())]
    lines = []
    for clause, fact in CLAUSES.items():
        tests = noted.get(clause, {})
        lines.append(
            f"{clause:<9} {fact['kind']:<4} {'—  no test' if not tests else ''}{fact['asks'] if tests else ''}"
        )
        lines += [f"          {outcome:<9} {test}" for test, outcome in sorted(tests.items())]
    held = len(CLAUSES) - len(bare)
    lines.append(
        f"{held} of {len(CLAUSES)} clauses are held by a test, {len(broken)} broken, {len(bare)} without a test"
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if bare or broken else 0


def _write_plan(noted: dict[str, dict[str, str]]) -> None:
    """Every clause with its tests; `made_at` is when the results were last noted, in UTC."""
    made_at = datetime.datetime.fromtimestamp(REPORT.stat().st_mtime, tz=datetime.UTC)
    clauses = {
        clause: {"says": fact["says"], "kind": fact["kind"], "tests": noted.get(clause, {})}
        for clause, fact in CLAUSES.items()
    }
    CONTROL_PLAN.parent.mkdir(parents=True, exist_ok=True)
    CONTROL_PLAN.write_text(
        json.dumps({"made_at": made_at.isoformat(), "clauses": clauses}, indent=1, ensure_ascii=False), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
