"""The commitments as a control plan: each clause, the tests that hold it, how they ended. Made by `make commitments`.

The file leaves with a release (`CONTROL_PLAN`); where it is absent, the page says so and how it is made.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

HEADINGS: Mapping[str, str] = {
    "CGU-1": "CGU, article 1\u00a0: préambule et définitions",
    "CGU-2": "CGU, article 2\u00a0: accès aux services",
    "CGU-3": "CGU, article 3\u00a0: description des services",
    "CGU-4": "CGU, article 4\u00a0: accès au site",
    "CGU-5": "CGU, article 5\u00a0: responsabilité",
    "CGU-6": "CGU, article 6\u00a0: propriété intellectuelle",
    "CGU-7": "CGU, article 7\u00a0: fin des services",
    "CGU-8": "CGU, article 8\u00a0: données personnelles",
    "CGU-9": "CGU, article 9\u00a0: divers",
    "PDP-1": "Politique de données\u00a0: préambule",
    "PDP-2": "Domaine 1\u00a0: gouvernance interne",
    "PDP-3": "Domaines 2 et 3\u00a0: collecte et usages",
    "PDP-4": "Domaine 4\u00a0: données de santé",
    "PDP-5": "Domaine 5\u00a0: usage commercial",
    "PDP-6": "Domaine 6\u00a0: transmissions",
    "PDP-7": "Domaine 7\u00a0: confidentialité et sécurité",
    "PDP-8": "Domaine 8\u00a0: droits des personnes",
}


@dataclass(frozen=True)
class Clause:
    """One clause. `says`: what it promises, in short and in our own words."""

    code: str
    says: str
    passed: int
    failed: int
    waiting: int

    @property
    def words(self) -> str:
        if self.failed:
            return "Rompu"
        if self.passed and not self.waiting:
            return "Tenu"
        return "À exécuter" if self.waiting else "Sans test"

    @property
    def tone(self) -> str:
        return {"Rompu": "bad", "Tenu": "good"}.get(self.words, "warn")


@dataclass(frozen=True)
class Plan:
    """The clauses by article and domain; `made_at` is when the tests last ran."""

    made_at: datetime.datetime
    groups: tuple[tuple[str, tuple[Clause, ...]], ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(clause for _heading, clauses in self.groups for clause in clauses)

    @property
    def held(self) -> int:
        return sum(clause.tone == "good" for clause in self.clauses)

    @property
    def broken(self) -> int:
        return sum(clause.tone == "bad" for clause in self.clauses)


def plan() -> Plan | None:
    """What the file says; None when it is absent or is not one."""
    path = Path(settings.CONTROL_PLAN)
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        made_at = datetime.datetime.fromisoformat(read["made_at"])
        clauses = [_clause(code, facts) for code, facts in read["clauses"].items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    groups = [
        (words, tuple(clause for clause in clauses if clause.code.partition(".")[0] == prefix))
        for prefix, words in HEADINGS.items()
    ]
    return Plan(made_at, tuple((words, found) for words, found in groups if found))


def _clause(code: str, facts: dict[str, Any]) -> Clause:
    outcomes = list(facts["tests"].values())
    return Clause(
        code=code,
        says=facts["says"],
        passed=outcomes.count("passed"),
        failed=outcomes.count("failed"),
        waiting=sum(outcome not in {"passed", "failed"} for outcome in outcomes),
    )
