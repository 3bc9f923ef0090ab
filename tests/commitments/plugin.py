"""Pytest plugin: notes, for each clause, the tests that carry it and their last result."""

import json
import os
import tomllib
from pathlib import Path

import pytest

CLAUSES: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("clauses.toml").read_text(encoding="utf-8"))
REPORT = Path(os.environ.get("COMMITMENTS_REPORT", "var/commitments.json"))

Results = dict[str, dict[str, str]]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Notebook(collecting=config.option.collectonly), "commitments-notebook")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for clause in clauses_of(item):
            if clause not in CLAUSES:
                raise pytest.UsageError(f"{item.nodeid} holds {clause}, which is no clause")
            item.user_properties.append(("commitment", clause))


def clauses_of(item: pytest.Item) -> list[str]:
    return [clause for mark in item.iter_markers("commitment") for clause in mark.args]


class Notebook:
    """Lives in the process that sees every report (xdist's controller, or the only process)."""

    def __init__(self, *, collecting: bool) -> None:
        self.collecting = collecting
        self.results: Results = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.passed:
            return
        for name, clause in report.user_properties:
            if name == "commitment":
                self.results.setdefault(str(clause), {})[report.nodeid] = report.outcome

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if self.collecting:
            for item in session.items:
                for clause in clauses_of(item):
                    self.results.setdefault(clause, {})[item.nodeid] = "collected"

    def pytest_sessionfinish(self) -> None:
        """Adds to what earlier runs noted: running one test must not forget the others."""
        noted: Results = json.loads(REPORT.read_text(encoding="utf-8")) if REPORT.exists() else {}
        for clause, tests in self.results.items():
            for test, outcome in tests.items():
                if outcome != "collected" or test not in noted.get(clause, {}):
                    noted.setdefault(clause, {})[test] = outcome
        if self.collecting:
            noted = {clause: {test: noted[clause][test] for test in tests} for clause, tests in self.results.items()}
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        REPORT.write_text(json.dumps(noted, indent=1, sort_keys=True), encoding="utf-8")
