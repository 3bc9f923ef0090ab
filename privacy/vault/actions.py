"""What people do with their medical cases: begin with a consent, fill, send, take everything back, ask for a copy."""

import secrets
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from portals.access.models import Grant
from portals.accounts.models import Account
from portals.correspondence.actions import write
from portals.correspondence.models import Kind as Letter
from portals.correspondence.models import Thread
from portals.declarations import Purpose
from portals.documents.uploads import CleanFile
from privacy.register.running import demand
from privacy.vault.emails import tell_adviser
from privacy.vault.errors import NotAllowed
from privacy.vault.keeping import Kind, Piece, forget, keep
from privacy.vault.models import Cover, MedicalCase, MedicalConsent, State
from privacy.vault.noting import note
from privacy.vault.rules import Life, erase_on
from privacy.vault.texts import CONSENT_NUMBER, text_for

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
DOCUMENTS_MAX = 10
ABOUT_LETTER = (
    "Le contenu de cette réclamation touche à la santé\u00a0: il a été remis sous scellé au médecin-conseil, sous la référence "
    "{reference}. Il n’est lisible par personne d’autre."
)


@transaction.atomic
def begin(*, by: Account, cover: Cover) -> MedicalCase:
    """Record the consent to the text shown, then open the case (PDP-4.7).

    Raises `privacy.register.running.NotRunning` while the processing has no validated assessment (PDP-4.9).
    """
    demand(Purpose.MEDICAL)
    case = MedicalCase(reference=_new_reference(), account=by, cover=cover)
    case.erase_on = erase_on(_life(case))
    case.save()
    MedicalConsent.objects.create(
        case=case, account=by, given=True, number=CONSENT_NUMBER, text=text_for(is_letter=case.is_letter)
    )
    note("vault.consented", by=by, case=case)
    return case


@transaction.atomic
def fill(*, by: Account, case: MedicalCase, answers: Mapping[str, str]) -> None:
    """Seal the questionnaire; one that is filled again replaces it. Raises NotAllowed."""
    held = _open_case(case)
    held.answers += 1
    keep(account_id=by.pk, case=held.reference, pieces=[Piece(Kind.ANSWERS, held.answers, _head(answers))])
    held.save(update_fields=["answers"])
    note("vault.filled", by=by, case=held)


@transaction.atomic
def add_documents(*, by: Account, case: MedicalCase, files: Sequence[CleanFile]) -> None:
    """Seal documents that were made harmless. Raises NotAllowed: sent already, or too many."""
    held = _open_case(case)
    if held.documents + len(files) > DOCUMENTS_MAX:
        raise NotAllowed
    keep(account_id=by.pk, case=held.reference, pieces=_pieces(files, after=held.documents))
    held.documents += len(files)
    held.save(update_fields=["documents"])
    note("vault.documents_added", by=by, case=held, documents=len(files))


@transaction.atomic
def send(*, by: Account, case: MedicalCase) -> None:
    """Hand the case to the medical adviser. Raises NotAllowed before the questionnaire is filled."""
    held = _open_case(case)
    if not held.answers:
        raise NotAllowed
    _hand_over(held)
    note("vault.sent", by=by, case=held)


@transaction.atomic
def send_letter(
    *, by: Account, grant: Grant | None, text: str, files: Sequence[CleanFile], is_complaint: bool
) -> tuple[MedicalCase, Thread | None]:
    """A letter for the medical adviser alone. A complaint also gets its number and its clock, without a word of it."""
    case = begin(by=by, cover=Cover.LETTER)
    case.answers, case.documents = 1, len(files)
    pieces = [Piece(Kind.LETTER, 1, _head({"text": text})), *_pieces(files, after=0)]
    keep(account_id=by.pk, case=case.reference, pieces=pieces)
    _hand_over(case)
    note("vault.sent", by=by, case=case)
    if not is_complaint:
        return case, None
    neutral = ABOUT_LETTER.format(reference=case.reference)
    thread = write(
        by=by, kind=Letter.COMPLAINT, topic="medical", text=neutral, grant=grant, files=[], forget_draft=False
    )
    return case, thread


@transaction.atomic
def withdraw(*, by: Account, case: MedicalCase) -> None:
    """Take the consent back: everything is erased at once, whatever the state (PDP-4.7). Raises NotAllowed."""
    held = _locked(case)
    if not held.may_be_withdrawn:
        raise NotAllowed
    MedicalConsent.objects.create(
        case=held, account=held.account, given=False, number=CONSENT_NUMBER, text=text_for(is_letter=held.is_letter)
    )
    held.state = State.WITHDRAWN
    erase(held)
    note("vault.withdrawn", by=by, case=held)


@transaction.atomic
def ask_copy(*, by: Account, case: MedicalCase) -> None:
    """Ask the medical adviser for a copy of what is kept (GDPR, art. 15). Raises NotAllowed."""
    held = _locked(case)
    if not held.may_ask_copy:
        raise NotAllowed
    held.copy_asked_at, held.copy_given_at = timezone.now(), None
    held.save(update_fields=["copy_asked_at", "copy_given_at"])
    tell_adviser(held)
    note("vault.copy_asked", by=by, case=held)


def erase(case: MedicalCase) -> None:
    """Destroy the keys and what they sealed; the case remains, with its dates and its answer."""
    forget(case.reference)
    case.erase_on, case.erased_at = None, timezone.now()
    case.answers = case.documents = 0
    case.save()


def schedule_erasure(case: MedicalCase) -> None:
    """Say anew until when the case is kept; the caller saves."""
    case.erase_on = erase_on(_life(case))


def on_operation(*, action: str, object_id: int | str, **_rest: object) -> None:
    """Receiver of `portals.signals.operation`: a deleted account takes its medical cases along, but for a cover that
    runs or that was answered, whose retention goes on."""
    if action != "account.deleted":
        return
    unanswered = MedicalCase.objects.filter(account_id=object_id, erased_at=None, outcome="")
    for case in unanswered.select_related("account"):
        withdraw(by=case.account, case=case)


def _hand_over(case: MedicalCase) -> None:
    case.state, case.sent_at = State.SENT, timezone.now()
    schedule_erasure(case)
    case.save()
    tell_adviser(case)


def _locked(case: MedicalCase) -> MedicalCase:
    return MedicalCase.objects.select_for_update(of=("self",)).select_related("account").get(pk=case.pk)


def _open_case(case: MedicalCase) -> MedicalCase:
    """Raises NotAllowed, and `NotRunning` when the processing was switched off meanwhile."""
    demand(Purpose.MEDICAL)
    held = _locked(case)
    if not held.is_open:
        raise NotAllowed
    return held


def _pieces(files: Sequence[CleanFile], *, after: int) -> list[Piece]:
    return [
        Piece(Kind.DOCUMENT, after + rank, _head({"name": file.name, "type": file.content_type}), file.content)
        for rank, file in enumerate(files, start=1)
    ]


def _head(words: Mapping[str, str]) -> dict[str, str]:
    return {**words, "at": timezone.now().isoformat(timespec="seconds")}


def _life(case: MedicalCase) -> Life:
    return Life(
        cover=case.cover,
        begun_on=timezone.localdate(case.begun_at),
        sent_on=timezone.localdate(case.sent_at) if case.sent_at else None,
        outcome=case.outcome,
        cover_ended_on=case.cover_ended_on,
    )


def _new_reference() -> str:
    """`QM-7K3M-9QTX`: 39 bits, which say nothing of the person nor of the cover."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"QM-{drawn[:4]}-{drawn[4:]}"
