"""What a benchmark says: ours, the floor, the ratio between them and the ratio to reach."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table. `ours` and `floor` are medians in seconds unless `unit` says otherwise."""

    id: str
    work: str
    ours: float
    floor: float
    reach: float
    unit: str = "s"
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.floor if self.floor else float("inf")

    @property
    def reached(self) -> bool:
        return self.ratio <= self.reach


@dataclass(frozen=True)
class Scale:
    """How much work: `smoke` shows that the benches run, `full` is what figures are quoted from."""

    name: str
    lines: int
    statements: int
    renders: int
    requests: int


SCALES = {
    "smoke": Scale("smoke", lines=20_000, statements=1_000, renders=5, requests=20),
    "full": Scale("full", lines=1_000_000, statements=50_000, renders=40, requests=200),
}


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired(ours: Callable[[], object], floor: Callable[[], object], times: int) -> tuple[float, float]:
    """Medians of both, taken in turn so that a slow moment of the machine weighs on both."""
    ours(), floor()
    pairs = [(seconds(ours), seconds(floor)) for _ in range(times)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)
