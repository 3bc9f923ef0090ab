"""What the mutual decides about access: suspending, closing, lifting; ending the services of a whole space (CGU-7)."""

import datetime
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portals.access.models import Motive, Restriction, RestrictionKind, Withdrawal
from portals.access.permissions import can_lift, can_restrict
from portals.access.services import services_of
from portals.accounts.actions import promise_mail
from portals.accounts.models import Account, Space
from portals.accounts.security.sessions import end_every_session
from portals.jobs import Job, Priority, enqueue, enqueue_all, handler
from portals.signals import announce

ACCOUNTS_AT_A_TIME = 500


class Refused(ValueError):
    """A decision that cannot be taken; the message is French, for whoever asked."""


class NoReason(Refused):
    """Every measure gives its reason (CGU-7.1)."""


class UnknownService(Refused):
    """A service that this space does not have, or that no suspension closes."""


class EndsBeforeItBegins(Refused):
    """The measure would be over already, or the calendar of a withdrawal runs backwards."""


class AlreadyLifted(Refused):
    """Somebody has lifted it before."""


class AlreadyAnnounced(Refused):
    """The end of this space is announced; cancel it before announcing another."""


@transaction.atomic
def restrict(
    *,
    by: Account,
    account: Account,
    kind: RestrictionKind,
    motive: Motive,
    reason: str,
    services: Sequence[str] = (),
    ends_at: datetime.datetime | None = None,
) -> Restriction:
    """Suspend or close an account at once, without notice (CGU-7.1); `services` empty means all of them (CGU-7.2).

    Its sessions end at their next request; it may sign in again, and reads why. The person is told by e-mail that
    something changed, not what. Raises PermissionDenied, NoReason, UnknownService or EndsBeforeItBegins.
    """
    if not can_restrict(by, account):
        raise PermissionDenied
    if not reason.strip():
        raise NoReason("Donnez la raison\u00a0: la personne a le droit de la connaître.")
    known = {service.code for service in services_of(account.space) if not service.open_when_restricted}
    if set(services) - known:
        raise UnknownService("Ce service n’existe pas dans cet espace, ou reste ouvert quoi qu’il arrive.")
    now = timezone.now()
    if ends_at is not None and ends_at <= now:
        raise EndsBeforeItBegins("La suspension finirait avant de commencer\u00a0: choisissez une date à venir.")
    restriction = Restriction.objects.create(
        account=account,
        kind=kind,
        services=sorted(services),
        motive=motive,
        reason=reason.strip(),
        begins_at=now,
        ends_at=ends_at,
        by=by,
    )
    end_every_session(account)
    announce(
        "access.restricted",
        by=by,
        object_kind="account",
        object_id=account.pk,
        details={"restriction": restriction.pk, "kind": str(kind), "motive": str(motive), "services": len(services)},
    )
    promise_mail("access.restricted", account)
    return restriction


@transaction.atomic
def lift(*, by: Account, restriction: Restriction, reason: str) -> None:
    """End a measure now; it stays on record. Raises PermissionDenied, NoReason or AlreadyLifted."""
    standing = Restriction.objects.select_for_update(of=("self",)).select_related("account").get(pk=restriction.pk)
    if not can_lift(by, standing.account):
        raise PermissionDenied
    if not reason.strip():
        raise NoReason("Dites pourquoi la mesure est levée.")
    if standing.lifted_at is not None:
        raise AlreadyLifted("Cette mesure est déjà levée.")
    standing.lifted_at = timezone.now()
    standing.lifted_by = by
    standing.lift_reason = reason.strip()
    standing.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    announce(
        "access.restriction_lifted",
        by=by,
        object_kind="account",
        object_id=standing.account_id,
        details={"restriction": standing.pk},
    )
    promise_mail("access.restriction_lifted", standing.account)


@transaction.atomic
def withdraw(
    *, by: Account, space: str, message: str, closes_at: datetime.datetime, export_until: datetime.datetime
) -> Withdrawal:
    """Announce the end of a space's services (CGU-7.5): told to every account, open until `closes_at`, export after.

    Raises PermissionDenied, NoReason, EndsBeforeItBegins or AlreadyAnnounced.
    """
    if not by.has_perm("portals.add_withdrawal") or space == Space.STAFF:
        raise PermissionDenied
    if not message.strip():
        raise NoReason("Écrivez l’annonce que liront les utilisateurs.")
    now = timezone.now()
    if not now < closes_at < export_until:
        raise EndsBeforeItBegins(
            "Les services doivent finir après aujourd’hui, et l’export rester possible après leur fin."
        )
    if Withdrawal.objects.select_for_update().filter(space=space, cancelled_at=None).exists():
        raise AlreadyAnnounced("La fin de cet espace est déjà annoncée.")
    withdrawal = Withdrawal.objects.create(
        space=space, message=message.strip(), announced_at=now, closes_at=closes_at, export_until=export_until, by=by
    )
    announce(
        "access.withdrawal_announced",
        by=by,
        object_kind="withdrawal",
        object_id=withdrawal.pk,
        details={"space": space},
    )
    _tell_everybody(withdrawal, "announced")
    return withdrawal


@transaction.atomic
def cancel(*, by: Account, withdrawal: Withdrawal) -> None:
    """The space stays open after all. Raises PermissionDenied or AlreadyLifted."""
    if not by.has_perm("portals.change_withdrawal"):
        raise PermissionDenied
    standing = Withdrawal.objects.select_for_update(of=("self",)).get(pk=withdrawal.pk)
    if standing.cancelled_at is not None:
        raise AlreadyLifted("Cette fermeture est déjà annulée.")
    standing.cancelled_at = timezone.now()
    standing.save(update_fields=["cancelled_at"])
    announce("access.withdrawal_cancelled", by=by, object_kind="withdrawal", object_id=standing.pk)
    _tell_everybody(standing, "cancelled")


def _tell_everybody(withdrawal: Withdrawal, what: str, *, after: int = 0) -> None:
    """Promise one page of the accounts of a space; each page promises the next. `key`: once each, whatever happens."""
    enqueue(f"access.tell_{what}", key=f"{withdrawal.pk}-{after}", subject_id=withdrawal.pk, priority=Priority.BATCH)


@handler("access.tell_announced")
def tell_announced(job: Job) -> None:
    """E-mails to some hundreds of accounts, unless the withdrawal has been cancelled meanwhile."""
    _tell_some(job, "announced")


@handler("access.tell_cancelled")
def tell_cancelled(job: Job) -> None:
    """E-mails to some hundreds of accounts: the space stays open."""
    _tell_some(job, "cancelled")


def _tell_some(job: Job, what: str) -> None:
    withdrawal = Withdrawal.objects.get(pk=job.subject_id)
    if what == "announced" and withdrawal.cancelled_at is not None:
        return
    after = int(job.key.rpartition("-")[2])
    accounts = Account.objects.filter(space=withdrawal.space, is_active=True, pk__gt=after).order_by("pk")
    page = list(accounts.values_list("pk", flat=True)[:ACCOUNTS_AT_A_TIME])
    promised = [(f"{withdrawal.pk}-{account_id}", account_id) for account_id in page]
    enqueue_all(f"access.withdrawal_{what}", promised, priority=Priority.BATCH)
    if len(page) == ACCOUNTS_AT_A_TIME:
        _tell_everybody(withdrawal, what, after=page[-1])
