"""An invoice as its professional is told it: where it stands, for how long, why it was rejected, what to do."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from providers.invoices.models import Invoice, NextStep, RejectReason, Standing
from providers.invoices.queries import reasons_of
from providers.invoices.rules import RUNNING, Delay, delay_of

REJECTED = {Standing.REJECTED, Standing.RESUBMITTED}
KINDS = {
    Standing.RECEIVED: ("", "mail"),
    Standing.CHECKING: ("warn", "clock"),
    Standing.ACCEPTED: ("good", "check"),
    Standing.PENDING: ("warn", "doc"),
    Standing.REJECTED: ("bad", "alert"),
    Standing.RESUBMITTED: ("", "arrow"),
    Standing.PAID: ("good", "check"),
    Standing.CANCELLED: ("", ""),
}
"""The kind of state word of each standing, and its icon."""


@dataclass(frozen=True)
class ToldInvoice:
    """`delay` is None when nothing runs any more and nothing was paid. `reason` is None for a code that has no words."""

    invoice: Invoice
    delay: Delay | None
    reason: RejectReason | None

    @property
    def kind(self) -> str:
        return KINDS[Standing(self.invoice.standing)][0]

    @property
    def icon(self) -> str:
        return KINDS[Standing(self.invoice.standing)][1]

    @property
    def label(self) -> str:
        return str(Standing(self.invoice.standing).label)

    @property
    def is_running(self) -> bool:
        return self.invoice.standing in RUNNING

    @property
    def is_rejected(self) -> bool:
        """Rejected, whether it was sent again or not."""
        return self.invoice.standing in REJECTED

    @property
    def may_write(self) -> bool:
        """Whether the next step is a message to us."""
        return self.reason is not None and self.reason.next_step in {NextStep.SEND_DOCUMENT, NextStep.NOTHING}


def tell(invoices: Sequence[Invoice], *, day: datetime.date) -> list[ToldInvoice]:
    """One query for the reasons of all of them, none without a rejected one."""
    reasons = reasons_of({one.reject_code for one in invoices if one.standing in REJECTED})
    return [
        ToldInvoice(
            invoice=one,
            delay=_delay(one, day),
            reason=reasons.get(one.reject_code) if one.standing in REJECTED else None,
        )
        for one in invoices
    ]


def _delay(invoice: Invoice, day: datetime.date) -> Delay | None:
    until = invoice.paid_on if invoice.standing == Standing.PAID else day if invoice.standing in RUNNING else None
    if until is None:
        return None
    return delay_of(invoice.mode, invoice.received_on, until, settings.PAYMENT_PROMISES)
