"""What vigilance compares and adds up of this space: the persons of the portfolio, and what they were paid back."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum

from members.benefits.models import BenefitLine, PaidTo
from members.households.models import Person
from portals.accounts.models import Space
from privacy.investigations.screening.matching import Candidate
from privacy.investigations.screening.registry import Known, Paid, register_payments, register_population

CHUNK = 2000
COLUMNS = ("pk", "household_id", "family_name", "birth_name", "given_names", "birth_date")


def persons() -> Iterator[Known]:
    """Everybody, a chunk at a time. In the system's context."""
    rows = Person.objects.order_by("pk").values_list(*COLUMNS)
    for number, household, family_name, birth_name, given_names, birth_date in rows.iterator(chunk_size=CHUNK):
        names = tuple(dict.fromkeys(filter(None, (family_name, birth_name))))
        yield Known(Space.MEMBER, household, number, Candidate(names, given_names, birth_date))


def paid_back(since: datetime.date, over: Decimal) -> Iterator[Paid]:
    """Those to whom the mutual paid more than that since the day, third parties left out. In the system's context."""
    lines = BenefitLine.objects.filter(payment_date__gte=since, paid_to=PaidTo.INSURED)
    totals = lines.values("household_id", "person_id").annotate(total=Sum("mutual_amount")).filter(total__gt=over)
    for row in totals.order_by("person_id").iterator(chunk_size=CHUNK):
        yield Paid(Space.MEMBER, row["household_id"], row["person_id"], row["total"])


register_population(persons)
register_payments(paid_back)
