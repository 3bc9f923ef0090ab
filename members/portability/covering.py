"""What a portability changes in the portfolio: until when the policy and its covers run, and what rests on them.

The policy is the one of the contract of employment, which goes on: same guarantees, same number, same card, and those who
were covered beside the employee stay covered (docs/decisions/portability.md). In the system's context.
"""

import datetime

from django.db.models import Q
from django.utils import timezone

from members.card.renewing import refresh_later
from members.coverage.models import Cover, Policy
from portals.access import expiry
from portals.access.models import Grant
from portals.accounts.models import Space

END_REASON = "fin de la portabilité"


def set_last_day(policy_id: int, last_day: datetime.date) -> None:
    """The policy ends that day, sooner or later than it did, with the covers that ended with it.

    `ended_here_on` holds it against feeds that do not know of it yet (`members.coverage.feeds`).
    """
    policy = Policy.objects.select_for_update(of=("self",)).get(pk=policy_id)
    covers = Cover.objects.filter(policy=policy, start_date__lte=last_day)
    covers.filter(Q(end_date=None) | Q(end_date=policy.end_date) | Q(end_date__gt=last_day)).update(end_date=last_day)
    policy.end_date, policy.end_reason, policy.ended_here_on = last_day, END_REASON, last_day
    policy.save(update_fields=["end_date", "end_reason", "ended_here_on"])
    follow(policy.household_id)


def follow(household_id: int) -> None:
    """Cards by a job, and the accesses of the household now."""
    refresh_later(household_id=household_id)
    grants = Grant.objects.filter(space=Space.MEMBER, tenant_id=household_id, basis__in=expiry.OWN_BASES)
    for grant in grants.select_related("account"):
        expiry.recompute(today=timezone.localdate(), account=grant.account)
