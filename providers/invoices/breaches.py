"""Whose care the invoices and transfers of a practice showed: what the room of breaches asks when its account was stolen.

An invoice names its patient by member number and rank. A page of the list leads to the patients of the invoices on it, which
the journal names by number; a file, to those of every invoice received by that day, for it may hold them all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from members.households.models import Person
from portals.signals import Concerned as Whom
from privacy.breaches.telling.registry import Shown, numbers_of, register_resolver
from providers.invoices.models import Invoice
from providers.transfers.models import Transfer

LISTED, EXPORTED = "invoices.listed", "invoices.exported"


def patients_of_practices(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """Of lists and files. One query for all pages of lists, one for each file."""
    pages = {one: [int(number) for number in one.numbers.split()] for one in shown if one.action == LISTED}
    every = {number for numbers in pages.values() for number in numbers}
    patients = dict(_patients(Invoice.objects.filter(pk__in=every), "pk"))
    found = {one: _whom(patients, numbers) for one, numbers in pages.items()}
    for one in shown:
        if one.action == EXPORTED and one.object_id.isdecimal():
            received = Invoice.objects.filter(
                professional=int(one.object_id), received_on__lte=timezone.localdate(one.at)
            )
            found[one] = Whom(frozenset(patient for (patient,) in _patients(received)))
    return found


def patients_of_invoices(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """The patient of an invoice. One query."""
    patients = dict(_patients(Invoice.objects.filter(pk__in=numbers_of(shown)), "pk"))
    return {one: _whom(patients, [int(one.object_id)]) for one in shown if one.object_id.isdecimal()}


def patients_of_transfers(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """The patients of the invoices that a transfer pays. Two queries."""
    transfers = Transfer.objects.filter(pk__in=numbers_of(shown)).values_list("pk", "professional", "transfer_ref")
    paid = {(professional, reference): str(number) for number, professional, reference in transfers}
    wanted = Q(pk=None)
    for professional, reference in paid:
        wanted |= Q(professional=professional, transfer_ref=reference)
    persons: dict[str, set[int]] = defaultdict(set)
    for professional, reference, patient in _patients(Invoice.objects.filter(wanted), "professional", "transfer_ref"):
        persons[paid[professional, reference]].add(patient)
    return {one: Whom(frozenset(persons[one.object_id])) for one in shown if one.object_id in persons}


def _patients(invoices: QuerySet[Invoice], *fields: str) -> list[tuple[Any, ...]]:
    """Of each invoice these fields, then its patient; those of nobody whom we know are left out. One query."""
    same = Person.objects.filter(household__member_number=OuterRef("member_number"), rank=OuterRef("rank"))
    known = invoices.annotate(patient=Subquery(same.values("pk")[:1])).exclude(patient=None)
    return list(known.values_list(*fields, "patient").distinct())


def _whom(patients: Mapping[Any, Any], numbers: Iterable[int]) -> Whom:
    return Whom(frozenset(patients[number] for number in numbers if number in patients))


register_resolver("professional", patients_of_practices)
register_resolver("invoice", patients_of_invoices)
register_resolver("transfer", patients_of_transfers)
