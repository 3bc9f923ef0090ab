"""What staff do for an account at somebody's request.

Suspending and closing are `portals.access.actions`, unlocking after a fraud report `portals.accounts.fraud.actions`.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portals.accounts.actions import promise_mail, send_credentials
from portals.accounts.models import Account, AccountState
from portals.accounts.second_factor.actions import remove_all_devices
from portals.accounts.security.sessions import end_every_session
from portals.gestion.permissions import may
from portals.signals import announce


class NothingToDo(ValueError):
    """The act does not fit the state of the account; the message is French, for whoever asked."""


@transaction.atomic
def resend_credentials(*, by: Account, account: Account, motive: str) -> None:
    """Send again what lets the person in: the two e-mails of a first sign-in, or the reminder and a recovery link.

    Always to the address on file, and never shown to staff. Raises PermissionDenied or NothingToDo.
    """
    if not may(by, "portals.resend_account", account):
        raise PermissionDenied
    if account.state == AccountState.CLOSED or not account.is_active:
        raise NothingToDo("Ce compte est fermé\u00a0: il n’a plus d’identifiants.")
    if account.password_changed_at is None:
        send_credentials(account)
    else:
        promise_mail("account.identifier_reminder", account)
        promise_mail("account.recovery_link", account)
    announce(
        "account.credentials_resent",
        by=by,
        object_kind="account",
        object_id=account.pk,
        details={"motive": motive},
    )


@transaction.atomic
def reset_factors(*, by: Account, account: Account, reason: str) -> None:
    """Remove every second factor of somebody who has lost them; they enrol anew at their next sign-in.

    Every session ends. `reason` as `remove_all_devices` wants it. Raises PermissionDenied.
    """
    if not may(by, "portals.reset_factors_account", account):
        raise PermissionDenied
    remove_all_devices(by=by, account=account, reason=reason)
    end_every_session(account)
