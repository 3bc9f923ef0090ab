"""Reads of invoices: what a professional selects, its totals, one invoice with what surrounds it.

Totals come from `InvoiceTotal` when the selection is by state and by days, so that they cost the same for two thousand
and for two million invoices. Other selections are small; at most `MOST_COUNTED` of their rows are added up.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from providers.invoices.models import Axis, Invoice, InvoiceLine, InvoiceTotal, RejectReason
from providers.invoices.rules import slices

ZERO = Decimal(0)
MOST_COUNTED = 10_000
MOST_LINES = 500
NO_INVOICE = -1


@dataclass(frozen=True)
class Filters:
    """What is asked for. Days are included; empty texts and None ask for nothing. `member` is a member number."""

    standing: str = ""
    care_from: datetime.date | None = None
    care_to: datetime.date | None = None
    received_from: datetime.date | None = None
    received_to: datetime.date | None = None
    batch: str = ""
    number: str = ""
    member: str = ""

    @property
    def by_care(self) -> bool:
        return bool(self.care_from or self.care_to)

    @property
    def by_receipt(self) -> bool:
        return bool(self.received_from or self.received_to)

    @property
    def day(self) -> str:
        """The date by which the selection is ordered: the one that it is asked by, the receipt otherwise."""
        return "care_date" if self.by_care else "received_on"

    @property
    def are_counted(self) -> bool:
        """Whether the triggers keep the totals of this selection."""
        return not (self.batch or self.number or self.member or (self.by_care and self.by_receipt))


@dataclass(frozen=True)
class Totals:
    """Of a selection, in euros. `is_whole` is False when only its first `MOST_COUNTED` invoices were looked at."""

    count: int = 0
    total: Decimal = ZERO
    scheme: Decimal = ZERO
    mutual: Decimal = ZERO
    is_whole: bool = True

    @property
    def own(self) -> Decimal:
        """What stays with patients."""
        return self.total - self.scheme - self.mutual


def invoices_of(professional_id: int) -> QuerySet[Invoice]:
    return Invoice.objects.filter(professional=professional_id)


def selection(professional_id: int, asked: Filters) -> QuerySet[Invoice]:
    """The invoices asked for, newest first. A number is looked up at once: it has one invoice, or none."""
    exact: dict[str, Any] = {"standing": asked.standing, "batch": asked.batch, "member_number": asked.member}
    if asked.number:
        exact["pk"] = next(iter(_keys_of(professional_id, asked.number)), NO_INVOICE)
    ranges = {
        "care_date__gte": asked.care_from, "care_date__lte": asked.care_to,
        "received_on__gte": asked.received_from, "received_on__lte": asked.received_to,
    }  # fmt: skip
    wanted: dict[str, Any] = {name: value for name, value in (exact | ranges).items() if value}
    return invoices_of(professional_id).filter(**wanted).order_by(f"-{asked.day}", "-id")


def _keys_of(professional_id: int, number: str) -> QuerySet[Invoice, int]:
    """Read apart, by the natural key: left to choose, the planner may look for a number along two million days."""
    return invoices_of(professional_id).filter(invoice_number=number).values_list("pk", flat=True)


def totals(professional_id: int, asked: Filters) -> Totals:
    """The totals of a selection. One query, whose cost does not grow with the number of invoices."""
    if asked.are_counted:
        return _counted(professional_id, asked)
    first = selection(professional_id, asked).order_by()[: MOST_COUNTED + 1]
    found = first.aggregate(count=Count("id"), **_sums())
    is_whole = found["count"] <= MOST_COUNTED
    return Totals(**found, is_whole=is_whole)


def _counted(professional_id: int, asked: Filters) -> Totals:
    axis, start, end = Axis.RECEIVED, asked.received_from, asked.received_to
    if asked.by_care:
        axis, start, end = Axis.CARE, asked.care_from, asked.care_to
    kept = InvoiceTotal.objects.filter(_kept_in(start, end), professional=professional_id, axis=axis)
    if asked.standing:
        kept = kept.filter(standing=asked.standing)
    return Totals(**kept.aggregate(count=Sum("count", default=0), **_sums()))


def _sums() -> dict[str, Sum]:
    return {
        "total": Sum("total", default=ZERO),
        "scheme": Sum("scheme_part", default=ZERO),
        "mutual": Sum("mutual_part", default=ZERO),
    }


def _kept_in(start: datetime.date | None, end: datetime.date | None) -> Q:
    """The rows of `InvoiceTotal` that make up an interval."""
    wanted = Q()
    for one in slices(start, end):
        bounds: dict[str, Any] = {"period__gte": one.start, "period__lt": one.past}
        wanted |= Q(grain=one.grain, **{name: day for name, day in bounds.items() if day is not None})
    return wanted


def invoice_of(professional_id: int, number: str) -> Invoice | None:
    return invoices_of(professional_id).filter(invoice_number=number).first()


def lines_of(invoice: Invoice) -> list[InvoiceLine]:
    """The lines of an invoice, in its order."""
    lines = InvoiceLine.objects.filter(invoice=invoice, care_date=invoice.care_date)
    return list(lines.order_by("line")[:MOST_LINES])


def past_of(invoice: Invoice) -> list[tuple[str, datetime.date]]:
    """The states that the invoice had before this one, each with the day on which it was left (Paris)."""
    events = apps.get_model("providers", "InvoiceEvent")._default_manager.filter(
        pgh_obj=invoice.pk, professional=invoice.professional_id
    )
    past = events.order_by("pgh_created_at", "pgh_id").values_list("status", "pgh_created_at")
    return [(status, timezone.localdate(ended_at)) for status, ended_at in past]


def replaced_by(invoice: Invoice) -> Invoice | None:
    """The rejected invoice that this one takes up, if any."""
    same_person = invoices_of(invoice.professional_id).filter(member_number=invoice.member_number)
    return same_person.filter(resubmitted_as=invoice.invoice_number).order_by("-received_on", "-id").first()


def reasons_of(codes: set[str]) -> dict[str, RejectReason]:
    """The reasons of these codes, those that are in the table."""
    return {reason.code: reason for reason in RejectReason.objects.filter(code__in=codes - {""})} if codes else {}
