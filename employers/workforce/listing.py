"""The list of employees: search, filters, pages by key. The cost of a page does not grow with the company."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from employers.workforce.models import Affiliation
from employers.workforce.queries import affiliations_of, running_on
from portals.names import folded_name

PAGE_SIZE = 50
LAST = "\U0010ffff"
"""Sorts after every sign that a name is written with: the end of a range of names that begin alike."""


class Standing(StrEnum):
    """Where an employee stands on a day; the value is that of the filter."""

    COVERED = "affilies"
    UPCOMING = "a-venir"
    LEAVING = "fin-prevue"
    LEFT = "partis"


class Moved(StrEnum):
    ENTERED = "entres"
    LEFT = "sortis"


EVERYBODY = "tous"


@dataclass(frozen=True)
class Asked:
    """What the filters ask for. `standing` empty: those who are there or will be; `EVERYBODY`: the others too."""

    text: str = ""
    population: str = ""
    standing: str = ""
    moved: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True)
class Page:
    """One page, and the employees after and before whom the neighbours begin."""

    employees: list[Affiliation]
    before: int | None
    after: int | None


def standing_of(affiliation: Affiliation, today: datetime.date) -> Standing:
    """Where the employee stands; the last day still counts as covered, with an end to come."""
    if affiliation.start_date > today:
        return Standing.UPCOMING
    if affiliation.end_date is None:
        return Standing.COVERED
    return Standing.LEFT if affiliation.end_date < today else Standing.LEAVING


def asked_for(company_id: int, asked: Asked, today: datetime.date) -> QuerySet[Affiliation]:
    """The employees whom the filters let through, in no order yet."""
    found = _standing(affiliations_of(company_id), asked.standing, today)
    if asked.population:
        found = found.filter(population=asked.population)
    if asked.moved:
        column = "start_date" if asked.moved == Moved.ENTERED else "end_date"
        if asked.since is not None:
            found = found.filter(**{f"{column}__gte": asked.since})
        if asked.until is not None:
            found = found.filter(**{f"{column}__lte": asked.until})
        found = found.exclude(**{column: None})
    return _named(found, asked.text)


def page_of(employees: QuerySet[Affiliation], address: Mapping[str, str]) -> Page:
    """The page after `?apres=` or before `?avant=`, by name. Two queries at most.

    The address names a row, never a person: what it is sorted by is read again.
    """
    after, before = _place(employees, address.get("apres", "")), _place(employees, address.get("avant", ""))
    if after is not None:
        beyond = Q(search_name__gt=after.search_name) | Q(search_name=after.search_name, id__gt=after.pk)
        found = _take(employees.filter(beyond, search_name__gte=after.search_name).order_by("search_name", "id"))
        return _page(found, comes_from_before=True)
    if before is not None:
        ahead = Q(search_name__lt=before.search_name) | Q(search_name=before.search_name, id__lt=before.pk)
        found = _take(employees.filter(ahead, search_name__lte=before.search_name).order_by("-search_name", "-id"))
        shown = found[:PAGE_SIZE][::-1]
        more = len(found) > PAGE_SIZE
        return Page(shown, before=shown[0].pk if more else None, after=shown[-1].pk if shown else None)
    return _page(_take(employees.order_by("search_name", "id")), comes_from_before=False)


def _standing(found: QuerySet[Affiliation], standing: str, today: datetime.date) -> QuerySet[Affiliation]:
    if standing == EVERYBODY:
        return found
    if standing == Standing.COVERED:
        return running_on(found, today)
    if standing == Standing.UPCOMING:
        return found.filter(start_date__gt=today)
    if standing == Standing.LEAVING:
        return found.filter(end_date__gte=today, start_date__lte=today)
    if standing == Standing.LEFT:
        return found.filter(end_date__lt=today)
    return found.filter(Q(end_date=None) | Q(end_date__gte=today))


def _named(found: QuerySet[Affiliation], text: str) -> QuerySet[Affiliation]:
    """Those whose family name, given name or employee number begins like this, whatever accents and case."""
    folded, typed = folded_name(text), text.strip()
    if not typed:
        return found
    named = Q()
    for number in {typed, typed.upper(), typed.lower()}:
        named |= Q(employee_number__gte=number, employee_number__lt=number + LAST)
    if folded:
        named |= Q(search_name__gte=folded, search_name__lt=folded + LAST)
        named |= Q(search_given__gte=folded, search_given__lt=folded + LAST)
    return found.filter(named)


def _place(employees: QuerySet[Affiliation], written: str) -> Affiliation | None:
    if not (written.isascii() and written.isdigit() and len(written) < 19):
        return None
    return employees.filter(pk=int(written)).only("pk", "search_name").first()


def _take(employees: QuerySet[Affiliation]) -> list[Affiliation]:
    """One more than a page: it says whether there is another."""
    return list(employees[: PAGE_SIZE + 1])


def _page(found: list[Affiliation], *, comes_from_before: bool) -> Page:
    shown = found[:PAGE_SIZE]
    return Page(
        shown,
        before=shown[0].pk if comes_from_before and shown else None,
        after=shown[-1].pk if len(found) > PAGE_SIZE else None,
    )
