"""Declaring a death: by whoever knows of it, signed out; by staff, from a letter or a call; by the management
software and by an employer, who say whom."""

import datetime
import secrets

from django.db import transaction
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account, Space
from portals.correspondence.actions import next_number
from portals.documents.uploads import CleanFile, receive
from portals.jobs import Priority, enqueue
from privacy.audit import record
from privacy.consents.holders import Holder
from privacy.deaths.models import STANDING, Death, DeathProof, State, Way
from privacy.deaths.sealing import Claim, seal_claim
from privacy.rights.rules import Clock

PREFIX = "DD"
RECEIVED = "death.received"


def declare_signed_out(*, claim: Claim, files: list[CleanFile]) -> Death:
    """From the public form. Nobody is looked up: the page, its time and the e-mail are the same whoever is named."""
    return _declare(way=Way.FORM, claim=claim, files=files, by=None, received_on=timezone.localdate())


def enter(
    *, by: Account, way: Way, claim: Claim, received_on: datetime.date, files: list[CleanFile] | None = None
) -> Death:
    """From a letter or a call, on the day it came."""
    return _declare(way=way, claim=claim, files=files or [], by=by, received_on=received_on)


def declare_of(*, way: Way, by: Account | None, holder: Holder, died_on: datetime.date) -> Death | None:
    """The management software, or an employer (`by`), says that this person died: two people of the mutual verify, as for
    any declaration.

    None when it is known already, or was dismissed for the same day. In the system's context.
    """
    known = Death.objects.filter(space=holder.space, subject_id=holder.subject_id)
    if known.filter(state__in=[State.REPORTED, *STANDING]).exists() or known.filter(died_on=died_on).exists():
        return None
    return _declare(
        way=way, claim={"died_on": died_on.isoformat()}, files=[], by=by,
        received_on=timezone.localdate(), holder=holder, died_on=died_on,
    )  # fmt: skip


@transaction.atomic
def _declare(
    *, way: Way, claim: Claim, files: list[CleanFile], by: Account | None, received_on: datetime.date,
    holder: Holder | None = None, died_on: datetime.date | None = None,
) -> Death:  # fmt: skip
    with isolation.system():  # the row is nobody's until a person is recognised
        death = Death(
            number=next_number(PREFIX, received_on.year), reference=secrets.token_hex(16), way=way,
            entered_by=None if way == Way.EMPLOYER else by,  # a colleague; who told it outside is in the journal
            received_on=received_on, due_on=Clock(received_on).due_on(timezone.localdate()), died_on=died_on,
            space=holder.space if holder else Space.MEMBER, tenant_id=holder.tenant_id if holder else None,
            subject_id=holder.subject_id if holder else None,
        )  # fmt: skip
        death.claim_sealed = seal_claim(death, claim)
        death.save()
        uploads = receive(files, by=by) if files else []
        DeathProof.objects.bulk_create(
            DeathProof(death=death, upload=upload, received_on=received_on) for upload in uploads
        )
        record("death.declared", by=by, object_kind="death", object_id=death.pk, details={"way": way.value})
        if claim.get("email"):
            enqueue(RECEIVED, key=str(death.pk), subject_id=death.pk, priority=Priority.ASKED)
    return death
