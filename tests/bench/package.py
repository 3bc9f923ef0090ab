"""P11: the data package of a person with 3 000 lines, in three seconds."""

import statistics
import tempfile
from functools import partial

from members.benefits.models import BenefitLine
from members.households.models import Person
from portals.access import isolation
from portals.accounts.export.archive import write_archive
from portals.accounts.models import Account
from tests import builders
from tests.bench.rows import Row, Scale, paired

LINES = 3_000
MOST_SECONDS = 3.0
TURNS = 5


def p11(_scale: Scale) -> list[Row]:
    """The whole package (documents, tables, JSON, FHIR, PDF) against its three seconds, then against reading the lines."""
    person = builders.person(builders.household(member_number=f"P11-{builders.number()}"))
    builders.cover(builders.policy(person.household), person)
    builders.benefits(person, LINES)
    account = builders.account(person)
    ours, floor = paired(partial(package, account), partial(read, person), TURNS)
    note = f"{LINES:,} lines, {LINES / ours:,.0f} a second, {ours / floor:.0f} times reading them"
    return [Row("P11", "data package of a person with 3 000 lines", ours, MOST_SECONDS, 1.0, note=note)]


def package(account: Account) -> None:
    with isolation.system(), tempfile.TemporaryFile() as target:
        write_archive(account, target)


def read(person: Person) -> float:
    """Each line once, as objects."""
    with isolation.tenant("adherent", person.household_id):
        return float(statistics.fmean(line.expense for line in BenefitLine.objects.filter(person=person)))
