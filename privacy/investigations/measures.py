"""What stops a fraud, in one click, through the actions that suspend anybody: the holder reads why, and may contest it.

A file on money laundering has no measure: stopping an account would tell its holder that they are looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portals.access.actions import restrict
from portals.access.models import Motive, Restriction, RestrictionKind
from portals.access.permissions import can_restrict
from portals.accounts.models import Account
from portals.accounts.security.sessions import end_every_session
from portals.signals import announce
from privacy.investigations.actions import opened
from privacy.investigations.finding import accounts_of
from privacy.investigations.models import Investigation, Kind, StepKind
from privacy.investigations.timeline import note

REASON = (
    "Des opérations inhabituelles ont été faites avec ce compte. Nous l’avons suspendu le temps de les vérifier. Vous"
    " pouvez nous écrire et contester cette décision."
)


class NoMeasure(Exception):
    """Nothing is stopped from this file."""


@dataclass(frozen=True)
class Measure:
    code: str
    label: str
    explanation: str
    stop: Callable[[Account, Account], bool]


def _suspend(by: Account, account: Account) -> bool:
    """Every service, until somebody lifts it; what is stopped as a whole already stays as it is."""
    if Restriction.objects.in_force(timezone.now()).filter(account=account, services=[]).exists():
        return False
    restrict(by=by, account=account, kind=RestrictionKind.SUSPENSION, motive=Motive.UNLAWFUL, reason=REASON)
    return True


def _end_sessions(by: Account, account: Account) -> bool:
    if not can_restrict(by, account):
        raise PermissionDenied
    end_every_session(account)
    announce("account.sessions_ended", by=by, object_kind="account", object_id=account.pk)
    return True


MEASURES = {
    one.code: one
    for one in (
        Measure(
            "suspendre", "Suspendre les comptes", "Tous leurs services, sans terme. Ils lisent pourquoi.", _suspend
        ),
        Measure("sessions", "Fermer les sessions", "Celles qui sont ouvertes finissent aussitôt.", _end_sessions),
    )
}


def accounts_in(case: Investigation) -> list[Account]:
    """The accounts of everybody the file is about, without doubles."""
    found = {
        account.pk: account
        for one in case.subjects.order_by("pk")
        for account in accounts_of(one.space, one.tenant_id, one.subject_id, one.account_id)
    }
    return list(found.values())


@transaction.atomic
def take(*, by: Account, case: Investigation, measure: Measure) -> int:
    """Take a measure against every account of the file; how many it stopped. Raises Closed, NoMeasure, PermissionDenied."""
    held = opened(case)
    if held.kind != Kind.FRAUD:
        raise NoMeasure
    stopped = sum(measure.stop(by, account) for account in accounts_in(held) if account.pk != by.pk)
    note(held, StepKind.MEASURE, by=by, words=f"{measure.label}\u00a0: {stopped}\u00a0compte(s).")
    return stopped
