"""Records in the intermediate archive: the law still keeps them, and only its readers see them (CGU-8.5).

The core knows no archive. Whoever keeps one says who is in it, and which permission reads it:

    register(Archive(persons=lambda: …, permission="privacy.view_archived"))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from portals.access.entry import account_of
from portals.access.models import Basis, Grant
from portals.accounts.models import Space
from portals.gestion.concerned import About
from portals.signals import announce


@dataclass(frozen=True)
class Archive:
    """Who is in it (numbers of persons, as a query), and the permission of those who may read it."""

    persons: Callable[[], QuerySet[Any, Any]]
    permission: str


_archives: list[Archive] = []


def register(archive: Archive) -> None:
    _archives.append(archive)


def shown[R: QuerySet[Any]](request: HttpRequest, rows: R, about: About) -> R:
    """The rows that this person may see: those of the archive are its readers' alone."""
    by = account_of(request)
    for archive in _archives:
        if not by.has_perm(archive.permission):
            rows = rows.filter(_outside(archive, rows, about))
    return rows


def guard(request: HttpRequest, rows: QuerySet[Any], about: About) -> None:
    """The page of one row: unknown to whoever may not read the archive, one line of the journal for its readers."""
    by = account_of(request)
    for archive in _archives:
        row = rows.exclude(pk__in=rows.filter(_outside(archive, rows, about)).values("pk")).first()
        if row is None:
            continue
        if not by.has_perm(archive.permission):
            raise Http404
        announce("gestion.archive_read", by=by, object_kind=row._meta.model_name or "", object_id=row.pk)


def _outside(archive: Archive, rows: QuerySet[Any], about: About) -> Q:
    """Rows about somebody who is not in the archive, or about nobody. Persons say it, where a row names any."""
    inside, everything = archive.persons(), rows.model._default_manager
    # By key, everywhere: a relation to several persons or accounts would give the row several times.
    if about.persons:
        named, living = Q(), Q()
        for lookup in about.persons:
            naming = everything.filter(**{f"{lookup}__isnull": False})
            named |= Q(pk__in=naming.values("pk"))
            living |= Q(pk__in=_naming_the_living(naming, lookup, inside).values("pk"))
        return living | ~named
    if about.subjects:
        return ~Q(space=Space.MEMBER, subject_id__in=inside)
    kept = Q()
    for lookup in about.accounts:
        own = Grant.objects.filter(space=Space.MEMBER, basis=Basis.COVER, subject_id__in=inside)
        kept &= ~Q(pk__in=everything.filter(**{f"{lookup}__in": own.values("account_id")}).values("pk"))
    return kept


def _naming_the_living(rows: QuerySet[Any], lookup: str, inside: QuerySet[Any]) -> QuerySet[Any]:
    """Those of these rows that name somebody outside: by a relation, or by a number of their own."""
    model: Any = rows.model
    for step in lookup.split("__"):
        model = model._meta.get_field(step).related_model
    if model is None:
        return rows.exclude(**{f"{lookup}__in": inside})
    outside = model._default_manager.exclude(pk__in=inside)
    return rows.filter(**{f"{lookup}__in": outside.values("pk")})
