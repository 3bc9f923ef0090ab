"""Writing and revoking. Nothing is ever changed: a change is a new version, which counts from that instant."""

import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from privacy.audit import record
from privacy.consents.holders import Holder
from privacy.directives.contents import Content, seal
from privacy.directives.holders import Writer
from privacy.directives.models import Directives
from privacy.directives.queries import versions_of
from privacy.directives.rules import TEXTS, Capacity


class NoAccord(Exception):
    """Directives rest on a specific accord, that no other one stands for (law of 1978, art. 85)."""


class NothingSaid(Exception):
    """Directives that decide nothing, name nobody and lead nowhere."""


class ChangedMeanwhile(Exception):
    """A version was written since the page was read: it is shown first."""


class NothingToRevoke(Exception):
    """No directives count."""


def write(*, by: Account, writer: Writer, content: Content, accepted: bool, read: int) -> Directives:
    """Write the next version, for oneself or one's child under 15.

    `read`: the number of the last version that the page had shown, 0 for none. Raises NoAccord, NothingSaid or
    ChangedMeanwhile.
    """
    return _add(by=by, holder=writer.holder, capacity=writer.capacity, content=content, accepted=accepted, read=read)


def write_down(*, by: Account, holder: Holder, content: Content, accepted: bool, request_number: str) -> Directives:
    """Write what came signed on paper, with the number of the request that it came by. Raises NoAccord or NothingSaid."""
    with isolation.system():  # staff read these rows and write none of them
        last = versions_of(holder).first()
        return _add(
            by=by, holder=holder, capacity=Capacity.STAFF, content=content, accepted=accepted,
            read=last.number if last else 0, request_number=request_number,
        )  # fmt: skip


def revoke(*, by: Account, writer: Writer) -> Directives:
    """Revoke everything, at once and without a reason. Raises NothingToRevoke."""
    last = versions_of(writer.holder).first()
    if last is None or last.is_revocation:
        raise NothingToRevoke
    made = _insert(by=by, holder=writer.holder, capacity=writer.capacity, read=last.number, content=None)
    record("directives.revoked", by=by, object_kind="directives", object_id=made.pk)
    return made


def _add(
    *, by: Account, holder: Holder, capacity: Capacity, content: Content, accepted: bool, read: int,
    request_number: str = "",
) -> Directives:  # fmt: skip
    if not accepted:
        raise NoAccord
    last = versions_of(holder).first()
    if read != (last.number if last else 0):
        raise ChangedMeanwhile
    if not content.fates and not content.general and not content.executor:
        raise NothingSaid
    made = _insert(by=by, holder=holder, capacity=capacity, read=read, content=content, request_number=request_number)
    record(
        "directives.written" if made.number == 1 else "directives.changed",
        by=by, object_kind="directives", object_id=made.pk, details={"version": made.number},
    )  # fmt: skip
    return made


def _insert(
    *, by: Account, holder: Holder, capacity: Capacity, read: int, content: Content | None, request_number: str = ""
) -> Directives:
    made = Directives(
        reference=secrets.token_hex(16), space=holder.space, tenant_id=holder.tenant_id, subject_id=holder.subject_id,
        number=read + 1, capacity=capacity, by_account=by.pk, request_number=request_number,
        consent=TEXTS[capacity] if content else "", at=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.content_sealed = seal(made, content) if content else None
            made.save(force_insert=True)
    except IntegrityError as twice:
        raise ChangedMeanwhile from twice
    return made
