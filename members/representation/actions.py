"""Asking to represent somebody, and what ends a representation. What staff decide is in `deciding.py`."""

import datetime
import json
import secrets
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from members.households.choices.actions import show_again
from members.households.choices.queries import only_parent_of
from members.representation.emails import Told, tell
from members.representation.grants import open_grants, recognise_parents
from members.representation.models import Ending, Representation, State
from members.representation.queries import person_of
from members.representation.rules import closing, may_be_parent, may_prolong
from portals import secrets as personal
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, Space
from portals.documents.uploads import CleanFile, receive
from portals.jobs import Priority, enqueue
from privacy.audit import record

PLACE = "members_representation.claim_sealed"
MATCH = "representation.match"
CLAIM = ("member_number", "given_name", "family_name", "birth_date")

type Claim = Mapping[str, str]
"""Who is to be represented, as it was typed: `CLAIM`, the date as `YYYY-MM-DD`."""


class NotAsked(Exception):
    """The representation is not, or no longer, in a state that allows this."""


class NoProof(Exception):
    """A request is sent with at least one document."""


@transaction.atomic
def save_draft(
    *, by: Account, claim: Claim, quality: str, scope: str, start_date: datetime.date, end_date: datetime.date | None
) -> Representation:
    """Keep what was typed until it is sent; an account has one draft at a time. Nobody is looked up."""
    draft = Representation.objects.filter(account=by, state=State.DRAFT).first()
    draft = draft or Representation(account=by, reference=secrets.token_hex(16))
    draft.claim_sealed = personal.seal(subject_of(draft), PLACE, json.dumps({key: claim[key] for key in CLAIM}))
    draft.quality, draft.scope, draft.start_date, draft.end_date = quality, scope, start_date, end_date
    draft.save()
    record("representation.drafted", by=by, object_kind="representation", object_id=draft.pk)
    return draft


@transaction.atomic
def add_proofs(*, by: Account, representation: Representation, files: list[CleanFile]) -> None:
    """Add documents to one's draft, or to a request that misses some, which goes back to the queue."""
    representation = _locked(representation, State.DRAFT, State.INCOMPLETE)
    representation.proofs.add(*receive(files, by=by))
    if representation.state == State.INCOMPLETE:
        representation.state = State.ASKED
        representation.save(update_fields=["state"])
    details = {"documents": len(files)}
    record(
        "representation.proofs_added", by=by, object_kind="representation", object_id=representation.pk, details=details
    )


@transaction.atomic
def ask(*, by: Account, representation: Representation) -> None:
    """Send the draft. The page says the same whoever was designated: a worker looks for them, and staff answer.

    Raises NotAsked or NoProof.
    """
    representation = _locked(representation, State.DRAFT)
    if not representation.proofs.exists():
        raise NoProof
    representation.state, representation.asked_at = State.ASKED, timezone.now()
    representation.save(update_fields=["state", "asked_at"])
    enqueue(MATCH, key=representation.reference, subject_id=representation.pk, priority=Priority.ASKED)
    record("representation.asked", by=by, object_kind="representation", object_id=representation.pk)
    tell(representation, Told.RECEIVED)


def end(*, by: Account | None, representation: Representation, why: Ending) -> None:
    """End a representation now: its grant opens nothing any more, from the next request on. Raises NotAsked."""
    with isolation.system():  # the grant, the person and whoever is told belong to two households
        ended = _locked(representation, State.ACCEPTED)
        ended.state, ended.ended_at, ended.ended_by, ended.ending = State.ENDED, timezone.now(), by, why
        ended.save(update_fields=["state", "ended_at", "ended_by", "ending"])
        grants_of(ended).filter(revoked_at=None).update(revoked_at=timezone.now())
        tell(ended, Told.ENDED)
    record(
        "representation.ended", by=by, object_kind="representation", object_id=ended.pk,
        details={"person": ended.person_id or 0, "account": ended.account_id, "why": why},
    )  # fmt: skip


def prolong(*, by: Account, representation: Representation) -> None:
    """The minor, 16 or more, lets a parent act until 18, and see. Raises NotAsked when it is not theirs to choose."""
    chosen = _let(by=by, representation=representation, act=True)
    record("representation.prolonged", by=by, object_kind="representation", object_id=chosen.pk)


def resume(*, by: Account, representation: Representation) -> None:
    """The minor, 16 or more, lets a parent see again whom they had stopped. Raises NotAsked as `prolong`."""
    chosen = _let(by=by, representation=representation, act=False)
    record("representation.resumed", by=by, object_kind="representation", object_id=chosen.pk)


