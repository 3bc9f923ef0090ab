"""Whose looks a member may read, what professionals were shown, and how the DPO finds a person."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from members.households.models import Person
from members.households.queries import viewpoint_by
from members.rights.models import RightsLook
from members.rights.queries import told_of
from portals.access.models import Grant
from portals.names import folded_name
from portals.presentation.formats import long_date
from privacy.looks.registry import Found, OtherLook, Source, Whose

MOST_FOUND = 20
MOST_READ = 2_000
"""Bearers of one family name that are compared; beyond, a number is asked for."""


def persons(grant: Grant) -> list[Whose]:
    """The viewer, and as a parent their children under 16; nobody once the person has left the household. One query."""
    try:
        viewpoint = viewpoint_by(grant, day=timezone.localdate())
    except Person.DoesNotExist:
        return []
    return [Whose(one.id, one.full_name, one == viewpoint.viewer) for one in told_of(viewpoint)]


def looks(grant: Grant, person_id: int, since: datetime.datetime, until: datetime.datetime) -> list[OtherLook]:
    """What professionals were shown of a person by their card. One query."""
    rows = RightsLook.objects.filter(household=grant.tenant_id, person=person_id, at__gte=since, at__lt=until)
    return [
        OtherLook(
            at=look.at,
            who=", ".join(filter(None, (look.practice_name, look.place))),
            what="Droits, par la carte. Aucun soin vu",
            why=f"pour des soins du {long_date(look.on_day)}, réponse n°\u00a0{look.reference}",
        )
        for look in rows.order_by("-at", "-id")
    ]


def find(text: str) -> Sequence[Found]:
    """By an exact member number, policy number or reference; or by the family name, with given names or without, in any
    order, whatever the accents and the case."""
    number, splits = text.replace(" ", ""), _splits(folded_name(text).split())
    # One index each: joined by OR, they would read every person.
    ways = [
        Person.objects.filter(household__member_number=number),
        Person.objects.filter(household__policies__policy_number=number),
        Person.objects.filter(person_ref=number),
        Person.objects.filter(search_name__in=list(splits))[:MOST_READ],
    ]
    ids = {person_id for way in ways for person_id in way.values_list("pk", flat=True)}
    rows = Person.objects.filter(pk__in=ids).select_related("household").order_by("search_name", "given_names", "pk")
    found = [
        person for person in rows if person.search_name not in splits or splits[person.search_name] <= _words_of(person)
    ]
    return [_found(person) for person in found[:MOST_FOUND]]


def _splits(words: Sequence[str]) -> dict[str, set[str]]:
    """Each family name that the words may begin or end with, and the words that are then given names."""
    ranks = range(1, len(words) + 1)
    last = {" ".join(words[len(words) - rank :]): set(words[: len(words) - rank]) for rank in ranks}
    return last | {" ".join(words[:rank]): set(words[rank:]) for rank in ranks}


def _words_of(person: Person) -> set[str]:
    return set(folded_name(person.given_names).split())


def _found(person: Person) -> Found:
    words = f"né(e) le {long_date(person.birth_date)}, foyer n°\u00a0{person.household.member_number}"
    return Found(person.pk, f"{person.given_names} {person.family_name}", words)


SOURCE = Source(persons=persons, looks=looks)
