"""The list of whom a breach concerns: read from the journal, or added by number; how many there are of each category."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.jobs import Job, Priority, enqueue, handler
from privacy.audit import record
from privacy.breaches.models import StepKind
from privacy.breaches.telling import registry
from privacy.breaches.telling.accounts import of_identifier, own_persons
from privacy.breaches.telling.finding import Touched, touched_by
from privacy.breaches.telling.models import Concerned
from privacy.breaches.telling.registry import Contact
from privacy.breaches.timeline import note
from privacy.breaches.violations.actions import held_open
from privacy.breaches.violations.categories import counted_words, in_order
from privacy.breaches.violations.models import Breach

COUNT = "breach.count"


class NoPeriod(Exception):
    """Nobody has said since when, or on which accounts: the journal cannot be read without."""


class AlreadyDecided(Exception):
    """The persons are told already, or it was decided not to."""


@transaction.atomic
def count(*, by: Account, breach: Breach) -> None:
    """Ask the journal whom the accounts in question touched, in the period of the breach. Raises Closed or NoPeriod."""
    held = held_open(breach)
    if held.began_at is None or not held.incident.suspects:
        raise NoPeriod
    key = f"{held.pk}-{timezone.now().timestamp():.6f}"
    enqueue(COUNT, key=key, subject_id=held.pk, priority=Priority.ASKED)
    record("breach.count_asked", by=by, object_kind="breach", object_id=held.pk)


@handler(COUNT)
def count_now(job: Job) -> None:
    """Read the journal; somebody known already keeps their line, with the new figures."""
    breach = Breach.objects.select_for_update(of=("self",)).select_related("incident").get(pk=job.subject_id)
    if breach.began_at is None or breach.told_at is not None:
        return
    found = touched_by(breach.incident.suspects, breach.began_at, breach.ended_at or timezone.now())
    _keep("person_id", found.persons, breach)
    _keep("account_id", found.accounts, breach)
    breach.counted_at = timezone.now()
    breach.records_count = breach.records_count or found.looks
    breach.save(update_fields=["counted_at", "records_count"])
    _count_categories(breach)
    note(
        breach.incident,
        StepKind.COUNTED,
        by=None,
        words=f"{breach.persons_count}\u00a0personne(s), d’après le journal. {counted_words(breach)}".strip(),
    )


def _keep(column: str, touched: dict[int, Touched], breach: Breach) -> None:
    """One row for each number, in the column that says what it numbers."""
    rows = [
        Concerned(breach=breach, looks=one.looks, first_at=one.first, last_at=one.last, **{column: number})
        for number, one in sorted(touched.items())
    ]
    Concerned.objects.bulk_create(
        rows, batch_size=1_000, update_conflicts=True, unique_fields=["breach", column],
        update_fields=["looks", "first_at", "last_at"],
    )  # fmt: skip


@transaction.atomic
def add_persons(*, by: Account, breach: Breach, numbers: Iterable[str]) -> int:
    """Add the persons of exact member or policy numbers, and the holders of accounts by their identifier; returns how
    many are new. Raises Closed or AlreadyDecided."""
    held = held_open(breach)
    if held.told_at is not None:
        raise AlreadyDecided
    asked = list(numbers)
    persons = {person for number in asked for person in registry.find(number)}
    accounts = {account for number in asked for account in of_identifier(number)}
    own = own_persons(accounts)
    added = _add("person_id", persons | set(own.values()), held) + _add("account_id", accounts - set(own), held)
    _count_categories(held)
    note(held.incident, StepKind.COUNTED, by=by, words=f"{added}\u00a0personne(s) ajoutée(s) par leur numéro.")
    return added


def _add(column: str, numbers: set[int], breach: Breach) -> int:
    known = set(breach.concerned.filter(**{f"{column}__in": numbers}).values_list(column, flat=True))
    rows = [Concerned(breach=breach, **{column: number}) for number in sorted(numbers - known)]
    return len(Concerned.objects.bulk_create(rows))


def contacts_of(everybody: Iterable[Concerned]) -> dict[int, Contact]:
    """How each person of the list is reached, by line of the list; whoever no space knows any more has no contact."""
    rows = list(everybody)
    persons = registry.contacts_of([one.person_id for one in rows if one.person_id])
    accounts = registry.account_contacts_of([one.account_id for one in rows if one.account_id])
    found = {one.pk: persons.get(one.person_id or 0) or accounts.get(one.account_id or 0) for one in rows}
    return {line: contact for line, contact in found.items() if contact is not None}


def _count_categories(breach: Breach) -> None:
    """How many there are in all and of each category, for the register outlives the list; their categories join those
    that the officer described."""
    everybody = list(breach.concerned.all())
    contacts = contacts_of(everybody)
    counted = Counter(contacts[one.pk].category if one.pk in contacts else "" for one in everybody)
    breach.persons_count, breach.persons_by_category = len(everybody), dict(counted)
    breach.person_categories = in_order({*breach.person_categories, *counted} - {""})
    breach.save(update_fields=["persons_count", "persons_by_category", "person_categories"])