def _let(*, by: Account, representation: Representation, act: bool) -> Representation:
    today = timezone.localdate()
    with isolation.system():  # covers and grants are read for both households
        chosen = (
            Representation.objects.select_for_update(of=("self",)).select_related("person").get(pk=representation.pk)
        )
        person = chosen.person
        stopped = chosen.state == State.ENDED and chosen.ending in {Ending.SIXTEEN, Ending.CHOICE}
        if person is None or not may_prolong(chosen.quality, birth_date=person.birth_date, day=today):
            raise NotAsked
        acting = person_of(chosen.account_id)
        if not (stopped or (act and chosen.state == State.ACCEPTED)):
            raise NotAsked
        again = Representation.objects.filter(account=chosen.account_id, person=person, state=State.ACCEPTED)
        if not may_be_parent(acting, only_parent_of(person.pk, day=today)) or (stopped and again.exists()):
            raise NotAsked
        chosen.prolonged_at = timezone.now() if act else None
        chosen.state, chosen.ended_at, chosen.ended_by, chosen.ending = State.ACCEPTED, None, None, ""
        chosen.save(update_fields=["prolonged_at", "state", "ended_at", "ended_by", "ending"])
        open_grants(today=today, representation_id=chosen.pk)
        if acting is not None:
            show_again(by=by, person=person, parent_id=acting)
        tell(chosen, Told.ACCEPTED)
    return chosen


@transaction.atomic
def contest(*, by: Account, representation: Representation, words: str) -> None:
    """The person says that somebody should not, or no longer, act for them. Staff see it first in their queue."""
    contested = _locked(representation, State.ACCEPTED)
    contested.contested_at, contested.contest = timezone.now(), words
    contested.save(update_fields=["contested_at", "contest"])
    record("representation.contested", by=by, object_kind="representation", object_id=contested.pk)


def close_what_is_over(*, today: datetime.date, now: datetime.datetime) -> int:
    """The daily round, in the system's context: grants corrected, ends said, parents recognised. Returns how many ended.

    Time alone has closed the grants already: this names the end, and tells those whom it concerns.
    """
    open_grants(today=today)
    closed = Grant.objects.filter(
        Q(closes_on__lte=today) | Q(revoked_at__isnull=False),
        account_id=OuterRef("account_id"), space=Space.MEMBER, basis=Basis.REPRESENTATION,
        subject_id=OuterRef("person_id"),
    )  # fmt: skip
    over = list(Representation.objects.filter(Exists(closed), state=State.ACCEPTED).select_related("person"))
    for representation in over:
        end(by=None, representation=representation, why=_why_over(representation, today))
    recognise_parents(today=today, now=now)
    open_grants(today=today)
    return len(over)


def grants_of(representation: Representation) -> QuerySet[Grant]:
    """The grant that a representation opens."""
    return Grant.objects.filter(
        account_id=representation.account_id,
        space=Space.MEMBER,
        basis=Basis.REPRESENTATION,
        tenant_id=representation.household_id or 0,
        subject_id=representation.person_id or 0,
    )


def claim_of(representation: Representation) -> dict[str, str]:
    """What was typed of the person to be represented; nothing once it is forgotten."""
    if representation.claim_sealed is None:
        return {}
    claim: dict[str, str] = json.loads(
        personal.unseal(subject_of(representation), PLACE, bytes(representation.claim_sealed))
    )
    return claim


def _why_over(representation: Representation, today: datetime.date) -> Ending:
    person = representation.person
    if person is None:
        return Ending.STAFF
    close = closing(
        representation.quality,
        birth_date=person.birth_date,
        end_date=representation.end_date,
    )
    if close.day is not None and close.day <= today:
        return close.why
    withdrawn = grants_of(representation).filter(revoked_at__isnull=False).exists()
    return Ending.STAFF if withdrawn else Ending.COVER


def _locked(representation: Representation, *states: State) -> Representation:
    """The row as it is now, held until the end of the transaction. Raises NotAsked out of these states."""
    row = Representation.objects.select_for_update(of=("self",)).filter(pk=representation.pk, state__in=states).first()
    if row is None:
        raise NotAsked
    return row


def subject_of(representation: Representation) -> str:
    """Under whose key what was typed is sealed."""
    return f"representation:{representation.reference}"
