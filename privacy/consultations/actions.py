"""Writing a consultation, publishing it, answering it, counting it, telling what came of it."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.anonymity.parts import LEAST
from portals.presentation.formats import long_date
from privacy.audit import record
from privacy.campaigns.actions import Words, send_for
from privacy.consultations import box
from privacy.consultations.models import Answered, Consultation, ConsultationState
from privacy.consultations.rules import Ballot, Question, as_json, tally

WRITE = "privacy.change_consultation"
SURVEYS = "surveys"
"""The purpose whose accord lets somebody be told of a consultation."""


class AlreadyPublished(Exception):
    """What people were asked changes no more."""


class AlreadyOver(Exception):
    """Its last day is past."""


class NotOpen(Exception):
    """It is not asked today."""


class AlreadyAnswered(Exception):
    """One answer for each account."""


class NotCounted(Exception):
    """Results are told once, after they were counted."""


@dataclass(frozen=True)
class Asked:
    """What a consultation says and asks. `remark`: the words of the free question, empty for none."""

    title: str
    purpose: str
    questions: tuple[Question, ...]
    remark: str
    opens_on: datetime.date
    closes_on: datetime.date


@transaction.atomic
def write(*, by: Account, asked: Asked, consultation: Consultation | None = None) -> Consultation:
    """A new draft, or the same with other words. Raises PermissionDenied or AlreadyPublished."""
    _demand(by)
    row = Consultation(written_by=by) if consultation is None else _draft(consultation.pk)
    row.title, row.purpose, row.remark_asked = asked.title, asked.purpose, asked.remark
    row.questions = [{"words": one.words, "choices": list(one.choices)} for one in asked.questions]
    row.opens_on, row.closes_on, row.written_at = asked.opens_on, asked.closes_on, timezone.now()
    row.save()
    record("consultation.written", by=by, object_kind="consultation", object_id=row.pk)
    return row


@transaction.atomic
def publish(*, by: Account, consultation: Consultation) -> None:
    """Ask it, and tell those who accept surveys. Raises PermissionDenied, AlreadyPublished or AlreadyOver."""
    _demand(by)
    row = _draft(consultation.pk)
    if row.closes_on < timezone.localdate():
        raise AlreadyOver
    row.state, row.published_at = ConsultationState.PUBLISHED, timezone.now()
    row.save(update_fields=["state", "published_at"])
    send_for(by=by, purpose=SURVEYS, words=announcement(row))
    record("consultation.published", by=by, object_kind="consultation", object_id=row.pk)


def announcement(consultation: Consultation) -> Words:
    """What those who accept surveys receive."""
    return Words(
        f"Votre avis\u00a0: {consultation.title}"[:120],
        f"Nous vous consultons sur l’usage de vos données, jusqu’au {long_date(consultation.closes_on)}.\n\n"
        "Répondre est facultatif et anonyme\u00a0: votre réponse est gardée sans votre nom ni votre compte.\n\n"
        "[Donner mon avis](/mes-donnees/consultations/)",
    )


@transaction.atomic
def answer(*, by: Account, consultation: Consultation, ballot: Ballot) -> None:
    """Put an answer in the box, and note that this account has given one. Raises NotOpen or AlreadyAnswered.

    The journal says that the account has answered, never what.
    """
    if not is_open(consultation):
        raise NotOpen
    try:
        with transaction.atomic():
            Answered.objects.create(consultation=consultation, account=by)
    except IntegrityError:
        raise AlreadyAnswered from None
    box.cast(consultation, ballot)
    record("consultation.answered", by=by, object_kind="consultation", object_id=consultation.pk)


def is_open(consultation: Consultation) -> bool:
    """Whether it is asked today."""
    today = timezone.localdate()
    return (
        consultation.state == ConsultationState.PUBLISHED and consultation.opens_on <= today <= consultation.closes_on
    )


@transaction.atomic
def count(*, consultation_id: int) -> None:
    """Open the box once the last day is over: results are kept, answers and markers are destroyed.

    Fewer than ten answers tell nothing: they are destroyed as well.
    """
    with isolation.system():
        row = Consultation.objects.select_for_update().get(pk=consultation_id)
        if row.state != ConsultationState.PUBLISHED or row.closes_on >= timezone.localdate():
            return
        ballots = box.empty(row)
        Answered.objects.filter(consultation=row).delete()
        enough = len(ballots) >= LEAST
        row.state, row.counted_at, row.answers = (
            ConsultationState.COUNTED,
            timezone.now(),
            len(ballots) if enough else None,
        )
        row.results = [as_json(tally(question, rank, ballots)) for rank, question in enumerate(row.asked)]
        row.remarks = [ballot.remark for ballot in ballots if ballot.remark] if enough else []
        row.save(update_fields=["state", "counted_at", "answers", "results", "remarks"])
        record("consultation.counted", by=None, object_kind="consultation", object_id=row.pk)


@transaction.atomic
def tell(*, by: Account, consultation: Consultation, learned: str) -> None:
    """Publish the results with what they change; the remarks were read, and go. Raises PermissionDenied or NotCounted."""
    _demand(by)
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if row.state != ConsultationState.COUNTED:
        raise NotCounted
    row.state, row.learned, row.told_at, row.remarks = ConsultationState.TOLD, learned, timezone.now(), []
    row.save(update_fields=["state", "learned", "told_at", "remarks"])
    record("consultation.told", by=by, object_kind="consultation", object_id=row.pk)


def _demand(by: Account) -> None:
    if not by.has_perm(WRITE):
        raise PermissionDenied


def _draft(pk: int) -> Consultation:
    row = Consultation.objects.select_for_update().get(pk=pk)
    if row.state != ConsultationState.DRAFT:
        raise AlreadyPublished
    return row
