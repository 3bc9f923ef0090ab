"""When each right was last used, as the operations journal says.

Looks at pages are entries of the staff's site; other verbs leave entries of their own, named below where several verbs
act on the same thing. A right whose verb is not named there was used when anything else was done to its thing.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from portals.gestion.roles import RIGHTS, Right, Role, rights_of
from privacy.audit.models import Entry

KEPT = datetime.timedelta(days=400)
"""How far back the journal is read: longer than a year between two reviews."""
LOOKS = frozenset({"gestion.listed", "gestion.consulted"})

BY: dict[str, frozenset[str]] = {
    "portals.resend_account": frozenset({"account.credentials_resent"}),
    "portals.unlock_account": frozenset({"account.unlocked"}),
    "portals.reset_factors_account": frozenset({"second_factor.all_removed"}),
    "portals.restrict_staff_account": frozenset({"access.restricted"}),
    "portals.hire_account": frozenset({"account.created"}),
    "portals.assign_account": frozenset({"account.roles_changed"}),
    "portals.review_account": frozenset({"gestion.access_reviewed"}),
    "portals.add_restriction": frozenset({"access.restricted"}),
    "portals.change_restriction": frozenset({"access.restriction_lifted"}),
    "portals.add_withdrawal": frozenset({"access.withdrawal_announced"}),
    "portals.change_withdrawal": frozenset({"access.withdrawal_cancelled"}),
    "portals.add_interruption": frozenset({"availability.noted"}),
    "portals.change_interruption": frozenset({"availability.ended", "availability.cancelled"}),
    "portals.add_termsversion": frozenset({"terms.published"}),
    "privacy.dismiss_incident": frozenset({"incident.dismissed"}),
    "privacy.add_incident": frozenset({"incident.opened"}),
    "privacy.contain_incident": frozenset({"account.sessions_ended", "access.restricted", "second_factor.all_removed"}),
    "privacy.view_entry": frozenset({"journal.searched", "history.consulted"}),
    "privacy.enter_medicalcase": frozenset({"vault.entered"}),
    "privacy.restore_rowchange": frozenset({"rowchange.restored"}),
    "privacy.add_publication": frozenset({"register.published"}),
    "privacy.change_control": frozenset({"control.carried_out", "gestion.changed"}),
    "privacy.add_erasure": frozenset({"erasure.ordered"}),
    "privacy.add_legalhold": frozenset({"erasure.held"}),
    "privacy.change_legalhold": frozenset({"erasure.released"}),
    "privacy.add_freeze": frozenset({"restriction.set"}),
    "privacy.change_freeze": frozenset({"restriction.lifted"}),
    "privacy.send_campaign": frozenset({"campaign.sent"}),
    "privacy.change_campaign": frozenset({"campaign.written", "campaign.tried"}),
    "privacy.add_accessreview": frozenset({"review.started"}),
    "privacy.decide_accessreview": frozenset({"review.decided"}),
    "privacy.close_accessreview": frozenset({"review.closed"}),
    "privacy.add_charterversion": frozenset({"charter.published"}),
    "privacy.add_awarenessmodule": frozenset({"awareness.published"}),
    "privacy.change_awarenessmodule": frozenset({"awareness.ended"}),
    "privacy.map_publication": frozenset({"data_map.consulted"}),
}


@dataclass(frozen=True)
class Use:
    """A right and the last day (of Paris) on which it was used; None when it was not within the journal that is read."""

    right: Right
    used_on: datetime.date | None


type Done = dict[tuple[str, str], datetime.datetime]
"""The last instant of each operation on each kind of thing."""


def done_by(accounts: Collection[int]) -> dict[int, Done]:
    """What these accounts last did, by operation and thing. One query, on the journal's index of accounts."""
    rows = Entry.objects.filter(account_id__in=accounts, at__gte=timezone.now() - KEPT)
    found: dict[int, Done] = {account: {} for account in accounts}
    for account, action, kind, at in (
        rows.values_list("account_id", "action", "object_kind").annotate(Max("at")).order_by()
    ):
        place = (action, kind.replace("_", ""))
        found[account][place] = max(at, found[account].get(place, at))
    return found


def uses_of(role: str, done: Done) -> list[Use]:
    """Each right of a role with its last use."""
    if role not in {known.value for known in Role}:
        return []
    return [Use(right, _last(right, done)) for right in rights_of(Role(role))]


def last_of(uses: Iterable[Use]) -> datetime.date | None:
    """The last day on which anything of it was used."""
    return max((use.used_on for use in uses if use.used_on), default=None)


def _last(right: Right, done: Done) -> datetime.date | None:
    thing = right.model.partition(".")[2]
    named = BY.get(right.permission)
    instants = [
        at
        for (action, kind), at in done.items()
        if (
            action in named or (action in LOOKS and right.verb == "view" and kind == thing)
            if named is not None
            else kind == thing and (action in LOOKS) == (right.verb == "view")
        )
    ]
    return timezone.localdate(max(instants)) if instants else None


def unknown_rights() -> set[str]:
    """Rights named above that the table of roles does not have: none, a test says."""
    return set(BY) - {right.permission for right in RIGHTS}
