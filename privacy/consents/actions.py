"""Writing the ledger: a choice is a new line, and counts from that instant."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.models import Upload
from privacy.audit import record
from privacy.consents.holders import Chooser, Holder
from privacy.consents.models import Choice, Purpose
from privacy.consents.queries import Box, Offered, offered_to
from privacy.consents.rules import Capacity, Channel, Way, decision_for


class TextsChanged(Exception):
    """A text is no longer the one that the person read: they are shown the new one."""


class NotOffered(LookupError):
    """No purpose that runs has this code and this channel."""


@dataclass(frozen=True)
class Received:
    """What staff hold: how it came, the day on which it was said, and the letter or the reference of the call."""

    way: Way
    said_on: datetime.date
    note: str = ""
    proof: Upload | None = None


@transaction.atomic
def choose(*, by: Account, chooser: Chooser, ticked: Collection[tuple[str, str]], read: Collection[int]) -> int:
    """Make the ledger say what the boxes say, `(purpose, channel)`, from now on; what is unchanged adds nothing.

    `read`: the texts that the page showed. Returns how many lines were added. Raises TextsChanged.
    """
    offered = offered_to(chooser.holder)
    if {one.text.pk for one in offered} != set(read):
        raise TextsChanged
    changed = [
        (one, box)
        for one in offered
        for box in one.boxes
        if box.accepted != ((one.purpose.code, box.channel) in ticked)
    ]
    for one, box in changed:
        _write(chooser.holder, one, box, by=by, capacity=chooser.capacity, way=Way.SPACE)
    return len(changed)


@transaction.atomic
def withdraw_by_link(*, holder: Holder, purpose: str, channel: Channel) -> bool:
    """No more of this purpose by this channel, by a link that was sent to the person (RFC 8058). False: it was so.

    Nobody is signed in, so the row context is the system's: the caller holds the signed proof of who is meant.
    """
    with isolation.system():
        one, box = _box_of(holder, purpose, channel)
        if not box.accepted:
            return False
        _write(holder, one, box, by=None, capacity=Capacity.SELF, way=Way.LINK)
    return True


@transaction.atomic
def write_down(
    *, by: Account, holder: Holder, purpose: str, channel: Channel, accepts: bool, received: Received
) -> Choice:
    """What somebody said by post, by telephone or by e-mail, with its proof. Raises NotOffered.

    Written even when it changes nothing: the letter is there. Staff read the ledger and write none of it, so the row
    context is the system's, for this line.
    """
    with isolation.system():
        one, box = _box_of(holder, purpose, channel)
        return _write(
            holder, one, box, by=by, capacity=Capacity.STAFF, way=received.way, accepts=accepts, received=received
        )


def _box_of(holder: Holder, purpose: str, channel: Channel) -> tuple[Offered, Box]:
    """Raises NotOffered."""
    for one in offered_to(holder):
        for box in one.boxes:
            if (one.purpose.code, box.channel) == (purpose, channel):
                return one, box
    raise NotOffered(purpose)


def _write(
    holder: Holder, one: Offered, box: Box, *, by: Account | None, capacity: Capacity, way: Way,
    accepts: bool | None = None, received: Received | None = None,
) -> Choice:  # fmt: skip
    """One line, the opposite of what stands unless `accepts` says it."""
    wanted = not box.accepted if accepts is None else accepts
    choice = Choice.objects.create(
        space=holder.space,
        tenant_id=holder.tenant_id,
        subject_id=holder.subject_id,
        purpose=one.purpose,
        text=one.text,
        channel=box.channel,
        decision=decision_for(one.purpose.basis, accepts=wanted),
        capacity=capacity,
        way=way,
        by_account=by.pk if by else None,
        said_on=received.said_on if received else None,
        note=received.note if received else "",
        proof=received.proof if received else None,
        at=timezone.now(),
    )
    record(
        "consent.chosen", by=by, object_kind="choice", object_id=choice.pk,
        details={"purpose": one.purpose.code, "channel": str(box.channel), "decision": str(choice.decision)},
    )  # fmt: skip
    return choice


def stop_purpose(*, by: Account, purpose: Purpose) -> None:
    """A purpose that is no longer followed: nobody is asked any more, and nothing is allowed. Its ledger stays."""
    if purpose.retired_at is None:
        purpose.retired_at = timezone.now()
        purpose.save(update_fields=["retired_at"])
        record("purpose.stopped", by=by, object_kind="purpose", object_id=purpose.pk)
