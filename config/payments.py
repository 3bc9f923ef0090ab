"""How soon professionals are paid, as the organisation promises it. Each delay is a setting (PAYMENT_…)."""

from dataclasses import dataclass

from config.environment import integer


@dataclass(frozen=True)
class PaymentPromises:
    """Between the receipt of an invoice and its transfer: opening days when it is teletransmitted, days on paper."""

    teletransmitted: int
    paper: int


PROMISES = PaymentPromises(
    teletransmitted=integer("PAYMENT_TELETRANSMITTED_DAYS", 4),
    paper=integer("PAYMENT_PAPER_DAYS", 30),
)
