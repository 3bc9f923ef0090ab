"""The queue of amounts that differ: filled by a job after each feed of benefits, emptied by staff."""

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from members.benefits.differences.models import AmountDifference, DifferenceState, RecomputingMark
from members.benefits.differences.recomputing import seen_in_another_light, verdicts
from members.benefits.models import BenefitLine
from members.benefits.queries import cancelled
from members.benefits.recomputing import Verdict
from portals import jobs
from portals.access import isolation
from portals.accounts.models import Account
from privacy.audit import record

BATCH = 2_000
DECISIONS = (DifferenceState.EXPLAINED, DifferenceState.CORRECTED, DifferenceState.NORMAL)
MATCHES_AGAIN = "Le décompte a été corrigé depuis."


class AlreadyDecided(Exception):
    """This difference waits for nobody any more."""


def on_operation(*, action: str, object_kind: str, object_id: int | str, **_: object) -> None:
    """Receiver of `portals.signals.operation`: a feed of benefits was loaded, in its transaction."""
    if action == "feed.loaded" and object_kind == "feed.benefits":
        jobs.enqueue(
            "benefits.recompute", key=f"feed-{object_id}", subject_id=int(object_id), priority=jobs.Priority.BATCH
        )


@jobs.handler("benefits.recompute")
def recompute_batch(job: jobs.Job) -> None:
    """One batch of what was never seen, then of what has changed, with the lines whose verdict they change.

    Asks for the next one while there is more.
    """
    mark, _is_new = RecomputingMark.objects.select_for_update().get_or_create(pk=1)
    lines = list(_lines().filter(pk__gt=mark.last_line).order_by("pk")[:BATCH])
    changes = [] if len(lines) == BATCH else _changes(mark.last_change)
    if lines:
        mark.last_line = lines[-1].pk
    if changes:
        mark.last_change = changes[-1][0]
        seen = {line.pk for line in lines}
        lines += _lines().filter(pk__in={line_id for _, line_id in changes} - seen)
    note([*lines, *seen_in_another_light(lines, up_to=mark.last_line)])
    mark.save(update_fields=["last_line", "last_change"])
    if len(lines) >= BATCH or len(changes) == BATCH:
        key = f"after-{mark.last_line}-{mark.last_change}"
        jobs.enqueue("benefits.recompute", key=key, subject_id=job.subject_id, priority=jobs.Priority.BATCH)


def note(lines: list[BenefitLine]) -> None:
    """Compare each line with its guarantee, and write what differs into the queue. Runs in the system's context."""
    found = verdicts(lines)
    undone = cancelled([line for line in lines if (verdict := found.get(line.pk)) is not None and verdict.differs])
    known = {row.line_id: row for row in AmountDifference.objects.filter(line_id__in=[line.pk for line in lines])}
    new = []
    for line in lines:
        verdict, row = found.get(line.pk), known.get(line.pk)
        if verdict is None or not verdict.differs or line.pk in undone:
            if row is not None and row.is_open:
                _close(row)
        elif row is None:
            new.append(AmountDifference(line_id=line.pk, benefit_ref=line.benefit_ref, household_id=line.household_id))
            _fill(new[-1], verdict)
        elif _amounts(row) != _amounts_of(verdict):
            _reopen(row, verdict)
    AmountDifference.objects.bulk_create(new)


def decide(*, by: Account, difference: AmountDifference, state: str, reason: str) -> None:
    """Answer a difference, with the words that the member reads. Raises AlreadyDecided, or ValueError for no answer."""
    if state not in DECISIONS or not reason.strip():
        raise ValueError("an answer and its reason")
    with isolation.system():
        row = AmountDifference.objects.select_for_update().get(pk=difference.pk)
        if not row.is_open:
            raise AlreadyDecided
        row.state, row.reason, row.decided_by, row.decided_at = state, reason.strip(), by, timezone.now()
        row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    record("difference.decided", by=by, object_kind="amount_difference", object_id=difference.pk, details={"to": state})


def _lines() -> QuerySet[BenefitLine]:
    return BenefitLine.objects.select_related("act_code", "policy")


def _changes(after: int) -> list[tuple[int, int]]:
    """Numbers of the changes of lines, and the lines: the history keeps the old row of each."""
    events = apps.get_model("members", "BenefitLineEvent")._default_manager
    rows = events.filter(pgh_id__gt=after, pgh_label="update").order_by("pgh_id")
    return list(rows.values_list("pgh_id", "pgh_obj_id")[:BATCH])


def _amounts(row: AmountDifference) -> tuple[object, ...]:
    return row.paid_scheme, row.paid_mutual, row.expected_scheme, row.expected_mutual


def _amounts_of(verdict: Verdict) -> tuple[object, ...]:
    return verdict.scheme, verdict.mutual, verdict.settlement.scheme, verdict.settlement.mutual


def _fill(row: AmountDifference, verdict: Verdict) -> None:
    row.paid_scheme, row.paid_mutual = verdict.scheme, verdict.mutual
    row.expected_scheme, row.expected_mutual = verdict.settlement.scheme, verdict.settlement.mutual


def _reopen(row: AmountDifference, verdict: Verdict) -> None:
    """The amounts have changed since: what was answered was about others."""
    _fill(row, verdict)
    row.state, row.reason, row.decided_by, row.decided_at = DifferenceState.OPEN, "", None, None
    row.found_at = timezone.now()
    row.save()


def _close(row: AmountDifference) -> None:
    """What is paid is what is expected, since a feed corrected it or another line cancelled it."""
    row.state, row.reason, row.decided_at = DifferenceState.CORRECTED, MATCHES_AGAIN, timezone.now()
    row.save(update_fields=["state", "reason", "decided_at"])
