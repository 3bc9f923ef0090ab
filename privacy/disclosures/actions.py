"""Preparing a communication, approving or refusing it, producing what is handed over, noting that it was.

Called behind the walls (`privacy.investigations.walls`): the officer's are those of oversight.
"""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account, Space
from portals.documents.actions import remove, store
from portals.documents.uploads import CleanFile, receive
from portals.jobs.schedules import daily
from portals.secrets import seal_bytes, unseal_bytes
from privacy.audit import record
from privacy.disclosures.models import DisclosedSubject, Disclosure, Means, State, ToldDisclosure
from privacy.disclosures.producing import produce_archive
from privacy.investigations.finding import Found, accounts_of
from privacy.investigations.models import Kind
from privacy.investigations.walls import inside, kinds_of

PLACE = "privacy_disclosure.bundle"
KIND = "disclosure"


class NotNow(Exception):
    """The communication is not at this point: somebody has decided, produced or handed it over meanwhile."""


class OwnRequest(Exception):
    """Whoever prepares a communication does not approve it."""


class ReasonMissing(Exception):
    """A refusal says why."""


@dataclass(frozen=True)
class Asked:
    """What an authority asks, as it was typed. Dates in Paris; `classes` by their codes."""

    authority: str
    authority_name: str
    ground: str
    ground_reference: str
    received_on: datetime.date
    classes: Sequence[str]
    since: datetime.date
    until: datetime.date
    necessity: str
    case_reference: str = ""
    is_secret: bool = False
    skips_approval: bool = False
    secrecy_ground: str = ""
    secret_until: datetime.date | None = None


@transaction.atomic
def prepare(
    *, by: Account, kind: Kind, asked: Asked, subjects: Sequence[Found], document: CleanFile | None = None
) -> Disclosure:
    """Write the request of an authority down. Raises PermissionDenied to whoever does not work on files of this kind."""
    if kind not in kinds_of(by):
        raise PermissionDenied
    upload = receive([document], by=None)[0] if document else None
    made = Disclosure.objects.create(
        **{**vars(asked), "classes": list(asked.classes)}, kind=kind, asked_by=by, document=upload,
        state=State.APPROVED if asked.skips_approval else State.WAITING,
    )  # fmt: skip
    DisclosedSubject.objects.bulk_create(
        DisclosedSubject(disclosure=made, space=space, tenant_id=tenant, subject_id=number)
        for space, tenant, number in sorted({one for found in subjects for one in _whom(found)}, key=str)
    )
    record("disclosure.prepared", by=by, object_kind=KIND, object_id=made.pk)
    return made


@transaction.atomic
def approve(*, by: Account, disclosure: Disclosure, words: str = "") -> None:
    """Raises NotNow or OwnRequest."""
    _decide(by, disclosure, State.APPROVED, words)


@transaction.atomic
def refuse(*, by: Account, disclosure: Disclosure, words: str) -> None:
    """Raises NotNow, OwnRequest or ReasonMissing."""
    if not words.strip():
        raise ReasonMissing
    _decide(by, disclosure, State.REFUSED, words)


@transaction.atomic
def produce(*, by: Account, disclosure: Disclosure) -> int:
    """Make what is handed over, from the rows of the data package; how many. Made again, it replaces the first. Raises
    NotNow."""
    held = _at(disclosure, State.APPROVED)
    content, rows = produce_archive(held, list(held.subjects.order_by("pk")))
    former = held.bundle
    sealed = seal_bytes(_subject_of(held), PLACE, content)
    held.bundle = store(content=sealed, content_type="application/octet-stream", by=by)
    held.bundle_sha256, held.bundle_rows = hashlib.sha256(content).hexdigest(), rows
    held.produced_at = timezone.now()
    held.save(update_fields=["bundle", "bundle_sha256", "bundle_rows", "produced_at"])
    if former is not None:
        remove(former, by=by)
    record(
        "disclosure.produced", by=by, object_kind=KIND, object_id=held.pk,
        details={"rows": rows, "sha256": held.bundle_sha256},
    )  # fmt: skip
    return rows


