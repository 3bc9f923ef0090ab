"""What a file keeps from erasure and purge, until a day: a hold of `privacy.erasure` for each person it is about.

The hold names the file and not why: its reason is read by whoever erases, and the person must not learn of a file that
the law keeps from them. It keeps everything, not only what the law would keep anyway: what goes is evidence.
"""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account, Space
from portals.presentation.formats import long_date
from privacy.erasure import actions as erasure
from privacy.erasure.models import LegalHold
from privacy.erasure.registry import Target, answers_of
from privacy.investigations.actions import opened
from privacy.investigations.finding import accounts_of
from privacy.investigations.models import CaseSubject, Investigation, StepKind
from privacy.investigations.timeline import note

REASON = "Obligation légale de conservation"


class NobodyToHold(Exception):
    """The file is about nobody yet."""


@transaction.atomic
def hold(*, by: Account, case: Investigation, until: datetime.date, words: str) -> int:
    """Keep all that is held of every subject until a day; returns how many holds. Raises Closed or NobodyToHold."""
    held = opened(case)
    targets = [target for one in held.subjects.order_by("pk") for target in _targets(one)]
    if not targets:
        raise NobodyToHold
    for target in targets:
        erasure.hold(
            by=by, target=target, reason=REASON, until=until, case_reference=held.reference, is_told=False
        )  # fmt: skip
    note(held, StepKind.HELD, by=by, words=f"Jusqu’au {long_date(until)}. {words}")
    return len(targets)


@transaction.atomic
def let_go(*, by: Account, case: Investigation, words: str) -> int:
    """Lift every hold of the file, open or closed; returns how many."""
    with isolation.system():
        standing = list(holds_of(case).filter(lifted_at=None))
    for one in standing:
        erasure.release(by=by, legal_hold=one)
    if standing:
        note(case, StepKind.LET_GO, by=by, words=words)
    return len(standing)


def holds_of(case: Investigation) -> "QuerySet[LegalHold]":
    """Those of a file, the last first. In the staff's or the system's scope."""
    return LegalHold.objects.filter(case_reference=case.reference).order_by("-pk")


def stands(one: LegalHold) -> bool:
    return one.lifted_at is None and one.until >= timezone.localdate()


def _targets(one: CaseSubject) -> list[Target]:
    """A person; or each account, for whoever is in another space."""
    if one.space == Space.MEMBER and one.subject_id:
        with isolation.system():
            return [answers_of(Space.MEMBER).find(one.subject_id, one.tenant_id)]
    accounts = accounts_of(one.space, one.tenant_id, one.subject_id, one.account_id)
    if one.space != Space.MEMBER:
        return [Target(one.space, account.pk, one.tenant_id, (account.pk,)) for account in accounts]
    with isolation.system():
        return [
            answers_of(Space.MEMBER).find(number, one.tenant_id)
            for account in accounts
            for number in account.grants.filter(space=Space.MEMBER, basis="cover").values_list("subject_id", flat=True)
        ]
