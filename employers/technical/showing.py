"""A published account as pages and PDFs show it: its lines of the decree, its tables, their drawings. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from employers.technical.chart import Chart, chart_of, whole_euros
from employers.technical.models import TechnicalAccount, TechnicalLine
from employers.technical.rules import ENTERED, TITLES, Level, Table
from portals.presentation.formats import NARROW

WHOLE, TENTH = Decimal("0.01"), Decimal("0.001")
"""How finely a share is told: a percent, a tenth of one."""


def signed_euros(amount: Decimal | None) -> str:
    """`+ 340 €`, `− 340 €`; nothing for an absent one."""
    return f"+{NARROW}{whole_euros(amount)}" if amount and amount > 0 else whole_euros(amount)


@dataclass(frozen=True)
class DecreeLine:
    """A line of article 3 of the decree; `words` are empty when it is not known."""

    label: str
    words: str


@dataclass(frozen=True)
class Row:
    """A line of a table, and its part of what the table tells."""

    line: TechnicalLine
    share: Decimal | None

    @property
    def words(self) -> str:
        return whole_euros(self.line.amount)

    @property
    def variation(self) -> str:
        return signed_euros(self.line.variation)


@dataclass(frozen=True)
class ShownTable:
    code: str
    title: str
    rows: tuple[Row, ...]
    chart: Chart

    @property
    def drawn_rows(self) -> list[tuple[Row, str]]:
        """Each line and the length of its bar, empty for one that is told with others."""
        widths = iter(bar.width for bar in self.chart.bars)
        return [(row, "" if row.line.amount is None else next(widths)) for row in self.rows]

    @property
    def has_rest(self) -> bool:
        return any(row.line.is_rest for row in self.rows)

    @property
    def has_variations(self) -> bool:
        return any(row.line.variation is not None for row in self.rows)


@dataclass(frozen=True)
class ShownAccount:
    """One contract's year."""

    account: TechnicalAccount
    tables: tuple[ShownTable, ...]

    @property
    def decree(self) -> list[DecreeLine]:
        """The lines that are not reckoned here, in the order of the decree."""
        return [DecreeLine(label, whole_euros(getattr(self.account, name))) for name, label in ENTERED.items()]

    @property
    def contributions(self) -> str:
        return whole_euros(self.account.contributions)

    @property
    def benefits(self) -> str:
        return whole_euros(self.account.benefits)

    @property
    def variation(self) -> str:
        return signed_euros(self.account.variation)

    @property
    def balance(self) -> str:
        return whole_euros(self.account.decree.balance)

    @property
    def result(self) -> str:
        return whole_euros(self.account.decree.result)

    @property
    def share(self) -> Decimal | None:
        """Of the benefits in the contributions, by whole percents."""
        share = self.account.decree.share
        return None if share is None else share.quantize(WHOLE)

    @property
    def chart(self) -> Chart | None:
        """Contributions and benefits on one scale, once both are known."""
        account = self.account
        if account.contributions is None or account.benefits is None:
            return None
        sums = (("Cotisations appelées", account.contributions), ("Prestations payées", account.benefits))
        return chart_of((label, euros, False) for label, euros in sums)

    @property
    def tells_care(self) -> bool:
        return self.account.benefits is not None

    @property
    def is_detailed(self) -> bool:
        return self.account.level == Level.DETAIL

    @property
    def withheld(self) -> list[str]:
        """The tables of which nothing is shown: `par âge`."""
        told = {table.code for table in self.tables}
        return [title.lower() for table, title in TITLES.items() if self.is_detailed and table.value not in told]


def shown(accounts: Iterable[TechnicalAccount]) -> list[ShownAccount]:
    """The accounts with their tables, in their order."""
    return [ShownAccount(account, _tables(account)) for account in accounts]


def _tables(account: TechnicalAccount) -> tuple[ShownTable, ...]:
    ordered = sorted(account.lines.all(), key=lambda line: line.position)
    return tuple(_table(Table(code), list(lines)) for code, lines in groupby(ordered, key=lambda line: line.table))


def _table(table: Table, lines: list[TechnicalLine]) -> ShownTable:
    total = sum((line.amount for line in lines if line.amount is not None), Decimal(0))
    rows = tuple(Row(line, _share(line.amount, total)) for line in lines)
    chart = chart_of((line.label, line.amount, line.is_rest) for line in lines if line.amount is not None)
    return ShownTable(table.value, TITLES[table], rows, chart)


def _share(amount: Decimal | None, total: Decimal) -> Decimal | None:
    return None if amount is None or total <= 0 else (amount / total).quantize(TENTH)
