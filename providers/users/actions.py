"""What changes the people of a practice: roles, revocations, and what the professional's departure leaves behind."""

from django.db import transaction
from django.utils import timezone

from portals.access import isolation
from portals.access.models import DelegateRole, Grant
from portals.accounts.models import Account, Space
from portals.accounts.security.sessions import end_every_session
from privacy import audit
from providers.users.invitations import close
from providers.users.models import Delegation
from providers.users.notices import tell, tell_holders
from providers.users.queries import grants_of, holders_of


class NotADelegate(LookupError):
    """Nobody of this number works at the practice. The professional's own account is not one."""


@transaction.atomic
def change_role(*, by: Account, professional_id: int, grant_id: int, role: str) -> Grant:
    """Give somebody another role, from their next request on. Raises NotADelegate."""
    grant = _locked(professional_id, grant_id)
    if grant.role == role:
        return grant
    before, grant.role = grant.role, DelegateRole(role)
    grant.save(update_fields=["role"])
    audit.record(
        "delegate.role_changed", by=by, object_kind="grant", object_id=grant.pk,
        details={"from": before, "to": str(role)},
    )  # fmt: skip
    tell_holders(professional_id, "role_changed")
    tell(grant.account, "your_role_changed")
    return grant


@transaction.atomic
def revoke(*, by: Account, professional_id: int, grant_id: int) -> None:
    """Somebody no longer works there: their sessions end at their next request, whichever practice they show.

    Raises NotADelegate.
    """
    grant = _locked(professional_id, grant_id)
    _revoke(grant, by=by)
    tell_holders(professional_id, "revoked")


def on_operation(*, action: str, object_id: int | str, **_rest: object) -> None:
    """Receiver of `portals.signals.operation`: a practice that loses its last professional shuts behind them."""
    if action != "account.deleted":
        return
    with isolation.system():  # the deletion comes from a worker, and from the staff's pages
        left = Grant.objects.filter(account_id=int(object_id), space=Space.PROFESSIONAL, role="")
        for professional_id in list(left.values_list("tenant_id", flat=True)):
            _shut(professional_id, leaving=int(object_id))


def _shut(professional_id: int, *, leaving: int) -> None:
    today = timezone.localdate()
    if any(account.pk != leaving for account in holders_of(professional_id, today)):
        return
    delegates = grants_of(professional_id, today).exclude(role="").select_related("account")
    for grant in delegates.select_for_update(of=("self",)):
        _revoke(grant, by=None)
    waiting = Delegation.objects.select_for_update().filter(professional=professional_id)
    for delegation in waiting.filter(accepted_at=None, revoked_at=None):
        close(delegation, by=None)


def _revoke(grant: Grant, *, by: Account | None) -> None:
    grant.revoked_at = timezone.now()
    grant.save(update_fields=["revoked_at"])
    end_every_session(grant.account)
    audit.record("delegate.revoked", by=by, object_kind="grant", object_id=grant.pk, details={"role": grant.role})
    tell(grant.account, "your_access_revoked")


def _locked(professional_id: int, grant_id: int) -> Grant:
    delegates = grants_of(professional_id, timezone.localdate()).exclude(role="").select_related("account")
    grant = delegates.select_for_update(of=("self",)).filter(pk=grant_id).first()
    if grant is None:
        raise NotADelegate
    return grant
