"""What the member's home page reads: the last payments, the year month by month, the latest statement."""

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Case, CharField, Count, F, Max, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractMonth, NullIf

from members.benefits.models import ActCode, BenefitLine, PaidTo
from members.benefits.queries import Totals, oldest_care_paid_in, paid_to_other_parent, sums
from members.benefits.rules import Payee, payee
from members.households.rules import HouseholdPerson, Viewpoint, listed
from portals.presentation.formats import MONTHS

SHOWN_PAYMENTS = 5
READ_PAYMENTS = 30
"""More are read than shown, so that the sum of the last day is whole."""


@dataclass(frozen=True)
class Payment:
    """What the mutual paid on one day, under one reference, for one person. Negative when it took money back.

    `line_id` and `care_date` are those of the newest care, `label` that of the only one; the three are None when the
    care is the person's alone.
    """

    date: datetime.date
    person: HouseholdPerson
    amount: Decimal
    payee: Payee
    count: int
    label: str | None
    care_date: datetime.date | None
    line_id: int | None

    @property
    def is_told(self) -> bool:
        return self.line_id is not None

    @property
    def taken_back(self) -> Decimal:
        return -self.amount

    @property
    def to_whom(self) -> str:
        """Where the money went, after the amount."""
        return {
            Payee.VIEWER: "sur votre compte",
            Payee.PROFESSIONAL: "au professionnel",
            Payee.PERSON: f"à {self.person.first_name}",
            Payee.MEMBER: "à l’adhérent",
            Payee.OTHER_PARENT: "à l’autre parent",
        }[self.payee]


def latest_payments(viewpoint: Viewpoint) -> list[Payment]:
    """The newest payments made so far, for those whom the viewer reads, and what arrived for the others. One query.

    Payments of this year and the last, whatever the care that they may concern; older ones are in the list.
    """
    is_seen = Q(person_id__in=viewpoint.seen_ids)
    arrived = Q(person_id__in=viewpoint.paid_for_ids, paid_to=PaidTo.INSURED)
    # A sub-query rather than a join: planned once, not once for each month of care.
    act = ActCode.objects.filter(pk=OuterRef("act_code_id")).values("label")
    label = Coalesce(NullIf("act_label", Value("")), Subquery(act))
    rows = (
        BenefitLine.objects.filter(is_seen | arrived, household_id=viewpoint.household_id)
        .filter(payment_date__lte=viewpoint.day, care_date__gte=oldest_care_paid_in(viewpoint.day.year - 1))
        .exclude(paid_to_other_parent(viewpoint))
        .values("payment_ref", "person_id", "paid_to", day=F("payment_date"))
        .annotate(
            amount=Sum("mutual_amount"),
            count=Count("id"),
            # Nothing of the care of the others leaves the database.
            label=Max(Case(When(is_seen, then=label), output_field=CharField())),
            care=Max(Case(When(is_seen, then="care_date"))),
            line=Max(Case(When(is_seen, then="id"))),
        )
        .exclude(amount=0)
        .order_by("-day", F("care").desc(nulls_last=True), F("line").desc(nulls_last=True), "person_id")
    )
    return [
        Payment(
            date=row["day"],
            person=(person := viewpoint.by_id[row["person_id"]]),
            amount=row["amount"],
            payee=payee(row["paid_to"], person, viewpoint),
            count=row["count"],
            label=row["label"] if row["count"] == 1 else None,
            care_date=row["care"],
            line_id=row["line"],
        )
        for row in rows[:READ_PAYMENTS]
    ]


@dataclass(frozen=True)
class Expected:
    """What the mutual will pay next: one day, in one sum. Euros."""

    date: datetime.date
    amount: Decimal


def next_expected(viewpoint: Viewpoint) -> Expected | None:
    """The nearest payment to come, for those whom the viewer reads. One query, on two years of care."""
    row = (
        BenefitLine.objects.filter(
            household_id=viewpoint.household_id,
            person_id__in=viewpoint.seen_ids,
            payment_date__gt=viewpoint.day,
            care_date__gte=datetime.date(viewpoint.day.year - 1, 1, 1),
        )
        .exclude(paid_to_other_parent(viewpoint))
        .values_list("payment_date")
        .annotate(amount=Sum("mutual_amount"))
        .filter(amount__gt=0)
        .order_by("payment_date")
        .first()
    )
    return Expected(*row) if row else None


