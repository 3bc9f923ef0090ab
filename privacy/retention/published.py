"""The table of what is kept and how long, for people: the rules themselves, so that it cannot drift from what is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from portals.accounts.models import Space
from portals.declarations import Purpose
from privacy.register.declared import PROCESSINGS, Processing
from privacy.retention.registry import Rule, rules


@dataclass(frozen=True)
class Lines:
    """The rules of one processing."""

    processing: Processing
    rules: tuple[Rule, ...]


def table(space: Space | None = None) -> Sequence[Lines]:
    """Every rule by processing, in the register's order; of one space, those that count days about its people."""
    shown = [rule for rule in rules() if space is None or space in rule.spaces]
    by_purpose: dict[Purpose, list[Rule]] = {}
    for rule in shown:
        by_purpose.setdefault(rule.purpose, []).append(rule)
    return [
        Lines(processing, tuple(sorted(by_purpose[processing.purpose], key=lambda rule: rule.label)))
        for processing in PROCESSINGS
        if processing.purpose in by_purpose
    ]
