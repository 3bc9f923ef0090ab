"""Prints every clause with the tests that hold it and their last result; fails where a clause has none."""

import json
import subprocess
import sys

from tests.commitments.plugin import CLAUSES, REPORT


def main() -> int:
    # Collecting drops what no longer exists and adds what has not run yet. In a process of its own: pytest rewrites the
    # plugin, and must be the first to import it.
    collecting = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-q", "--no-header", "-p", "no:randomly"]
    collected = subprocess.run(collecting, capture_output=True, text=True, check=False)
    if collected.returncode:
        sys.stderr.write(collected.stdout + collected.stderr)
        return collected.returncode
    noted: dict[str, dict[str, str]] = json.loads(REPORT.read_text(encoding="utf-8"))
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


if __name__ == "__main__":
    sys.exit(main())
