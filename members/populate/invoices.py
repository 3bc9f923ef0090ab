"""What professionals invoice and are paid: thirteen months of invoices, their acts, and the transfers of twice a week."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from members.populate.catalogue import Place
from members.populate.network import PROFESSIONALS_PER_AREA, SLOTS, agreements
from members.populate.people import FIRST_MEMBER_NUMBER, HOUSEHOLDS_PER_AREA, MEMBER_NUMBER_STEP

INVOICE_COLUMNS = (
    "invoice_number", "professional_ref", "batch", "care_date", "member_number", "rank", "total", "scheme_part",
    "mutual_part", "mode", "received_on", "status", "reject_code", "transfer_ref",
)  # fmt: skip
LINE_COLUMNS = (
    "invoice_number", "professional_ref", "line", "act_code", "quantity", "expense", "base", "scheme_rate",
    "scheme_amount", "mutual_amount",
)  # fmt: skip
TRANSFER_COLUMNS = ("transfer_ref", "professional_ref", "paid_on", "amount")

DAYS = 395
BUSY = PROFESSIONALS_PER_AREA
"""The professionals of the first area have more to show: the demo's accounts are among them."""
TUESDAY, FRIDAY = 1, 4
REASONS = ("R01", "R02", "R03", "R06", "R08", "R09", "R10")
UNEXPLAINED = Decimal("23.00")
"""One transfer of each of those is worth so much more than its invoices."""

Row = tuple[str, ...]


@dataclass(frozen=True)
class Act:
    """An act code with what is billed, the base, the scheme's rate and what the mutual takes of the rest."""

    code: str
    expense: Decimal
    base: Decimal
    rate: Decimal
    mutual: Decimal

    @property
    def scheme(self) -> Decimal:
        return (self.base * self.rate).quantize(Decimal("0.01"))


def _act(code: str, expense: str, base: str, rate: str, mutual: str) -> Act:
    return Act(code, Decimal(expense), Decimal(base), Decimal(rate), Decimal(mutual))


ACTS = {
    Place.GENERALIST: (_act("G", "30.00", "30.00", "0.70", "9.00"),),
    Place.SPECIALIST: (_act("CS", "60.00", "31.50", "0.70", "31.50"),),
    Place.PHARMACY: (_act("PH7", "18.40", "18.40", "0.65", "6.44"), _act("PH4", "6.20", "6.20", "0.30", "4.34")),
    Place.NURSE: (_act("AMI", "9.45", "9.45", "0.60", "3.78"), _act("IFA", "2.75", "2.75", "0.60", "1.10")),
    Place.PHYSIOTHERAPIST: (_act("AMS", "17.16", "17.16", "0.60", "6.86"),),
    Place.DENTIST: (_act("SDE", "43.38", "43.38", "0.70", "13.01"), _act("SPR", "520.00", "120.00", "0.70", "276.00")),
    Place.SPEECH: (_act("AMO", "32.76", "32.76", "0.60", "13.10"),),
    Place.LABORATORY: (_act("B", "27.00", "27.00", "0.60", "10.80"), _act("TB", "3.78", "3.78", "0.60", "1.51")),
    Place.IMAGING: (_act("ADI", "38.50", "38.50", "0.70", "11.55"),),
    Place.OPTICIAN: (_act("VER", "180.00", "0.10", "0.60", "120.00"), _act("MON", "95.00", "0.05", "0.60", "94.97")),
    Place.AUDIOLOGIST: (_act("PAU", "950.00", "400.00", "0.60", "710.00"),),
    Place.OSTEOPATH: (_act("OST", "60.00", "0.00", "0.00", "35.00"),),
}


@dataclass(frozen=True)
class Invoice:
    """An invoice before it is written. `paid_on` is the day of its transfer."""

    number: str
    batch: str
    care: datetime.date
    received: datetime.date
    member_number: str
    rank: int
    mode: str
    acts: tuple[Act, ...]
    status: str = "received"
    reject_code: str = ""
    paid_on: datetime.date | None = None

    @property
    def mutual(self) -> Decimal:
        return sum((act.mutual for act in self.acts), Decimal(0))


@dataclass
class Practice:
    """A professional, and the seed of what they do."""

    number: int
    members: int
    rng: Random
    written: int = field(default=0)

    @property
    def ref(self) -> str:
        return f"PS{self.number + 1:07d}"

    def next_number(self) -> str:
        self.written += 1
        return f"{self.written:09d}"


def invoices(members: int, seed: int, today: datetime.date) -> Iterator[tuple[str, list[Invoice]]]:
    """The invoices of each professional whose agreement still runs, one professional at a time, with their reference."""
    for row in agreements(members, seed, today):
        if row[3]:
            continue
        number = int(row[0].removeprefix("CV")) - 1
        practice = Practice(number, members, Random(f"{seed}/invoices/{number}"))
        yield practice.ref, list(_of_practice(practice, today))


