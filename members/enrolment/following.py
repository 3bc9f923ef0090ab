"""What follows a change of covers: cards by jobs, and the accesses that rest on them. In the system's context."""

from collections.abc import Collection

from django.utils import timezone

from members.card.models import Card
from members.card.renewing import refresh_later
from members.representation.grants import open_grants
from portals import jobs
from portals.access.expiry import RECOMPUTE, recompute
from portals.access.models import Basis, Grant
from portals.accounts.models import Space

AT_ONCE = 20
"""Accounts whose accesses are brought up to date in the same transaction; beyond, by the job that feeds use."""


def follow(household_ids: Collection[int], person_ids: Collection[int]) -> None:
    """Most of those who are hired have neither account nor card: nothing is done for them."""
    if not household_ids:
        return
    today = timezone.localdate()
    grants = list(
        Grant.objects.filter(space=Space.MEMBER, tenant_id__in=household_ids, revoked_at=None).select_related("account")
    )
    cards = Card.objects.filter(household_id__in=household_ids, revoked_at=None, valid_to__gte=today)
    with_cards = set(cards.values_list("household_id", flat=True))
    for household_id in sorted(with_cards | {grant.tenant_id for grant in grants}):
        refresh_later(household_id=household_id)
    concerned = [grant for grant in grants if grant.subject_id in set(person_ids)]
    if len(concerned) > AT_ONCE:
        jobs.enqueue(RECOMPUTE, key=f"enrolment-{timezone.now():%Y%m%d%H%M%S%f}", subject_id=0)
        return
    for grant in concerned:
        if grant.basis == Basis.COVER:
            recompute(today=today, account=grant.account)
        else:
            open_grants(today=today, account_id=grant.account_id)
