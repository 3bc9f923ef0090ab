"""What the medical adviser does of a case. All that comes out is one word; the reasons stay sealed."""

from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from privacy.vault.actions import schedule_erasure
from privacy.vault.emails import tell_holder
from privacy.vault.errors import NotAllowed
from privacy.vault.keeping import Kind, Piece, keep
from privacy.vault.models import MedicalCase, State
from privacy.vault.noting import note
from privacy.vault.rules import Outcome, outcomes_for


@transaction.atomic
def decide(*, by: Account, case: MedicalCase, outcome: Outcome, opinion: str) -> None:
    """Answer, with the reasons sealed beside the case. Raises NotAllowed: answered already, withdrawn, or not fitting."""
    held = _locked(case)
    if held.state != State.SENT or outcome not in outcomes_for(held.cover):
        raise NotAllowed
    now = timezone.now()
    words = {"text": opinion, "at": now.isoformat(timespec="seconds")}
    keep(account_id=held.account_id, case=held.reference, pieces=[Piece(Kind.OPINION, 1, words)])
    held.state, held.outcome, held.decided_at = State.DECIDED, outcome.value, now
    schedule_erasure(held)
    held.save()
    tell_holder(held)
    note("vault.decided", by=by, case=held)


@transaction.atomic
def give_copy(*, by: Account, case: MedicalCase) -> None:
    """Note that the copy went out. Raises NotAllowed when none is asked for."""
    held = _locked(case)
    if held.copy_asked_at is None or held.copy_given_at is not None:
        raise NotAllowed
    held.copy_given_at = timezone.now()
    held.save(update_fields=["copy_given_at"])
    tell_holder(held)
    note("vault.copy_given", by=by, case=held)


def _locked(case: MedicalCase) -> MedicalCase:
    return MedicalCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
