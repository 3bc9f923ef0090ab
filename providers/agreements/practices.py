"""The practices of one professional: each has its own agreement, and one account acts for all of them (CGU-1.4)."""

from django.db import transaction
from django.utils import timezone

from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, Space
from portals.jobs import Priority, enqueue
from privacy.audit import record
from providers.agreements.models import Agreement, Professional
from providers.agreements.queries import active_on

TOLD = "professional.practice_added"


class NotYours(LookupError):
    """No active agreement of this number is in the name of the same professional."""


class AlreadyYours(Exception):
    """The account acts for this practice already."""


@transaction.atomic
def add_practice(*, by: Account, grant: Grant, agreement_number: str) -> Grant:
    """Let a professional's account act for another practice of theirs, and tell the address on that agreement.

    The number of an active agreement, signed under the same RPPS as the practice that the account acts for: what a
    sign-up asks, and no less. Raises NotYours, which says nothing of why, and AlreadyYours.
    """
    today = timezone.localdate()
    with isolation.system():  # the other practice is another tenant until this grant opens it
        rpps = Professional.objects.values_list("rpps", flat=True).get(pk=grant.tenant_id)
        signed = active_on(Agreement.objects.exclude(professional=grant.tenant_id), today)
        agreement = signed.filter(agreement_number=agreement_number, professional__rpps=rpps).first() if rpps else None
    if agreement is None:
        raise NotYours
    opened = Grant.objects.select_for_update(of=("self",)).filter(
        account=by, space=Space.PROFESSIONAL, tenant_id=agreement.professional_id
    )
    before = opened.first()
    if before is not None and before.role == "":
        # Withdrawn by the mutual: what it has shut is not opened again by a number.
        raise AlreadyYours if before.revoked_at is None else NotYours
    added = before or Grant(
        account=by, space=Space.PROFESSIONAL, tenant_id=agreement.professional_id, subject_id=agreement.professional_id
    )
    added.basis, added.role, added.revoked_at = Basis.AGREEMENT, "", None
    added.since, added.ended_on, added.closes_on = today, None, None
    added.save()
    record(
        "practice.added", by=by, object_kind="grant", object_id=added.pk,
        details={"professional": agreement.professional_id, "was_delegate": int(before is not None)},
    )  # fmt: skip
    enqueue(TOLD, key=f"{added.pk}-{today.isoformat()}", subject_id=agreement.pk, priority=Priority.ASKED)
    return added


def practices_beside(account: Account, grant: Grant) -> int:
    """How many other practices the account acts for, as their professional or for another."""
    mine = Grant.objects.filter(account=account, space=Space.PROFESSIONAL).open_on(timezone.localdate())
    return mine.exclude(pk=grant.pk).count()
