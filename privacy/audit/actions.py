"""Writing the journal: one row per operation, in the transaction of the operation."""

from typing import Any

from portals.access import reference
from portals.accounts.models import Account
from portals.signals import Details


def record(
    action: str,
    *,
    by: Account | None,
    object_kind: str = "",
    object_id: int | str = "",
    result: str = "done",
    details: Details | None = None,
) -> None:
    """Add one entry. The request's reference, session, terms and tenant come from the running request, if any."""
    from privacy.audit.models import Entry  # the app registry must be ready

    trace = reference.current()
    Entry.objects.create(
        action=action,
        account_id=by.pk if by else None,
        space=by.space if by else trace.space,
        tenant_id=trace.tenant_id,
        object_kind=object_kind,
        object_id=str(object_id),
        result=result,
        terms_number=trace.terms_number,
        session_hash=trace.session_hash,
        reference=trace.reference,
        details=dict(details or {}),
    )


def on_operation(*, action: str, by: Account | None, signal: Any, sender: Any, **rest: Any) -> None:
    """What `portals` announces is recorded like the rest."""
    record(action, by=by, **rest)
