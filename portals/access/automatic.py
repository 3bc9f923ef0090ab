"""What the system stops by itself when its rules are crossed. People lift it (`portals.access.actions.lift`)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from portals.access.models import Motive, Restriction, RestrictionKind
from portals.accounts.actions import promise_mail
from portals.accounts.models import Account
from portals.accounts.security.sessions import end_every_session
from portals.signals import announce


@transaction.atomic
def stop_service(*, accounts: Sequence[Account], service: str, reason: str) -> list[Restriction]:
    """Suspend one service for these accounts, now and without an end (CGU-7.2). Decided by nobody: `by` is empty.

    Their sessions end at their next request; each is told by e-mail that something changed. An account for which the
    service is stopped already stays as it is.
    """
    now = timezone.now()
    stopped = set(
        Restriction.objects.in_force(now)
        .filter(account__in=accounts, services__contains=[service])
        .values_list("account_id", flat=True)
    )
    return [_stop(account, service, reason) for account in accounts if account.pk not in stopped]


def _stop(account: Account, service: str, reason: str) -> Restriction:
    restriction = Restriction.objects.create(
        account=account, kind=RestrictionKind.SUSPENSION, services=[service], motive=Motive.SECURITY, reason=reason
    )
    end_every_session(account)
    announce(
        "access.restricted",
        by=None,
        object_kind="account",
        object_id=account.pk,
        details={
            "restriction": restriction.pk,
            "kind": restriction.kind,
            "motive": restriction.motive,
            "services": 1,
        },
    )
    promise_mail("access.restricted", account)
    return restriction