@dataclass(frozen=True)
class Latest:
    """What was paid last, in one sum: the payments of one day that went to the same place."""

    payments: tuple[Payment, ...]

    @property
    def date(self) -> datetime.date:
        return self.payments[0].date

    @property
    def payee(self) -> Payee:
        return self.payments[0].payee

    @property
    def to_whom(self) -> str:
        return self.payments[0].to_whom

    @property
    def amount(self) -> Decimal:
        return sum((payment.amount for payment in self.payments), Decimal(0))

    @property
    def taken_back(self) -> Decimal:
        return -self.amount

    @property
    def names(self) -> str:
        return listed(list(dict.fromkeys(payment.person.first_name for payment in self.payments)))

    @property
    def only_care(self) -> Payment | None:
        """The payment, when it is for one care that the viewer may read."""
        first, *others = self.payments
        return first if not others and first.count == 1 and first.is_told else None


def latest_of(payments: list[Payment], viewpoint: Viewpoint) -> Latest | None:
    """The last day's payments to the viewer, or to whoever was paid on that day; None without payments."""
    last_day = [payment for payment in payments if payment.date == payments[0].date]
    if not last_day:
        return None
    chosen = Payee.VIEWER if any(payment.payee == Payee.VIEWER for payment in last_day) else last_day[0].payee
    same_place = [
        p for p in last_day if p.payee == chosen and (chosen != Payee.PERSON or p.person == last_day[0].person)
    ]
    return Latest(tuple(sorted(same_place, key=lambda payment: viewpoint.persons.index(payment.person))))


@dataclass(frozen=True)
class Month:
    """`name` is `mars`, for a table and a sentence."""

    name: str
    totals: Totals


@dataclass(frozen=True)
class Year:
    """The care of a year, for those whom the viewer reads: twelve months of sums, and their total."""

    year: int
    months: tuple[Totals, ...]

    @property
    def total(self) -> Totals:
        return Totals(
            count=sum(month.count for month in self.months),
            expense=sum((month.expense for month in self.months), Decimal(0)),
            scheme=sum((month.scheme for month in self.months), Decimal(0)),
            mutual=sum((month.mutual for month in self.months), Decimal(0)),
            other=sum((month.other for month in self.months), Decimal(0)),
        )

    @property
    def named_months(self) -> list[Month]:
        """The months that have care."""
        return [Month(name, month) for name, month in zip(MONTHS, self.months, strict=True) if month.count]

    @property
    def heaviest(self) -> Month | None:
        """The month with the highest expense."""
        return max(self.named_months, key=lambda month: month.totals.expense, default=None)

    @property
    def own_share(self) -> Decimal | None:
        """The part of the expense that stays with the persons, to the hundredth; None when there is no expense."""
        total = self.total
        return (total.own / total.expense).quantize(Decimal("0.01"), ROUND_HALF_UP) if total.expense > 0 else None


def year_of(viewpoint: Viewpoint) -> Year:
    """The running year by month of care, payments to come included. One query."""
    year = viewpoint.day.year
    rows = (
        BenefitLine.objects.filter(
            household_id=viewpoint.household_id,
            person_id__in=viewpoint.seen_ids,
            care_date__range=(datetime.date(year, 1, 1), datetime.date(year, 12, 31)),
        )
        .values(month=ExtractMonth("care_date"))
        .annotate(count=Count("id"), **sums())
        .values_list("month", "count", *sums())
    )
    found = {month: Totals(*figures) for month, *figures in rows}
    nothing = Totals(count=0, expense=Decimal(0), scheme=Decimal(0), mutual=Decimal(0), other=Decimal(0))
    return Year(year=year, months=tuple(found.get(month, nothing) for month in range(1, 13)))
