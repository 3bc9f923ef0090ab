"""Reads of benefit lines: what a viewer selects, its totals, its latest care, and what cancels what."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, DateField, Func, Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Concat, NullIf

from members.benefits.models import BenefitLine, PaidTo
from members.benefits.paging import PAGE_SIZE
from members.households.rules import Viewpoint

AMOUNTS = ("expense", "scheme_amount", "mutual_amount", "other_amount")
"""What a reversal has negated."""
PAID, EXPECTED = "paid", "expected"
MOST_OF_A_PAYMENT = 50
CLAIMED_WITHIN = 3  # years
"""A payment concerns care of at most so many calendar years before: rights lapse after two (Code de la mutualité,
art. L. 221-11). Reads of payments look no further back, so that they open few of the months of care."""

ACCENTED = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ’"
PLAIN = "aaaaaaceeeeiiiinooooouuuuyy'"
_FOLD = str.maketrans(ACCENTED, PLAIN) | {ord("œ"): "oe", ord("æ"): "ae"}


def folded(text: str) -> str:
    """Text as the search compares it: lower case, French accents and ligatures undone."""
    return text.lower().translate(_FOLD)


class Folded(Func):
    """`folded`, in the database."""

    template = (
        f"replace(replace(translate(lower(%(expressions)s), '{ACCENTED}', '{PLAIN.replace(chr(39), chr(39) * 2)}'),"
        " 'œ', 'oe'), 'æ', 'ae')"
    )


@dataclass(frozen=True)
class Filters:
    """What the viewer asks for. Dates are of care, both included; `state` is `PAID`, `EXPECTED` or empty."""

    person_id: int | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    family: str = ""
    state: str = ""
    text: str = ""


def lines_seen(viewpoint: Viewpoint) -> QuerySet[BenefitLine]:
    """Every line that the viewer may read, newest care first."""
    return (
        BenefitLine.objects.filter(household_id=viewpoint.household_id, person_id__in=viewpoint.seen_ids)
        .select_related("act_code")
        .order_by("-care_date", "-id")
    )


def selection(viewpoint: Viewpoint, filters: Filters) -> QuerySet[BenefitLine]:
    """The lines that the viewer asks for, among those that they may read."""
    lines = lines_seen(viewpoint)
    if filters.person_id is not None:
        lines = lines.filter(person_id=filters.person_id)
    if filters.start:
        lines = lines.filter(care_date__gte=filters.start)
    if filters.end:
        lines = lines.filter(care_date__lte=filters.end)
    if filters.family:
        lines = lines.filter(act_code__family_id=filters.family)
    if filters.state:
        lines = lines.filter(_in_state(filters.state, viewpoint.day))
    words = folded(filters.text).split()
    if words:
        label = Coalesce(NullIf("act_label", Value("")), "act_code__label")
        lines = lines.alias(words=Folded(Concat(label, Value(" "), "professional_name")))
        lines = lines.filter(*[Q(words__contains=word) for word in words])
    return lines


def _in_state(state: str, day: datetime.date) -> Q:
    """Same cut as `rules.payment_state`: a line with nothing to pay is neither paid nor expected."""
    if state == PAID:
        return Q(payment_date__lte=day)
    return Q(payment_date__gt=day) | (Q(payment_date=None) & ~Q(mutual_amount=0))


class NthNewestCare(Func):
    """The day of care of the line of this rank, newest first; NULL when there are fewer lines."""

    template = "(%(expressions)s)[%(rank)s]"
    output_field = DateField()

    def __init__(self, rank: int) -> None:
        super().__init__(ArrayAgg("care_date", order_by="-care_date"), rank=rank)


@dataclass(frozen=True)
class Totals:
    """Sums of a selection, in euros, and the dates of care it spans.

    `newest_since` is the day of care back to which its newest lines, one more than a page, are found; with it the
    newest page opens few of the months of care.
    """

    count: int
    expense: Decimal
    scheme: Decimal
    mutual: Decimal
    other: Decimal
    first: datetime.date | None = None
    last: datetime.date | None = None
    newest_since: datetime.date | None = None

    @property
    def own(self) -> Decimal:
        return self.expense - self.scheme - self.mutual - self.other


def sums() -> dict[str, Sum]:
    """The aggregates of every page that adds lines up."""
    return {
        "expense": Sum("expense", default=Decimal(0)),
        "scheme": Sum("scheme_amount", default=Decimal(0)),
        "mutual": Sum("mutual_amount", default=Decimal(0)),
        "other": Sum("other_amount", default=Decimal(0)),
    }


def totals(lines: QuerySet[BenefitLine]) -> Totals:
    """The totals of a selection. One query."""
    first = Min("care_date")
    newest_since = Coalesce(NthNewestCare(PAGE_SIZE + 1), first)
    found = lines.order_by().aggregate(
        count=Count("id"), first=first, last=Max("care_date"), newest_since=newest_since, **sums()
    )
    return Totals(**found)


def last_care(viewpoint: Viewpoint) -> BenefitLine | None:
    """The newest line that the viewer may read."""
    return lines_seen(viewpoint).first()


def line_of(viewpoint: Viewpoint, line_id: int) -> BenefitLine | None:
    """A line of the viewer's household, whoever's it is: the caller asks whether it may be read."""
    lines = BenefitLine.objects.filter(household_id=viewpoint.household_id).select_related("act_code", "policy")
    return lines.filter(pk=line_id).first()


def oldest_care_paid_in(year: int) -> datetime.date:
    """The first day of care that a payment of this year may concern."""
    return datetime.date(year - CLAIMED_WITHIN, 1, 1)


@dataclass(frozen=True)
class PaymentsForOthers:
    """What arrived in a year on the viewer's account for persons whose care is theirs alone."""

    year: int
    count: int
    amount: Decimal


