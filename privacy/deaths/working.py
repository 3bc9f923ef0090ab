"""Doing what a confirmed death calls for: tasks, the order of erasure, the handing over, the letter to heirs."""

import datetime
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from portals.access import isolation
from portals.accounts.models import Account
from portals.jobs import Priority, enqueue
from privacy.audit import record
from privacy.deaths.models import Death, DeathTask, EstateLetter, Handover, State
from privacy.deaths.registry import Turn, tell
from privacy.deaths.sealing import ADDRESS_PLACE, ADDRESSEE_PLACE, IDENTITY_PLACE, REPORT_PLACE, seal
from privacy.deaths.words import COMMUNICATE, ERASE
from privacy.erasure import actions as erasing
from privacy.erasure.models import Erasure
from privacy.erasure.registry import Target, answers_of

LINK_LASTS = datetime.timedelta(days=14)
HANDOVER = "death.handover"
NOT_BY_HAND = (ERASE, COMMUNICATE)
"""Tasks that are done by their own act, never by saying so."""


class NotOpen(Exception):
    """The task is done, its death is not confirmed, or it has an act of its own."""


class StillCovered(Exception):
    """The cover has not ended: what the contract needs would stay, and the task would be closed on it."""


def finish(*, by: Account, task: DeathTask, report: str) -> None:
    """A service says that it is done. Raises NotOpen."""
    with isolation.system():
        row = _held(task)
        if row.kind in NOT_BY_HAND:
            raise NotOpen
        _done(row, by=by, report=report)


def decline(*, by: Account, task: DeathTask, reason: str) -> None:
    """What the directives ask for cannot be done: nothing is left to erase, nobody is there to receive. Raises NotOpen."""
    with isolation.system():
        _done(_held(task), by=by, report=reason)


def target_of(death: Death) -> Target:
    """Of whom the data is, as an erasure finds it. In the system's context."""
    return answers_of(death.space).find(death.subject_id or 0, death.tenant_id)


def order_erasure(*, by: Account, task: DeathTask, shown: list[dict[str, object]]) -> Erasure:
    """Order the erasure of the kinds that the directives name; what the law keeps stays until its day, and holds too.

    Raises NotOpen or StillCovered, and what an order raises (`privacy.erasure.actions.order`).
    """
    with isolation.system():
        row = _held(task)
        if row.kind != ERASE:
            raise NotOpen
        target = target_of(row.death)
        if answers_of(row.death.space).relation(target).is_running:
            raise StillCovered
        erasure = erasing.order(by=by, target=target, shown=shown, request_number=row.death.number, kinds=row.kinds)
        row.erasure = erasure
        row.save(update_fields=["erasure"])
        _done(row, by=by, report="Effacement ordonné d’après le plan.")
    return erasure


def hand_over(*, by: Account, task: DeathTask, address: str, identity: str) -> Handover:
    """Give the link to whom the directives name, once who they are is established. A former link opens nothing more.

    Raises NotOpen.
    """
    with isolation.system():
        row = _held(task)
        if row.kind != COMMUNICATE:
            raise NotOpen
        now = timezone.now()
        Handover.objects.filter(task=row, used_at=None).update(used_at=now)
        given = Handover.objects.create(
            task=row, reference=secrets.token_hex(16), given_by=by, given_at=now, expires_at=now + LINK_LASTS,
            identity_sealed=seal(row.death, IDENTITY_PLACE, identity),
            address_sealed=seal(row.death, ADDRESS_PLACE, address),
        )  # fmt: skip
        enqueue(HANDOVER, key=given.reference, subject_id=given.pk, priority=Priority.ASKED)
        record("death.handover_given", by=by, object_kind="handover", object_id=given.pk)
    return given


def token_of(given: Handover) -> str:
    """The secret part, 64 hexadecimal signs."""
    return salted_hmac("privacy.deaths.handover", given.reference, algorithm="sha256").hexdigest()


def read_link(reference: str, token: str) -> Handover | None:
    """The handover, while its link opens something. In the system's context."""
    given = Handover.objects.select_related("task__death").filter(reference=reference, used_at=None).first()
    if given is None or not constant_time_compare(token_of(given), token):
        return None
    is_open = given.expires_at > timezone.now() and given.task.death.state == State.CONFIRMED
    return given if is_open else None


def take(given: Handover) -> None:
    """The package leaves: the link is used, the task is done. In the system's context."""
    given.used_at = timezone.now()
    given.save(update_fields=["used_at"])
    record("death.handed_over", by=None, object_kind="handover", object_id=given.pk)
    _done(_held(given.task), by=None, report="Remis par le lien à usage unique.")


@transaction.atomic
def note_letter(*, by: Account, death: Death, addressee: str, quality: str) -> EstateLetter:
    """An heir is written to. Raises NotOpen before the death is confirmed."""
    with isolation.system():
        row = Death.objects.get(pk=death.pk)
        if row.state not in {State.CONFIRMED, State.SETTLED}:
            raise NotOpen
        letter = EstateLetter.objects.create(
            death=row, addressee_sealed=seal(row, ADDRESSEE_PLACE, addressee), quality=quality, made_by=by
        )
        record("death.estate_letter", by=by, object_kind="estateletter", object_id=letter.pk)
    return letter


def _done(row: DeathTask, *, by: Account | None, report: str) -> None:
    row.done_at, row.done_by = timezone.now(), by
    row.report_sealed = seal(row.death, REPORT_PLACE, report) if report else None
    row.save(update_fields=["done_at", "done_by", "report_sealed"])
    record("death.task_done", by=by, object_kind="deathtask", object_id=row.pk, details={"kind": row.kind})
    if not DeathTask.objects.filter(death=row.death, done_at=None).exists():
        death = Death.objects.select_for_update(of=("self",)).get(pk=row.death_id)
        death.state, death.settled_at = State.SETTLED, timezone.now()
        death.save(update_fields=["state", "settled_at"])
        tell(death, Turn.SETTLED)
        record("death.settled", by=by, object_kind="death", object_id=death.pk)


def _held(task: DeathTask) -> DeathTask:
    """The task, open, held until the end of the transaction. Raises NotOpen."""
    row = DeathTask.objects.select_for_update(of=("self",)).select_related("death").get(pk=task.pk)
    if row.done_at is not None or row.death.state != State.CONFIRMED:
        raise NotOpen
    return row
