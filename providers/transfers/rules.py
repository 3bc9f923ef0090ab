"""What a transfer and its invoices say of one another. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from providers.transfers.models import Transfer


class Verdict(StrEnum):
    """`MISSING`: no invoice names the transfer. `SHORT`: invoices are worth less than what was paid; `OVER`: more."""

    EXACT = "exact"
    MISSING = "missing"
    SHORT = "short"
    OVER = "over"


@dataclass(frozen=True)
class Reconciled:
    """A transfer, how many invoices name it, how many of them no feed has said to be paid, what they add up to."""

    transfer: Transfer
    count: int
    unpaid: int
    invoices: Decimal

    @property
    def difference(self) -> Decimal:
        """What was paid beyond the invoices, in euros; negative when invoices are worth more."""
        return self.transfer.amount - self.invoices

    @property
    def gap(self) -> Decimal:
        return abs(self.difference)

    @property
    def verdict(self) -> Verdict:
        if self.difference == 0:
            return Verdict.EXACT
        if not self.count:
            return Verdict.MISSING
        return Verdict.SHORT if self.difference > 0 else Verdict.OVER

    @property
    def label(self) -> str:
        return {
            Verdict.EXACT: "Au centime près",
            Verdict.MISSING: "Aucune facture connue",
            Verdict.SHORT: "Factures manquantes",
            Verdict.OVER: "Factures au-delà du versement",
        }[self.verdict]