def _of_practice(practice: Practice, today: datetime.date) -> Iterator[Invoice]:
    rng = practice.rng
    every = 2 if practice.number < BUSY else 9  # days between two invoices, on average
    day = today - datetime.timedelta(days=DAYS)
    while day < today:
        day += datetime.timedelta(days=rng.randrange(0, 2 * every))
        invoice = _sent(practice, day)
        if invoice.received >= today:
            continue
        settled = _settled(rng, invoice, today)
        yield settled
        if settled.status == "rejected" and rng.random() < 0.7:
            again = replace(
                invoice,
                number=practice.next_number(),
                received=settled.received + datetime.timedelta(days=rng.randrange(6, 15)),
            )
            if again.received < today:
                yield _paid(rng, again, today)


def _sent(practice: Practice, care: datetime.date) -> Invoice:
    rng = practice.rng
    acts = ACTS[SLOTS[practice.number % PROFESSIONALS_PER_AREA]]
    first = practice.number // PROFESSIONALS_PER_AREA * HOUSEHOLDS_PER_AREA
    household = first + rng.randrange(max(1, min(HOUSEHOLDS_PER_AREA, practice.members - first)))
    on_paper = rng.random() < 0.15
    received = care + datetime.timedelta(days=rng.randrange(3, 15) if on_paper else rng.randrange(0, 4))
    return Invoice(
        number=practice.next_number(),
        batch=f"{received:%j}",
        care=care,
        received=received,
        member_number=str(FIRST_MEMBER_NUMBER + household * MEMBER_NUMBER_STEP),
        rank=1 + rng.randrange(2),
        mode="PAPER" if on_paper else "DRE",
        acts=acts[: 1 + rng.randrange(len(acts))],
    )


def _settled(rng: Random, invoice: Invoice, today: datetime.date) -> Invoice:
    """What became of an invoice: nearly all are paid, once they have had the time."""
    drawn = rng.random()
    is_old = invoice.received < today - datetime.timedelta(days=6)
    if is_old and drawn < 0.06:
        return replace(invoice, status="rejected", reject_code=rng.choice(REASONS))
    if is_old and drawn < 0.07:
        return replace(invoice, status="cancelled")
    if drawn < 0.085 and invoice.received > today - datetime.timedelta(days=45):
        return replace(invoice, status="pending")
    return _paid(rng, invoice, today)


def _paid(rng: Random, invoice: Invoice, today: datetime.date) -> Invoice:
    """Transfers leave on Tuesdays and Fridays; one invoice in twenty waits too long."""
    checked = rng.randrange(10, 24) if invoice.mode == "PAPER" else 2
    if rng.random() < 0.05:
        checked += rng.randrange(6, 18)
    day = invoice.received + datetime.timedelta(days=checked)
    while day.weekday() not in {TUESDAY, FRIDAY}:
        day += datetime.timedelta(days=1)
    if day < today:
        return replace(invoice, status="paid", paid_on=day)
    age = (today - invoice.received).days
    return replace(invoice, status="received" if age < 1 else "checking" if age < 2 else "accepted")


def transfer_ref(ref: str, day: datetime.date) -> str:
    return f"V{ref.removeprefix('PS')}-{day:%Y%m%d}"


def invoice_row(ref: str, one: Invoice) -> Row:
    total = sum((act.expense for act in one.acts), Decimal(0))
    scheme = sum((act.scheme for act in one.acts), Decimal(0))
    return (
        one.number, ref, one.batch, one.care.isoformat(), one.member_number, str(one.rank), f"{total:.2f}",
        f"{scheme:.2f}", f"{one.mutual:.2f}", one.mode, one.received.isoformat(), one.status, one.reject_code,
        transfer_ref(ref, one.paid_on) if one.paid_on else "",
    )  # fmt: skip


def line_rows(ref: str, one: Invoice) -> Iterator[Row]:
    for line, act in enumerate(one.acts, 1):
        yield (
            one.number, ref, str(line), act.code, "1", f"{act.expense:.2f}", f"{act.base:.2f}", f"{act.rate:.4f}",
            f"{act.scheme:.2f}", f"{act.mutual:.2f}",
        )  # fmt: skip


def transfer_rows(ref: str, invoiced: list[Invoice]) -> Iterator[Row]:
    """The transfers that pay these invoices; of the busy professionals, the last but one does not add up."""
    amounts: dict[datetime.date, Decimal] = {}
    for one in invoiced:
        if one.paid_on:
            amounts[one.paid_on] = amounts.get(one.paid_on, Decimal(0)) + one.mutual
    days = sorted(amounts)
    if int(ref.removeprefix("PS")) <= BUSY and len(days) > 1:
        amounts[days[-2]] += UNEXPLAINED
    for day in days:
        yield transfer_ref(ref, day), ref, day.isoformat(), f"{amounts[day]:.2f}"
