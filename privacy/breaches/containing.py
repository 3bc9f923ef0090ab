"""Stopping what goes on, in one click (PDP-7.7): the accounts in question, their sessions, what they sign in with.

The security officer does it, with the rights that they have anyway; the data protection officer, who has no operational
right, asks for it. A drill notes what would have been done, and does nothing.
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
from portals.accounts.second_factor.rules import LossReason
from portals.accounts.security.sessions import end_every_session
from portals.gestion.actions import reset_factors
from portals.gestion.permissions import may
from portals.gestion.roles import Role
from portals.jobs import Priority, enqueue
from portals.signals import announce
from privacy.breaches.actions import Closed
from privacy.breaches.models import Incident, IncidentState, StepKind
from privacy.breaches.timeline import note

RIGHT = "privacy.contain_incident"
MAIL = "incident.containment"
REASON = (
    "Des opérations inhabituelles ont été faites avec votre compte. Nous l’avons suspendu pour protéger les données"
    " auxquelles il donne accès, le temps de vérifier avec vous."
)


@dataclass(frozen=True)
class Measure:
    """What one click does to each account in question. `stop` says whether there was something to stop."""

    code: str
    label: str
    explanation: str
    stop: Callable[[Account, Account], bool]


def _suspend(by: Account, account: Account) -> bool:
    """Every service, until somebody lifts it; an account that is stopped as a whole already stays as it is."""
    standing = Restriction.objects.in_force(timezone.now()).filter(account=account, services=[])
    if standing.exists():
        return False
    restrict(by=by, account=account, kind=RestrictionKind.SUSPENSION, motive=Motive.SECURITY, reason=REASON)
    return True


def _end_sessions(by: Account, account: Account) -> bool:
    """Those that are open end at their next request; the account may sign in again unless it is suspended."""
    if not can_restrict(by, account):
        raise PermissionDenied
    end_every_session(account)
    announce("account.sessions_ended", by=by, object_kind="account", object_id=account.pk)
    return True


def _revoke_keys(by: Account, account: Account) -> bool:
    """Passkeys, codes and the password open nothing more: the holder starts again from the e-mail address on file."""
    if not may(by, "portals.reset_factors_account", account):
        raise PermissionDenied
    reset_factors(by=by, account=account, reason=LossReason.STOLEN)
    held = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    held.set_unusable_password()
    held.save(update_fields=["password"])
    return True


MEASURES = {
    measure.code: measure
    for measure in (
        Measure("suspendre", "Suspendre les comptes", "Tous leurs services s’arrêtent, sans terme.", _suspend),
        Measure("sessions", "Fermer les sessions", "Celles qui sont ouvertes finissent aussitôt.", _end_sessions),
        Measure(
            "cles",
            "Révoquer les clés",
            "Clés d’accès, codes et mot de passe n’ouvrent plus rien.",
            _revoke_keys,
        ),
    )
}


@transaction.atomic
def contain(*, by: Account, incident: Incident, measure: Measure) -> int:
    """Take a measure against every account in question; returns how many it stopped. Raises PermissionDenied or Closed."""
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    if held.state != IncidentState.OPEN:
        raise Closed
    accounts = list(Account.objects.filter(pk__in=held.suspects).exclude(pk=by.pk).order_by("pk"))
    if held.is_drill:
        words = f"{measure.label}\u00a0: {len(accounts)}\u00a0compte(s) l’auraient été."
        note(held, StepKind.CONTAINED, by=by, words=words)
        return 0
    stopped = sum(measure.stop(by, account) for account in accounts)
    note(held, StepKind.CONTAINED, by=by, words=f"{measure.label}\u00a0: {stopped}\u00a0compte(s).")
    return stopped


@transaction.atomic
def ask(*, by: Account, incident: Incident, words: str) -> None:
    """The data protection officer asks the security officers to stop it. Raises Closed."""
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    if held.state != IncidentState.OPEN:
        raise Closed
    asked = note(held, StepKind.ASKED, by=by, words=words)
    officers = Account.objects.filter(groups__name=Role.SECURITY.value, is_staff=True, is_active=True, locked_at=None)
    for officer in officers.order_by("pk").values_list("pk", flat=True):
        enqueue(MAIL, key=f"{asked.pk}-{officer}", subject_id=officer, priority=Priority.ASKED)