def payments_for_others(viewpoint: Viewpoint) -> PaymentsForOthers | None:
    """Payments of the viewer's current year, or None when the viewer receives nothing for anybody. One query.

    A payment is one reference on one day for one person. Nothing of the care is read.
    """
    if not viewpoint.paid_for:
        return None
    year = viewpoint.day.year
    payments = (
        BenefitLine.objects.filter(
            household_id=viewpoint.household_id,
            person_id__in=viewpoint.paid_for_ids,
            paid_to=PaidTo.INSURED,
            payment_date__range=(datetime.date(year, 1, 1), viewpoint.day),
            care_date__gte=oldest_care_paid_in(year),
        )
        .values("payment_date", "payment_ref", "person_id")
        .annotate(amount=Sum("mutual_amount"))
        .exclude(amount=0)
        .values_list("amount", flat=True)
    )
    amounts = list(payments)
    return PaymentsForOthers(year=year, count=len(amounts), amount=sum(amounts, Decimal(0)))


def paid_to_other_parent(viewpoint: Viewpoint) -> Q:
    """The lines whose payment arrived on an account that the viewer is told nothing of."""
    return Q(paid_to=PaidTo.INSURED, person_id__in=viewpoint.concealed_ids)


def same_payment(viewpoint: Viewpoint, line: BenefitLine) -> list[BenefitLine]:
    """The other lines that the viewer may read of the payment that this line is part of, newest care first."""
    if not line.payment_ref or line.payment_date is None:
        return []
    if line.paid_to == PaidTo.INSURED and line.person_id in viewpoint.concealed_ids:
        return []
    lines = lines_seen(viewpoint).filter(
        payment_ref=line.payment_ref,
        payment_date=line.payment_date,
        paid_to=line.paid_to,
        care_date__gte=oldest_care_paid_in(line.payment_date.year),
    )
    return list(lines.exclude(pk=line.pk)[:MOST_OF_A_PAYMENT])


def cancelled(lines: Collection[BenefitLine]) -> set[int]:
    """Those of these lines, none a reversal, that another line cancels: `counterpart` for many. One query."""
    negative = Q(*((f"{amount}__lt", 0) for amount in AMOUNTS), _connector=Q.OR)
    reversals = BenefitLine.objects.filter(
        negative,
        household_id__in={line.household_id for line in lines},
        person_id__in={line.person_id for line in lines},
        care_date__in={line.care_date for line in lines},
    )
    undone = {
        (person, day, act, *(-amount for amount in amounts))
        for person, day, act, *amounts in reversals.values_list("person_id", "care_date", "act_code_id", *AMOUNTS)
    }
    return {
        line.pk
        for line in lines
        if (line.person_id, line.care_date, line.act_code_id, *(getattr(line, amount) for amount in AMOUNTS)) in undone
    }


def counterpart(line: BenefitLine) -> BenefitLine | None:
    """The line that this one cancels, or the line that cancels it: same care, every amount negated."""
    if not any(getattr(line, amount) for amount in AMOUNTS):
        return None
    return (
        BenefitLine.objects.filter(
            household_id=line.household_id,
            person_id=line.person_id,
            care_date=line.care_date,
            act_code_id=line.act_code_id,
            **{amount: -getattr(line, amount) for amount in AMOUNTS},
        )
        .exclude(pk=line.pk)
        .order_by("-id")
        .first()
    )
