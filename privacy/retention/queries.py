"""What the pages and the documents tell of the rules and of what they did."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from portals.presentation.formats import long_date, number
from privacy.erasure.models import LegalHold
from privacy.register.declared import processing_of
from privacy.retention.models import RetentionReport, RetentionRun, RetentionSwitch
from privacy.retention.registry import NightlyRule, NoRule, Rule, rule_of, rules
from privacy.retention.stopping import EVERY, switches


@dataclass(frozen=True)
class Told:
    """One line of a report, with the words of its rule and why some rows are held."""

    report: RetentionReport
    title: str
    purpose: str
    words: str
    source: str
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """One rule, what it did last, and whether it is stopped."""

    rule: Rule
    title: str
    last: RetentionReport | None
    switch: RetentionSwitch | None
    every: RetentionSwitch | None

    @property
    def night(self) -> str:
        """When it acts next."""
        if self.switch or self.every:
            return "arrêtée"
        return "la nuit, par son service" if isinstance(self.rule, NightlyRule) else "cette nuit, 2\u00a0h\u00a030"


def told(run: RetentionRun) -> list[Told]:
    """The reports of a run, those that did something first. Two queries."""
    reports = list(run.reports.all())
    reasons = _reasons({line["hold"] for report in reports for line in report.holds})
    lines = [_line(report, reasons) for report in reports]
    return sorted(lines, key=lambda line: (-line.report.due, line.title))


def standing() -> list[Standing]:
    """Every rule, in the order of the register's purposes. Three queries."""
    numbers = RetentionReport.objects.filter(is_dry=False).values("rule").annotate(last=Max("pk"))
    last = {row.rule: row for row in RetentionReport.objects.filter(pk__in=numbers.values("last"))}
    set_now = switches()
    lines = [
        Standing(
            rule, processing_of(rule.purpose.value).title, last.get(rule.code), set_now.get(rule.code),
            set_now.get(EVERY),
        )
        for rule in rules()
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.title, line.rule.label))


def _line(report: RetentionReport, reasons: dict[int, LegalHold]) -> Told:
    try:
        rule = rule_of(report.rule)
    except NoRule:
        return Told(report, report.rule, "", "", "")
    holds = tuple(_held(reasons.get(line["hold"]), line) for line in report.holds)
    return Told(report, rule.label, processing_of(rule.purpose.value).title, rule.words, rule.source, holds)


def _reasons(numbers: set[int]) -> dict[int, LegalHold]:
    return {hold.pk: hold for hold in LegalHold.objects.filter(pk__in=numbers)} if numbers else {}


def _held(hold: LegalHold | None, line: dict[str, Any]) -> str:
    """« 12 lignes : Litige, jusqu’au 3 mai 2027 »."""
    rows = f"{number(line['rows'])}\u00a0ligne{'s' if line['rows'] > 1 else ''}"
    until: datetime.date | None = hold.until if hold else None
    return f"{rows}\u00a0: {hold.reason}, jusqu’au {long_date(until)}" if hold else rows
