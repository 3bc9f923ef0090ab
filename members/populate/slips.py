"""The contribution slips of companies: three years, reckoned from the households that their contracts cover."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from members.populate.network import CONTRACT_COLUMNS
from members.populate.people import Household

SLIP_COLUMNS = (
    "slip_number", "contract_number", "period_start", "period_end", "due_date", "status", "previous_balance",
    "paid_amount", "payment_mode",
)  # fmt: skip
LINE_COLUMNS = (
    "slip_number", "line", "population", "structure", "headcount", "base", "rate", "amount", "employer_share",
    "adjusts_period",
)  # fmt: skip

MONTHS = 36
CEILINGS = {2023: "3666.00", 2024: "3864.00", 2025: "3925.00", 2026: "4005.00"}
"""The monthly ceiling of social security, in euros, by year; the nearest known one for another year."""
RATES = {"isolated": Decimal("0.0125"), "duo": Decimal("0.0238"), "family": Decimal("0.0342")}
"""What a structure costs, as a part of the ceiling."""
MODES = ("SEPA", "DSN", "Virement")
CENT = Decimal("0.01")
TOLD_LATE = 3
"""Months after which a slip corrects another one."""

type Row = tuple[str, ...]
type Rows = tuple[list[Row], list[Row]]


@dataclass
class Billing:
    """Reckons the slips of a contract once all its households went by: they come one contract after the other."""

    contracts: dict[str, Row]
    seed: int
    today: datetime.date
    _current: str = ""
    _homes: list[Household] = field(default_factory=list)

    def seen(self, home: Household) -> Rows:
        """The slips of the contract before, when this household begins another one."""
        if not home.group_contract:
            return [], []
        done: Rows = ([], [])
        if home.group_contract != self._current:
            done = self.rest()
            self._current = home.group_contract
        self._homes.append(home)
        return done

    def rest(self) -> Rows:
        """The slips of the last contract."""
        homes, self._homes = self._homes, []
        if not homes or self._current not in self.contracts:
            return [], []
        contract = dict(zip(CONTRACT_COLUMNS, self.contracts[self._current], strict=True))
        written = list(_slips(contract, homes, self.seed, self.today))
        return [slip for slip, _ in written], [line for _, lines in written for line in lines]


def _slips(
    contract: dict[str, str], homes: list[Household], seed: int, today: datetime.date
) -> Iterator[tuple[Row, list[Row]]]:
    """One slip for each month that is over, due on the last day of the next one. What one leaves, the next one asks."""
    number = contract["contract_number"]
    rng = Random(f"{seed}/slips/{number}")
    mode = rng.choice(MODES)
    balance = Decimal(0)
    for back in range(MONTHS, 0, -1):
        start = _month(today, -back)
        end = _month(start, 1) - datetime.timedelta(days=1)
        slip_number = f"B{number}-{start:%Y%m}"
        lines = [*_lines(slip_number, contract, homes, start)]
        if lines and rng.random() < 0.2:
            lines.append(_correction(slip_number, len(lines) + 1, contract, start, rng))
        to_pay = balance + sum((Decimal(line[7]) for line in lines), Decimal(0))
        is_last = back == 1
        left = Decimal(0) if rng.random() < 0.85 else (to_pay * Decimal("0.1")).quantize(CENT)
        paid = Decimal(0) if is_last else to_pay - left
        status = "issued" if is_last else "partial" if left else "paid"
        due = _month(start, 2) - datetime.timedelta(days=1)
        head = (
            slip_number, number, start.isoformat(), end.isoformat(), due.isoformat(), status, f"{balance:.2f}",
            "" if is_last else f"{paid:.2f}", mode,
        )  # fmt: skip
        yield head, lines
        balance = to_pay - paid


def _lines(slip: str, contract: dict[str, str], homes: list[Household], month: datetime.date) -> Iterator[Row]:
    covered = [home for home in homes if home.start <= month and (home.end is None or home.end >= month)]
    counted = Counter(_structure(home) for home in covered)
    present = [(structure, counted[structure]) for structure in RATES if counted[structure]]
    for rank, (structure, headcount) in enumerate(present, start=1):
        yield _line(slip, rank, contract, structure=structure, headcount=headcount, month=month)


def _line(
    slip: str, rank: int, contract: dict[str, str], *, structure: str, headcount: int, month: datetime.date,
    sign: int = 1, adjusts: str = "",
) -> Row:  # fmt: skip
    base = Decimal(CEILINGS.get(month.year, CEILINGS[max(CEILINGS)]))
    amount = sign * (base * RATES[structure] * headcount).quantize(CENT)
    return (
        slip, str(rank), contract["population"], structure, str(headcount), f"{base:.2f}", str(RATES[structure]),
        f"{amount:.2f}", contract["employer_share"], adjusts,
    )  # fmt: skip


def _correction(slip: str, rank: int, contract: dict[str, str], month: datetime.date, rng: Random) -> Row:
    """Somebody came or left some months ago, and it was told now."""
    past = _month(month, -TOLD_LATE)
    sign = rng.choice((1, -1))
    return _line(
        slip, rank, contract, structure=rng.choice(tuple(RATES)), headcount=1, month=past, sign=sign,
        adjusts=past.isoformat(),
    )  # fmt: skip


def _structure(home: Household) -> str:
    return ("isolated", "duo")[len(home.persons) - 1] if len(home.persons) < 3 else "family"


def _month(day: datetime.date, more: int) -> datetime.date:
    """The first day of the month, so many months after that of `day`."""
    month = day.year * 12 + day.month - 1 + more
    return datetime.date(month // 12, month % 12 + 1, 1)
