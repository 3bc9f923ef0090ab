"""Whom the pages on employees showed: what the room of breaches asks when the account of a company was stolen.

An affiliation leads to the employee alone: a company sees nothing of the others of a household. Somebody who stays out by a
waiver, and whoever a file or a link names before it is confirmed, is no insured person: nobody here knows how to reach them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from employers.terminations.models import EmployeeTermination
from employers.workforce.models import Affiliation, OperationItem, What
from portals.signals import Concerned as Whom
from privacy.breaches.telling.registry import Shown, numbers_of, register_resolver

LISTS = frozenset({"workforce.listed", "workforce.exported"})


def employees_of_companies(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """Everybody whom the list or its file could show at that instant: one who was affiliated or undone before is not on
    it. A page shows part of the list, and the journal does not say which. Two queries."""
    lists = [one for one in shown if one.action in LISTS and one.object_id.isdecimal()]
    ids = {int(one.object_id) for one in lists}
    affiliations = Affiliation.objects.filter(company__in=ids).exclude(person=None)
    of_company: dict[str, list[Affiliation]] = defaultdict(list)
    for affiliation in affiliations.only("company_id", "person_id", "undone_at"):
        of_company[str(affiliation.company_id)].append(affiliation)
    made = OperationItem.objects.filter(company__in=ids, what=What.AFFILIATED).values_list(
        "affiliation", "operation__opened_at"
    )
    since = dict(made)
    return {
        one: Whom(
            frozenset(
                each.person_id
                for each in of_company[one.object_id]
                if each.person_id
                and (each.undone_at is None or each.undone_at > one.at)
                and (each.pk not in since or since[each.pk] <= one.at)
            )
        )
        for one in lists
    }


def employees(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """The employee of a page. One query."""
    found = Affiliation.objects.filter(pk__in=numbers_of(shown)).values_list("pk", "person_id")
    return _by_number(shown, found)


def employees_of_operations(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """Those whom an operation affiliated, changed or ended. One query."""
    items = OperationItem.objects.filter(operation__in=numbers_of(shown))
    return _by_number(shown, items.values_list("operation_id", "affiliation__person_id"))


def employees_who_left(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """The employee of an end of contract. One query."""
    ended = EmployeeTermination.objects.filter(pk__in=numbers_of(shown))
    return _by_number(shown, ended.values_list("pk", "affiliation__person_id"))


def _by_number(shown: Collection[Shown], pairs: Collection[tuple[int, int | None]]) -> dict[Shown, Whom]:
    persons: dict[str, set[int]] = defaultdict(set)
    for number, person in pairs:
        if person is not None:
            persons[str(number)].add(person)
    return {one: Whom(frozenset(persons[one.object_id])) for one in shown if one.object_id in persons}


register_resolver("company", employees_of_companies)
register_resolver("affiliation", employees)
register_resolver("operation", employees_of_operations)
register_resolver("employee_termination", employees_who_left)
