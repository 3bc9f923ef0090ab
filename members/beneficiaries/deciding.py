"""What staff decide: accept, ask for a document, refuse.

Staff read the queue in their own scope; a decision touches persons, covers and grants of a household, so it runs in the
system's context, in one transaction with its journal entry.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from members.beneficiaries import covering
from members.beneficiaries.actions import held, note
from members.beneficiaries.emails import Told, tell
from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.rules import needs_proof
from members.beneficiaries.sealing import without_nir
from members.beneficiaries.words import OPEN_STATES, Kind, State, What
from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.models import Upload, UploadState
from portals.documents.quarantine import discard
from privacy.audit import record

MEDICAL_REASON = "Document médical\u00a0: il part par la poste, sous pli fermé, au médecin-conseil."


class ProofUnchecked(Exception):
    """A document is still in quarantine, or none was kept: there is nothing to decide on."""


def accept(*, by: Account, request: BeneficiaryRequest, effect_date: datetime.date | None = None) -> None:
    """Accept, from the day that the proofs say: the person and the cover are written, and what rests on them follows.

    Raises NotAsked, ProofUnchecked, or what `covering` raises: PolicyEnded, AlreadyCovered, NotCovered, EndsTooEarly.
    """
    with isolation.system():
        row = held(request, *OPEN_STATES)
        _check_proofs(row)
        row.effect_date = effect_date or row.effect_date or timezone.localdate()
        if row.kind == Kind.ADD:
            row.person = covering.add(by=by, request=row, first_day=row.effect_date)
        elif row.kind == Kind.KEEP:
            covering.keep(by=by, request=row, since=row.effect_date)
        else:
            covering.end(by=by, request=row, last_day=row.effect_date)
        row.answers_sealed = without_nir(row)
        _decided(row, State.ACCEPTED, by, "")
        note(row, What.ACCEPTED)
        tell(row, Told.ACCEPTED)
        covering.follow(row)
        _record("beneficiaries.accepted", by, row)


def ask_for_document(*, by: Account, request: BeneficiaryRequest, words: str) -> None:
    """Say which document is missing; the member adds it, and the request comes back. Raises NotAsked."""
    with isolation.system():
        row = held(request, *OPEN_STATES)
        row.state, row.answer = State.INCOMPLETE, words
        row.save(update_fields=["state", "answer"])
        note(row, What.DOCUMENT_ASKED, words)
        tell(row, Told.INCOMPLETE)
        _record("beneficiaries.document_asked", by, row)


def refuse(*, by: Account, request: BeneficiaryRequest, reason: str) -> None:
    """Refuse, with the reason that the member reads word for word. Raises NotAsked."""
    with isolation.system():
        row = held(request, *OPEN_STATES)
        row.answers_sealed = without_nir(row)
        _decided(row, State.REFUSED, by, reason)
        note(row, What.REFUSED, reason)
        tell(row, Told.REFUSED)
        _record("beneficiaries.refused", by, row)


@transaction.atomic
def discard_medical(*, by: Account, upload: Upload) -> None:
    """Take a medical document away for good (PDP-4.2): it is not for this queue. Raises AlreadyDecided."""
    discard(by=by, upload=upload, reason=MEDICAL_REASON)
    record("beneficiaries.medical_discarded", by=by, object_kind="upload", object_id=upload.pk)


def _check_proofs(row: BeneficiaryRequest) -> None:
    states = set(row.proofs.values_list("state", flat=True))
    if UploadState.QUARANTINED in states or (needs_proof(row.reason) and UploadState.RELEASED not in states):
        raise ProofUnchecked


def _decided(row: BeneficiaryRequest, state: State, by: Account, answer: str) -> None:
    row.state, row.answer, row.decided_at, row.decided_by = state, answer, timezone.now(), by
    row.save()


def _record(action: str, by: Account, row: BeneficiaryRequest) -> None:
    details = {"account": row.account_id, "person": row.person_id or 0}
    record(action, by=by, object_kind="beneficiary_request", object_id=row.pk, details=details)
