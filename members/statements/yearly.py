"""The summary of a year: what was paid in it, for each person whose care the viewer reads, family of acts by family.

For whoever adds up expenses for taxes or for a second insurer. Everything is added up from the same lines, so that the
persons make the total and the families make the persons. Payments for others are told as everywhere: a sum, no care.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Count
from django.template.loader import render_to_string

from members.benefits.queries import PaymentsForOthers, lines_seen, oldest_care_paid_in, payments_for_others, sums
from members.coverage.models import Policy
from members.households.models import Person
from members.households.rules import HouseholdPerson, Viewpoint
from members.statements.verifying import YEAR
from portals.accounts.models import Account
from portals.documents import verification
from portals.documents.verification import Mark
from portals.presentation.formats import long_date

ZERO = Decimal(0)


@dataclass(frozen=True)
class Amounts:
    """Sums of lines, in euros. `scheme` is what the scheme paid, the law's deduction off."""

    label: str
    count: int
    expense: Decimal
    scheme: Decimal
    mutual: Decimal
    other: Decimal

    @property
    def own(self) -> Decimal:
        """What stayed with the person."""
        return self.expense - self.scheme - self.mutual - self.other


@dataclass(frozen=True)
class PersonYear:
    """A person's families of acts, and their total."""

    person: HouseholdPerson
    families: tuple[Amounts, ...]
    total: Amounts


@dataclass(frozen=True)
class YearSummary:
    """`until` is the last day of payment that counts: the end of the year, or today."""

    year: int
    until: datetime.date
    persons: tuple[PersonYear, ...]
    total: Amounts
    others: PaymentsForOthers | None

    @property
    def is_whole(self) -> bool:
        return self.until == datetime.date(self.year, 12, 31)

    @property
    def period(self) -> str:
        """`Année 2025`, or `Année 2026, jusqu’au 22 novembre 2026`."""
        return f"Année {self.year}" + ("" if self.is_whole else f", jusqu’au {long_date(self.until)}")

    @property
    def has_other_bodies(self) -> bool:
        return any(family.other for person in self.persons for family in person.families)


def summary_of(viewpoint: Viewpoint, year: int) -> YearSummary | None:
    """The summary of what was paid from 1 January of the year until its end or today; None without any line."""
    until = min(datetime.date(year, 12, 31), viewpoint.day)
    found = _families(viewpoint, year, until)
    persons = tuple(
        PersonYear(person, families, added_up(f"Total {person.first_name}", families))
        for person in viewpoint.seen
        if (families := tuple(found.get(person.id, ())))
    )
    if not persons:
        return None
    others = payments_for_others(viewpoint) if year == viewpoint.day.year else None
    return YearSummary(year, until, persons, added_up("Total", [person.total for person in persons]), others)


def added_up(label: str, parts: list[Amounts] | tuple[Amounts, ...]) -> Amounts:
    """The sum of some amounts, under a name of its own."""
    columns = ("expense", "scheme", "mutual", "other")
    added = {name: sum((getattr(part, name) for part in parts), ZERO) for name in columns}
    return Amounts(label=label, count=sum(part.count for part in parts), **added)


def _families(viewpoint: Viewpoint, year: int, until: datetime.date) -> dict[int, list[Amounts]]:
    """Per person, in the order of the families. One query. A cancelled line and its reversal add up to nothing."""
    lines = lines_seen(viewpoint).filter(
        payment_date__range=(datetime.date(year, 1, 1), until), care_date__gte=oldest_care_paid_in(year)
    )
    rows = (
        lines.order_by("act_code__family__position", "act_code__family_id")
        .values("act_code__family_id")
        .annotate(count=Count("id"), **sums())
        .values_list("person_id", "act_code__family__label", "count", "expense", "scheme", "mutual", "other")
    )
    found: dict[int, list[Amounts]] = {}
    for person_id, *amounts in rows:
        found.setdefault(person_id, []).append(Amounts(*amounts))
    return found


def summary_html(viewpoint: Viewpoint, summary: YearSummary, mark: Mark) -> str:
    """The page that WeasyPrint lays out."""
    person = Person.objects.select_related("household").get(pk=viewpoint.viewer.id)
    numbers = Policy.objects.filter(household_id=viewpoint.household_id, covers__person_id=person.pk)
    context = {
        "summary": summary,
        "mark": mark,
        "viewpoint": viewpoint,
        "recipient": viewpoint.viewer.full_name,
        "address_lines": [
            line
            for part in (person.address_line1, person.address_line2, f"{person.postcode} {person.city}")
            if (line := part.strip())
        ],
        "member_number": person.household.member_number,
        "policies": sorted(set(numbers.values_list("policy_number", flat=True))),
        "made_on": viewpoint.day,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "adherent",
    }
    return render_to_string("members/statements/year.html", context)


def summary_pdf(viewpoint: Viewpoint, summary: YearSummary, *, by: Account) -> bytes:
    """The PDF/UA of a summary, that anybody can check."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only those who print wait

    return verification.issue(
        YEAR, lambda mark: render_pdf(summary_html(viewpoint, summary, mark)), period=summary.period, by=by
    )
