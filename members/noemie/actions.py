"""What staff write of a link, after the caisse's answers: the portal reads no NOEMIE file, and claims none."""

import datetime

from members.households.models import Person
from members.noemie.models import LinkState, NoemieLink
from portals.access import isolation
from portals.accounts.models import Account
from privacy.audit import record


class ReasonMissing(Exception):
    """A rejected link says why."""


def set_link(
    *, by: Account | None, person: Person, state: str, since: datetime.date, office: str = "", reason: str = ""
) -> NoemieLink:
    """Write where a person's link stands, since a day (Europe/Paris). Raises ReasonMissing."""
    if state == LinkState.REJECTED and not reason:
        raise ReasonMissing
    with isolation.system():
        link, _is_new = NoemieLink.objects.update_or_create(
            person=person,
            defaults={
                "household_id": person.household_id,
                "state": state,
                "since": since,
                "office": office,
                "reason": reason,
            },
        )
    record("noemie.link_set", by=by, object_kind="person", object_id=person.pk, details={"to": state})
    return link
