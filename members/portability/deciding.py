"""What staff decide of a proof: accept, ask for a document, refuse. In the system's context: staff write no such row."""

import datetime

from django.utils import timezone

from members.portability.actions import reopen
from members.portability.emails import Told, tell
from members.portability.models import Portability, UnemploymentProof
from members.portability.rules import next_proof_due, proved_by_default
from members.portability.words import LIVING, OPEN_PROOFS, ProofState, State
from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.models import UploadState
from portals.signals import announce


class NotAsked(Exception):
    """The proof waits for no decision, or the portability is over."""


class ProofUnchecked(Exception):
    """A document is still in quarantine, or none was kept."""


def accept(*, by: Account, proof: UnemploymentProof, proved_until: datetime.date | None = None) -> None:
    """The benefit is proved, until that day or for six months: cover that was suspended is given back without a gap.

    Raises NotAsked or ProofUnchecked.
    """
    with isolation.system():
        row, portability = _held(proof)
        states = set(row.uploads.values_list("state", flat=True))
        if UploadState.QUARANTINED in states or UploadState.RELEASED not in states:
            raise ProofUnchecked
        row.proved_until = proved_until or proved_by_default(timezone.localdate(), portability.ends_on)
        _decide(row, ProofState.ACCEPTED, by)
        portability.proof_due_on = next_proof_due(row.proved_until, portability.ends_on)
        portability.reminded_on = portability.suspends_on = None
        was_suspended = portability.state == State.SUSPENDED
        portability.state = State.RUNNING
        portability.save(update_fields=["proof_due_on", "reminded_on", "suspends_on", "state"])
        if was_suspended:
            reopen(by=by, row=portability)
        tell(portability, Told.RESUMED if was_suspended else Told.PROVED)
        _record("portability.proof_accepted", by, row)


def ask_for_document(*, by: Account, proof: UnemploymentProof, words: str) -> None:
    """Say what is missing; the person adds it, and the proof comes back. Raises NotAsked."""
    with isolation.system():
        row, portability = _held(proof)
        row.state, row.answer = ProofState.INCOMPLETE, words
        row.save(update_fields=["state", "answer"])
        tell(portability, Told.INCOMPLETE)
        _record("portability.document_asked", by, row)


def refuse(*, by: Account, proof: UnemploymentProof, reason: str) -> None:
    """Refuse, with the reason that the person reads word for word. Cover goes on until its suspension is announced.

    Raises NotAsked.
    """
    with isolation.system():
        row, portability = _held(proof)
        row.answer = reason
        _decide(row, ProofState.REFUSED, by)
        tell(portability, Told.REFUSED)
        _record("portability.proof_refused", by, row)


def _held(proof: UnemploymentProof) -> tuple[UnemploymentProof, Portability]:
    portability = Portability.objects.select_for_update(of=("self",)).get(pk=proof.portability_id)
    rows = UnemploymentProof.objects.select_for_update(of=("self",))
    row = rows.filter(pk=proof.pk, state__in=OPEN_PROOFS).first()
    if row is None or portability.state not in LIVING or portability.ends_on < timezone.localdate():
        raise NotAsked
    return row, portability


def _decide(row: UnemploymentProof, state: ProofState, by: Account) -> None:
    row.state, row.decided_at, row.decided_by = state, timezone.now(), by
    row.save()


def _record(action: str, by: Account, row: UnemploymentProof) -> None:
    announce(
        action, by=by, object_kind="unemployment_proof", object_id=row.pk, details={"portability": row.portability_id}
    )
