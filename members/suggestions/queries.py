"""The suggestions of the pages. They come from the contract, and the ledger of choices is asked before any is shown."""

import datetime

from members.households.rules import MAJORITY, HouseholdPerson, Viewpoint, age_on, has_authority
from members.suggestions.rules import Suggestion, for_children, for_policy
from portals.accounts.models import Space
from privacy.consents import Channel, Holder, usable
from privacy.consents.rules import PERSONALISATION

MOST = 2


def suggestions_at_home(view: Viewpoint) -> list[Suggestion]:
    """About children, at most two. One query, and none when there is nothing to say.

    Nothing for whoever objects, nor about a child for whom a parent objected, or who did from their own account.
    """
    if view.is_represented:
        return []
    found = for_children([one for one in view.persons if _is_child_of(view, one)], view.day)
    own, about = _holder(view, view.viewer.id), {child: _holder(view, child) for child in found}
    allowed = usable([own, *about.values()], PERSONALISATION, Channel.WHOLE) if found else set()
    if own not in allowed:
        return []
    return [suggestion for child, suggestion in found.items() if about[child] in allowed][:MOST]


def suggestions_on_policy(view: Viewpoint, *, since: datetime.date) -> list[Suggestion]:
    """About the policy that is shown, which runs since that day. One query, and none when there is nothing to say."""
    found = None if view.is_represented else for_policy(since, view.day)
    own = _holder(view, view.viewer.id)
    return [found] if found and own in usable([own], PERSONALISATION, Channel.WHOLE) else []


def _is_child_of(view: Viewpoint, person: HouseholdPerson) -> bool:
    if person.id == view.viewer.id or not has_authority(view.viewer, person):
        return False
    return age_on(person.birth_date, view.day) < MAJORITY


def _holder(view: Viewpoint, person_id: int) -> Holder:
    return Holder(Space.MEMBER, person_id, view.household_id)
