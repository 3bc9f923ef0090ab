"""Which suggestions a contract calls for. Pure: no database, no clock."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from members.households.rules import AGE_OF_OWN_CHOICE, MAJORITY, HouseholdPerson, age_on

AHEAD = datetime.timedelta(days=180)
REVIEW_AFTER_YEARS = 2


@dataclass(frozen=True)
class Suggestion:
    """One sentence, what it rests on, and where it leads (`view`: a name of address)."""

    title: str
    words: str
    view: str


def for_children(children: Sequence[HouseholdPerson], day: datetime.date) -> dict[int, Suggestion]:
    """By child: the birthdays that open a right within six months. `children`: those of whom the viewer is the parent."""
    found = {child.id: _for_child(child, day) for child in children}
    return {child: suggestion for child, suggestion in found.items() if suggestion is not None}


def _for_child(child: HouseholdPerson, day: datetime.date) -> Suggestion | None:
    soon = day + AHEAD
    if age_on(child.birth_date, day) < MAJORITY <= age_on(child.birth_date, soon):
        return Suggestion(
            f"{child.first_name} aura bientôt 18\u00a0ans",
            "Ses soins ne seront plus qu’à ses yeux\u00a0: un espace à son nom les lui montrera.",
            "members:beneficiaries",
        )
    if not child.has_own_space and age_on(child.birth_date, day) < AGE_OF_OWN_CHOICE <= age_on(child.birth_date, soon):
        return Suggestion(
            f"{child.first_name} aura bientôt 16\u00a0ans",
            "À cet âge, on peut ouvrir son propre espace et choisir qui voit ses soins.",
            "members:watchers",
        )
    return None


def for_policy(since: datetime.date, day: datetime.date) -> Suggestion | None:
    """A contract of two years or more is worth a talk."""
    if age_on(since, day) < REVIEW_AFTER_YEARS:
        return None
    return Suggestion(
        "Faire le point avec un conseiller",
        f"Votre contrat court depuis {since.year}\u00a0: vérifions ensemble qu’il répond encore à vos besoins.",
        "portals:message_new",
    )
