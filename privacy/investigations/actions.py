"""Opening a file, saying whom it is about, following it, deciding. Called behind the wall of its kind (`walls`)."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.declarations import Purpose
from privacy.audit import record
from privacy.erasure.models import LegalHold
from privacy.erasure.registry import Target, answers_of, spaces
from privacy.investigations import rules
from privacy.investigations.finding import Found
from privacy.investigations.models import (
    DECISIONS,
    CaseStep,
    CaseSubject,
    Decision,
    Investigation,
    Kind,
    Origin,
    State,
    StepKind,
    SuspicionReport,
)
from privacy.investigations.sealing import DECLARATION, NAME, seal_words
from privacy.investigations.timeline import KIND, note
from privacy.investigations.walls import kinds_of
from privacy.register.running import demand

PROCESSING = {Kind.FRAUD: Purpose.FRAUD, Kind.FINANCIAL_CRIME: Purpose.FINANCIAL_CRIME}


class Closed(Exception):
    """The file is closed: nothing is added to it any more."""


class AlreadyThere(Exception):
    """This person is in the file."""


class WrongDecision(Exception):
    """A file of the other kind ends so."""


class StillHeld(Exception):
    """A hold of the file stands: it is not destroyed."""


@transaction.atomic
def open_case(*, by: Account, kind: Kind, origin: Origin, facts: str, origin_reference: str = "") -> Investigation:
    """Open a file. Raises PermissionDenied to whoever works on the other kind, NotRunning when the register says so."""
    if kind not in kinds_of(by):
        raise PermissionDenied
    demand(PROCESSING[kind])
    case = Investigation.objects.create(
        kind=kind, origin=origin, origin_reference=origin_reference.strip(), opened_by=by
    )
    record("investigation.opened", by=by, object_kind=KIND, object_id=case.pk)
    note(case, StepKind.OPENED, by=by, words=facts)
    return case


@transaction.atomic
def add_subject(*, by: Account, case: Investigation, found: Found) -> CaseSubject:
    """Say whom it is about. Raises Closed or AlreadyThere."""
    held = opened(case)
    try:
        with transaction.atomic():
            subject = CaseSubject.objects.create(
                case=held, space=found.space, tenant_id=found.tenant_id, subject_id=found.subject_id,
                account_id=found.account_id, name_sealed=seal_words(held, NAME, found.name),
            )  # fmt: skip
    except IntegrityError as twice:
        raise AlreadyThere from twice
    note(held, StepKind.SUBJECT, by=by, words=f"{found.name}, {found.words}" if found.words else found.name)
    return subject


@transaction.atomic
def add_note(*, by: Account, case: Investigation, words: str) -> CaseStep:
    """A line in somebody's own words; of a file on money laundering, what vigilance found. Raises Closed."""
    held = opened(case)
    return note(held, StepKind.NOTED if held.kind == Kind.FRAUD else StepKind.WATCHED, by=by, words=words)


@transaction.atomic
def declare(*, by: Account, case: Investigation, reference: str, declared_on: datetime.date) -> SuspicionReport:
    """Note that a suspicion was declared. Raises Closed, or WrongDecision of a fraud."""
    held = opened(case)
    if held.kind != Kind.FINANCIAL_CRIME:
        raise WrongDecision
    made = SuspicionReport.objects.create(
        case=held, declared_on=declared_on, reference_sealed=seal_words(held, DECLARATION, reference.strip()),
        recorded_by=by,
    )  # fmt: skip
    note(held, StepKind.DECLARED, by=by, words=reference)
    return made


@transaction.atomic
def decide(*, by: Account, case: Investigation, decision: Decision, words: str) -> None:
    """End the file; the day of its destruction follows. Raises Closed or WrongDecision."""
    held = opened(case)
    if decision not in DECISIONS[Kind(held.kind)]:
        raise WrongDecision
    now = timezone.now()
    note(held, StepKind.DECIDED, by=by, words=words, decision=decision)
    held.state, held.closed_at = State.CLOSED, now
    held.purge_on = rules.purge_day(held.kind, decision, timezone.localdate(now), relations_of(held))
    held.save(update_fields=["state", "closed_at", "purge_on"])


def relations_of(case: Investigation) -> list[rules.Relation]:
    """The relation of the mutual with each subject, when the law counts from its end."""
    if case.kind == Kind.FRAUD:
        return []
    subjects = list(case.subjects.filter(space__in=spaces()))
    with isolation.system():
        told = [answers_of(one.space).relation(target_of(one)) for one in subjects if one.subject_id]
    return [rules.Relation(one.is_running, one.ended_on) for one in told]


def target_of(one: CaseSubject) -> Target:
    """As erasures name the person; in the system's context."""
    return answers_of(one.space).find(one.subject_id or 0, one.tenant_id)


def standing_holds(case: Investigation, today: datetime.date) -> int:
    """How many of the file's holds stand. In the system's or the staff's context."""
    return LegalHold.objects.filter(case_reference=case.reference, lifted_at=None, until__gte=today).count()


def opened(case: Investigation) -> Investigation:
    """The file, held until the end of the transaction. Raises Closed."""
    held = Investigation.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if held.state != State.OPEN:
        raise Closed
    return held