def bundle_of(*, by: Account, disclosure: Disclosure) -> bytes:
    """The archive, unsealed. Raises NotNow before it is made."""
    if disclosure.bundle is None:
        raise NotNow
    record("disclosure.bundle_downloaded", by=by, object_kind=KIND, object_id=disclosure.pk)
    with disclosure.bundle.file.open("rb") as file:
        return unseal_bytes(_subject_of(disclosure), PLACE, file.read())


@transaction.atomic
def hand_over(*, by: Account, disclosure: Disclosure, sent_on: datetime.date, means: Means, receipt: str) -> None:
    """Note that it was handed over, and tell the persons unless it is secret. Raises NotNow."""
    held = _at(disclosure, State.APPROVED)
    if not held.bundle_sha256:
        raise NotNow
    held.state, held.sent_on, held.sent_by, held.means, held.receipt = State.SENT, sent_on, by, means, receipt.strip()
    held.save(update_fields=["state", "sent_on", "sent_by", "means", "receipt"])
    record("disclosure.handed_over", by=by, object_kind=KIND, object_id=held.pk, details={"means": means.value})
    if not held.is_secret:
        tell(held)


def tell(disclosure: Disclosure) -> None:
    """Write for each person what they may read. In the caller's transaction, behind the walls."""
    told = [
        ToldDisclosure(
            reference=disclosure.reference, space=one.space, tenant_id=one.tenant_id, subject_id=one.subject_id,
            authority_name=disclosure.authority_name, ground=disclosure.ground, classes=disclosure.classes,
            since=disclosure.since, until=disclosure.until, sent_on=disclosure.sent_on or timezone.localdate(),
        )
        for one in disclosure.subjects.order_by("pk")
    ]  # fmt: skip
    with isolation.system():
        ToldDisclosure.objects.bulk_create(told, ignore_conflicts=True)


def tell_due(today: datetime.date) -> int:
    """Tell of those whose secrecy ended before `today` (Europe/Paris); returns how many communications."""
    with inside(*Kind.values):
        over = Disclosure.objects.filter(state=State.SENT, is_secret=True, secret_until__lt=today).order_by("pk")
        with isolation.system():
            known = set(ToldDisclosure.objects.values_list("reference", flat=True))
        due = [one for one in over if one.reference not in known]
        for one in due:
            tell(one)
    return len(due)


def _each_night(planned_for: datetime.datetime) -> None:
    tell_due(timezone.localdate(planned_for))


def _decide(by: Account, disclosure: Disclosure, state: State, words: str) -> None:
    held = _at(disclosure, State.WAITING)
    if held.asked_by_id == by.pk:
        raise OwnRequest
    held.state, held.decided_by, held.decided_at, held.decision_words = state, by, timezone.now(), words.strip()
    held.save(update_fields=["state", "decided_by", "decided_at", "decision_words"])
    record("disclosure.decided", by=by, object_kind=KIND, object_id=held.pk, details={"state": state.value})


def _at(disclosure: Disclosure, state: State) -> Disclosure:
    held = Disclosure.objects.select_for_update(of=("self",)).filter(pk=disclosure.pk, state=state).first()
    if held is None:
        raise NotNow
    return held


def _whom(found: Found) -> list[tuple[str, int | None, int]]:
    """A person of the member space; the accounts of anybody else."""
    if found.space == Space.MEMBER and found.subject_id:
        return [(found.space, found.tenant_id, found.subject_id)]
    accounts = accounts_of(found.space, found.tenant_id, found.subject_id, found.account_id)
    if found.space != Space.MEMBER:
        return [(found.space, found.tenant_id, account.pk) for account in accounts]
    own = Q(space=Space.MEMBER, basis="cover")
    return [
        (found.space, tenant, number)
        for account in accounts
        for tenant, number in account.grants.filter(own).values_list("tenant_id", "subject_id")
    ]


def _subject_of(disclosure: Disclosure) -> str:
    return f"disclosure:{disclosure.reference}"


daily("disclosures.tell", at=datetime.time(0, 25), run=_each_night)
