"""Two people verify a death: the first recognises the person and shuts, the second confirms. Until then all is undone.

Staff read in their own scope; what they write is the system's.
"""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.quarantine import forget
from portals.jobs import Priority, enqueue
from privacy.audit import record
from privacy.consents.holders import Holder
from privacy.deaths import registry, shutting
from privacy.deaths.models import Death, DeathProof, DeathTask, State
from privacy.deaths.registry import Turn
from privacy.deaths.words import COMMUNICATE, ERASE, ESTATE, EXECUTOR, GENERAL, KEEP
from privacy.directives.contents import content_of
from privacy.directives.models import Directives
from privacy.directives.queries import in_force
from privacy.directives.rules import Fate

EXECUTOR_TOLD = "death.executor"
REOPENED = "death.reopened"
OF_FATES = {ERASE: Fate.ERASE, COMMUNICATE: Fate.COMMUNICATE, KEEP: Fate.KEEP}


class NotNow(Exception):
    """The death is not where this act begins: it was checked, confirmed, dismissed or settled meanwhile."""


class KnownAlready(Exception):
    """This person's death is declared, and stands."""


class SamePerson(Exception):
    """Whoever checked does not confirm."""


class TooLate(Exception):
    """Something that cannot be taken back was done: data was erased or handed over."""


def check(*, by: Account, death: Death, holder: Holder, died_on: datetime.date) -> Death:
    """Recognise the person, destroy the proofs, shut. Raises NotNow or KnownAlready."""
    with isolation.system():
        row = _held(death, State.REPORTED)
        row.space, row.tenant_id, row.subject_id = holder.space, holder.tenant_id, holder.subject_id
        row.died_on, row.checked_at, row.checked_by, row.state = died_on, timezone.now(), by, State.CHECKED
        shutting.shut(row, holder)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as twice:
            raise KnownAlready from twice
        _destroy_proofs(row, by=by)
        registry.tell(row, Turn.SHUT)
        details = {"accounts": len(row.closed_accounts), "grants": len(row.stopped_grants)}
        record("death.checked", by=by, object_kind="death", object_id=row.pk, details=details)
    return row


def confirm(*, by: Account, death: Death) -> Death:
    """The second person confirms: directives become tasks, the executor is told. Raises NotNow or SamePerson."""
    with isolation.system():
        row = _held(death, State.CHECKED)
        if row.checked_by_id == by.pk:
            raise SamePerson
        row.confirmed_at, row.confirmed_by, row.state = timezone.now(), by, State.CONFIRMED
        holder = holder_of(row)
        row.directives = in_force(holder, row.died_on or timezone.localdate())
        row.save()
        _plan(row, holder, row.directives)
        registry.tell(row, Turn.CONFIRMED)
        record("death.confirmed", by=by, object_kind="death", object_id=row.pk)
    return row


def undo(*, by: Account, death: Death, reason: str) -> Death:
    """It was a mistake, or nobody was recognised: everything is as before, and the person is told. Raises NotNow, TooLate."""
    with isolation.system():
        row = Death.objects.select_for_update(of=("self",)).get(pk=death.pk)
        if not row.is_pending:
            raise NotNow
        if _is_irreversible(row):
            raise TooLate
        was_shut = row.state != State.REPORTED
        row.state, row.dismissed_at, row.dismissed_by, row.dismiss_reason = State.DISMISSED, timezone.now(), by, reason
        row.save()
        opened = shutting.open_again(row) if was_shut else []
        DeathTask.objects.filter(death=row, done_at=None).delete()
        _destroy_proofs(row, by=by)
        if was_shut:
            registry.tell(row, Turn.UNDONE)
        for account in opened:
            enqueue(REOPENED, key=f"{row.pk}-{account.pk}", subject_id=account.pk, priority=Priority.ASKED)
        record("death.undone", by=by, object_kind="death", object_id=row.pk, details={"accounts": len(opened)})
    return row


def holder_of(death: Death) -> Holder:
    """Whose death it is, once it is known."""
    return Holder(death.space, death.subject_id or 0, death.tenant_id)


def _plan(row: Death, holder: Holder, version: Directives | None) -> None:
    """The tasks: what the directives ask for, what each service has to do, the estate."""
    content = content_of(version) if version else None
    planned: dict[str, list[str]] = {}
    if content:
        planned |= {code: kinds for code, fate in OF_FATES.items() if (kinds := content.kinds_with(fate))}
        planned |= {EXECUTOR: []} if content.executor else {}
        planned |= {GENERAL: []} if content.general else {}
        if content.executor.email:
            enqueue(EXECUTOR_TOLD, key=str(row.pk), subject_id=row.pk, priority=Priority.ORDINARY)
    planned |= {kind.code: [] for kind in registry.tasks_for(holder)} | {ESTATE: []}
    DeathTask.objects.bulk_create(DeathTask(death=row, kind=code, kinds=kinds) for code, kinds in planned.items())


def _is_irreversible(row: Death) -> bool:
    done = DeathTask.objects.filter(death=row)
    return done.filter(erasure__isnull=False).exists() or done.filter(handovers__isnull=False).exists()


def _destroy_proofs(row: Death, *, by: Account) -> None:
    """A proof serves to verify and to nothing else (CNIL, SAN-2020-008)."""
    for proof in DeathProof.objects.filter(death=row, checked_at=None).select_related("upload"):
        upload = proof.upload
        proof.checked_at, proof.upload = timezone.now(), None
        proof.save(update_fields=["checked_at", "upload"])
        if upload is not None:
            forget([upload])
        record("death.proof_destroyed", by=by, object_kind="death_proof", object_id=proof.pk)


def _held(death: Death, state: State) -> Death:
    """The row as it is now, held until the end of the transaction. Raises NotNow."""
    row = Death.objects.select_for_update(of=("self",)).get(pk=death.pk)
    if row.state != state:
        raise NotNow
    return row
