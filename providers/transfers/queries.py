"""Reads of transfers: each beside what its invoices add up to, and the invoices that a transfer pays."""

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet, Sum

from providers.invoices.models import Invoice
from providers.transfers.models import Transfer, TransferTotal
from providers.transfers.rules import Reconciled

ZERO = Decimal(0)
SHOWN_AWAITED = 10
ROWS_AT_A_TIME = 2_000


def transfers_of(professional_id: int) -> QuerySet[Transfer]:
    """The transfers of a professional, newest first."""
    return Transfer.objects.filter(professional=professional_id).order_by("-paid_on", "-id")


def transfer_of(professional_id: int, ref: str) -> Transfer | None:
    return transfers_of(professional_id).filter(transfer_ref=ref).first()


def reconcile(transfers: Iterable[Transfer]) -> list[Reconciled]:
    """Each transfer beside its invoices. One query for all of them."""
    taken = list(transfers)
    kept = TransferTotal.objects.filter(
        professional__in={one.professional_id for one in taken}, transfer_ref__in={one.transfer_ref for one in taken}
    )
    by_ref = {total.transfer_ref: total for total in kept}
    return [_reconciled(one, by_ref.get(one.transfer_ref)) for one in taken]


def _reconciled(transfer: Transfer, total: TransferTotal | None) -> Reconciled:
    if total is None:
        return Reconciled(transfer, count=0, unpaid=0, invoices=ZERO)
    return Reconciled(transfer, count=total.count, unpaid=total.unpaid, invoices=total.mutual_part)


def all_reconciled(professional_id: int) -> Iterator[Reconciled]:
    """Every transfer, newest first, some thousands at a time: memory does not grow with their number."""
    block: list[Transfer] = []
    for transfer in transfers_of(professional_id).iterator(chunk_size=ROWS_AT_A_TIME):
        block.append(transfer)
        if len(block) == ROWS_AT_A_TIME:
            yield from reconcile(block)
            block = []
    yield from reconcile(block)


def awaited(professional_id: int) -> list[TransferTotal]:
    """References that invoices name and that no transfer has yet."""
    come = Transfer.objects.filter(professional=OuterRef("professional"), transfer_ref=OuterRef("transfer_ref"))
    named = TransferTotal.objects.filter(~Exists(come), professional=professional_id, count__gt=0)
    return list(named.order_by("transfer_ref")[:SHOWN_AWAITED])


def invoices_in(transfer: Transfer) -> QuerySet[Invoice]:
    """The invoices that name the transfer, newest first."""
    named = Invoice.objects.filter(professional=transfer.professional_id, transfer_ref=transfer.transfer_ref)
    return named.order_by("-received_on", "-id")


def paid_between(professional_id: int, start: datetime.date, end: datetime.date) -> Decimal:
    """What was transferred on these days, both included, in euros."""
    found = transfers_of(professional_id).filter(paid_on__range=(start, end)).order_by()
    paid: Decimal = found.aggregate(paid=Sum("amount", default=ZERO))["paid"]
    return paid
