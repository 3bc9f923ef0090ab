"""Requests of people who are signed out: stored sealed by the page, opened and forgotten by the worker."""

import json
import secrets

from portals.accounts.models import AccountRequest, RequestKind
from portals.accounts.signup import Answers
from portals.jobs import Priority, enqueue
from portals.secrets import seal, unseal
from portals.secrets.models import SubjectKey

PLACE = "portals_accountrequest.answers_sealed"
JOB_OF_KIND = {RequestKind.SIGN_UP: "account.sign_up", RequestKind.RECOVERY: "account.recovery"}


def store(kind: RequestKind, answers: Answers, *, space: str = "") -> AccountRequest:
    """Keep the answers for the worker, and promise that it will look. Call inside a transaction."""
    reference = secrets.token_hex(16)
    request = AccountRequest.objects.create(
        reference=reference,
        kind=kind,
        space=space,
        answers_sealed=seal(_subject(reference), PLACE, json.dumps(answers)),
    )
    enqueue(JOB_OF_KIND[kind], key=reference, subject_id=request.pk, priority=Priority.ASKED)
    return request


def take(request_id: int) -> tuple[AccountRequest, Answers] | None:
    """The request, locked, and its answers; None when it was answered already."""
    request = AccountRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        return None
    answers = unseal(_subject(request.reference), PLACE, bytes(request.answers_sealed))
    return request, json.loads(answers)


def forget(request: AccountRequest) -> None:
    """The answer is on its way: the row goes, and so does the key that could open its copies in backups."""
    SubjectKey.objects.filter(subject=_subject(request.reference)).delete()
    request.delete()


def _subject(reference: str) -> str:
    return f"account-request:{reference}"
