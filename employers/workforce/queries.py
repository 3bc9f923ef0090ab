"""Reads about the employees of a company, in its own context but for `known_of` and `persons_of`."""

import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from employers.companies.models import GroupContract
from employers.companies.queries import running_contracts
from employers.workforce.models import Affiliation, Operation, OperationItem, What
from employers.workforce.rules import NO_END, ContractFacts, Known, identity_key
from members.households.feeds import NIR_PLACE
from members.households.models import Person
from portals import secrets as personal
from portals.access import isolation


def affiliations_of(company_id: int) -> QuerySet[Affiliation]:
    """Every affiliation that was not undone."""
    return Affiliation.objects.filter(company=company_id, undone_at=None)


def facts_of(contract: GroupContract) -> ContractFacts:
    return ContractFacts(
        id=contract.pk,
        number=contract.contract_number,
        population=contract.population,
        start=contract.start_date,
        end=contract.end_date,
    )


def open_contracts(company_id: int, today: datetime.date) -> list[GroupContract]:
    """The contracts that somebody may be affiliated to today."""
    return list(running_contracts(company_id, today))


def known_of(company_id: int, today: datetime.date | None = None) -> Known:
    """What the rules ask of the affiliations of a company, read once. Two queries, whatever its size.

    In the system's context for the second: only fingerprints of NIR are read, to tell that two rows are one person of
    this company.
    """
    known = Known(today=today or timezone.localdate(), fingerprint=fingerprint)
    rows = affiliations_of(company_id).values_list(
        "person_id", "family_name", "given_names", "birth_date", "employee_number", "end_date"
    )
    last_of: dict[int, datetime.date] = {}
    for person_id, family_name, given_names, birth_date, number, end_date in rows.iterator(chunk_size=5000):
        end = end_date or NO_END
        key = identity_key(family_name, given_names, birth_date)
        known.people[key] = max(end, known.people.get(key, datetime.date.min))
        if number:
            known.numbers[number] = max(end, known.numbers.get(number, datetime.date.min))
        if person_id is not None:
            last_of[person_id] = max(end, last_of.get(person_id, datetime.date.min))
    with isolation.system():
        persons = Person.objects.filter(pk__in=last_of, nir_index__isnull=False)
        for person_id, index in persons.values_list("pk", "nir_index"):
            known.nirs[bytes(index or b"")] = last_of[person_id]
    return known


def fingerprint(nir: str) -> bytes:
    """What tells that two NIR of 15 characters are one, and nothing else."""
    return personal.blind_index(NIR_PLACE, nir)


def persons_of(company_id: int) -> list[int]:
    """Ids of the persons whom the company employs or employed: among them, a name and a birth date are enough."""
    affiliations = affiliations_of(company_id).exclude(person=None)
    return list(affiliations.values_list("person_id", flat=True).distinct())


def running_on(affiliations: QuerySet[Affiliation], day: datetime.date) -> QuerySet[Affiliation]:
    """Those whose rights run on a day."""
    return affiliations.filter(Q(end_date=None) | Q(end_date__gte=day), start_date__lte=day)


def employee_of(company_id: int, affiliation_id: int) -> Affiliation | None:
    """One employee with their contract; None for another company's as for one that never was, or was undone."""
    return affiliations_of(company_id).filter(pk=affiliation_id).select_related("contract__plan").first()


def populations_of(company_id: int) -> list[str]:
    """The populations of the company's contracts and of its employees."""
    of_contracts = set(GroupContract.objects.filter(company=company_id).values_list("population", flat=True))
    used = affiliations_of(company_id).order_by().values_list("population", flat=True).distinct()
    return sorted(of_contracts | set(used))


def items_of(affiliation: Affiliation) -> list[OperationItem]:
    """What operations did to one employee, the latest first."""
    items = affiliation.items.select_related("operation__by", "operation__undone_by")
    return list(items.order_by("-operation_id", "-pk"))


def operations_of(company_id: int, *, before: int | None = None) -> QuerySet[Operation]:
    """The operations of a company that did something, the latest first, counted by what they did."""
    operations = Operation.objects.filter(company=company_id).select_related("by", "undone_by")
    if before is not None:
        operations = operations.filter(pk__lt=before)
    counts = {what.value: Count("items", filter=Q(items__what=what)) for what in What}
    return operations.annotate(**counts, employees=Count("items")).filter(employees__gt=0).order_by("-pk")


def operation_of(company_id: int, operation_id: int) -> Operation | None:
    return operations_of(company_id).filter(pk=operation_id).first()
