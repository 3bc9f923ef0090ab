"""The affiliation that somebody has begun to type: kept sealed, so that it outlives their session."""

import datetime
import json
import secrets
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from employers.workforce.models import WorkforceDraft
from portals import secrets as personal
from portals.accounts.models import Account
from portals.secrets.models import SubjectKey
from privacy.audit import record

PLACE = "employers_workforcedraft.answers_sealed"
KEPT = datetime.timedelta(days=30)

type Answers = Mapping[str, str]


def subject_of(draft: WorkforceDraft) -> str:
    return f"workforce_draft:{draft.reference}"


def drafts_of(account: Account, company_id: int) -> QuerySet[WorkforceDraft]:
    """One at most."""
    return WorkforceDraft.objects.filter(account=account, company=company_id)


def draft_of(account: Account, company_id: int) -> WorkforceDraft | None:
    return drafts_of(account, company_id).first()


def answers_of(draft: WorkforceDraft | None) -> dict[str, str]:
    """What was typed so far, as text; nothing without a draft."""
    if draft is None:
        return {}
    answers: dict[str, str] = json.loads(personal.unseal(subject_of(draft), PLACE, bytes(draft.answers_sealed)))
    return answers


@transaction.atomic
def keep(*, by: Account, company_id: int, answers: Answers) -> WorkforceDraft:
    """Add these answers to the draft, or begin one."""
    draft = draft_of(by, company_id)
    if draft is None:
        draft = WorkforceDraft(company_id=company_id, account=by, reference=secrets.token_hex(16))
        told: dict[str, str] = {}
    else:
        told = answers_of(draft)
    draft.answers_sealed = personal.seal(subject_of(draft), PLACE, json.dumps(told | dict(answers)))
    draft.saved_at = timezone.now()
    draft.save()
    record("workforce.draft_kept", by=by, object_kind="workforce_draft", object_id=draft.pk)
    return draft


@transaction.atomic
def delete(draft: WorkforceDraft) -> None:
    """Forget a draft and the key of what it holds."""
    SubjectKey.objects.filter(subject=subject_of(draft)).delete()
    draft.delete()
