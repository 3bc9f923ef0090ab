"""A look in words: who by role and organisation, never a member of staff by name; what; why."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portals.accounts.models import Space
from portals.gestion.forms import SwitchMotive
from privacy.audit.labels import label_of
from privacy.looks.queries import Group, Named
from privacy.looks.registry import OtherLook

DELETED = Named("Compte supprimé", "", is_own=False)
NO_REASON = "raison non précisée"
GESTURES = {"gestion.listed": "Dans une liste", "gestion.consulted": "Page consultée"}


@dataclass(frozen=True)
class Look:
    """One line of the page."""

    at: datetime.datetime
    who: str
    what: str
    why: str
    times: int = 1


def staff_name(account_id: int, roles: str) -> str:
    """By number and function: whoever asks about it is answered, and nobody is named."""
    return f"Agent {account_id}, {roles}" if roles else f"Agent {account_id}"


def look_of(group: Group, named: Mapping[int, Named], things: Mapping[str, str]) -> Look:
    """A group of the journal as a line. `things` names what pages of staff are about."""
    one = named.get(group.account_id, DELETED)
    is_staff = group.space == Space.STAFF
    return Look(
        at=group.last,
        who=staff_name(group.account_id, one.roles) if is_staff else one.name,
        what=_what(group, things),
        why=_why_staff(group.motive) if is_staff else _why(group),
        times=group.times,
    )


def _what(group: Group, things: Mapping[str, str]) -> str:
    gesture = GESTURES.get(group.action)
    if gesture is None:
        return label_of(group.action)
    thing = things.get(group.object_kind, "")
    return f"{gesture}\u00a0: {thing}" if thing else gesture


def _why_staff(motive: str) -> str:
    return SwitchMotive(motive).label.lower() if motive in SwitchMotive.values else NO_REASON


def _why(group: Group) -> str:
    if group.acting_as:
        return "au titre d’une représentation"
    return "sur le même contrat" if group.space == Space.MEMBER else "au titre de son espace"


def from_room(look: OtherLook) -> Look:
    return Look(look.at, look.who, look.what, look.why)


def in_order(looks: Iterable[Look]) -> list[Look]:
    """Newest first."""
    return sorted(looks, key=lambda look: look.at, reverse=True)
