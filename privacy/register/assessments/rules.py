"""Ranking risks by likelihood and severity (CNIL's four levels of each). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LEVELS = {1: "négligeable", 2: "limitée", 3: "importante", 4: "maximale"}
HIGH, MODERATE = 9, 4
"""Products of the two levels from which a risk is high, or moderate."""


class Rank(StrEnum):
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


RANKS = {Rank.LOW: "faible", Rank.MODERATE: "modéré", Rank.HIGH: "élevé"}
TONES = {Rank.LOW: "good", Rank.MODERATE: "warn", Rank.HIGH: "bad"}


def rank_of(likelihood: int, severity: int) -> Rank:
    """The rank of a risk: both levels go from 1 to 4, and a maximal severity is never low."""
    if likelihood not in LEVELS or severity not in LEVELS:
        raise ValueError("levels go from 1 to 4")
    product = likelihood * severity
    if product >= HIGH:
        return Rank.HIGH
    return Rank.MODERATE if product >= MODERATE else Rank.LOW


@dataclass(frozen=True)
class Cell:
    """One square of the matrix: how many risks stand there."""

    severity: int
    likelihood: int
    rank: Rank
    count: int

    @property
    def tone(self) -> str:
        return TONES[self.rank]

    @property
    def words(self) -> str:
        return RANKS[self.rank]


def matrix(risks: Iterable[tuple[int, int]]) -> list[list[Cell]]:
    """The squares, the gravest row first, from (likelihood, severity) of each risk."""
    placed = list(risks)
    return [
        [Cell(s, n, rank_of(n, s), sum(1 for risk in placed if risk == (n, s))) for n in LEVELS]
        for s in sorted(LEVELS, reverse=True)
    ]
