"""Drafts: what was typed is kept on demand, and when the session ended before it was sent.

The form carries a signed word that says whose it is. Posted without a session, it lets the text into that account's
draft and nothing else: whoever signs in next on the same device never sees it, unless it is the same account.
"""

import datetime
import json
import secrets
from collections.abc import Mapping

from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from portals import secrets as personal
from portals.access import isolation
from portals.accounts.limits import Limit, LimitReached, count
from portals.accounts.models import Account
from portals.correspondence.models import Kind, WritingDraft
from portals.jobs.schedules import daily
from portals.secrets.models import SubjectKey
from portals.signals import announce

PLACE = "portals_writingdraft.answers_sealed"
SALT = "portals.correspondence.drafts"
HOLDER = "holder"
"""The hidden field that says whose form this is."""
HOLDER_SECONDS = 12 * 3600
KEPT_DAYS = 30
MAX_CHARACTERS = 20_000
RESCUES_BY_ACCOUNT = Limit("draft rescues", 20, 3600)


def holder_word(account: Account, kind: Kind) -> str:
    """What the form carries."""
    return signing.dumps([account.pk, kind.value], salt=SALT)


def save(*, by: Account, kind: Kind, answers: Mapping[str, str]) -> None:
    """Keep what was typed in place of the draft before."""
    with transaction.atomic():
        _store(by.pk, kind, answers)
        announce("correspondence.draft_saved", by=by, object_kind="account", object_id=by.pk)


def rescue(request: HttpRequest, kind: Kind, fields: tuple[str, ...]) -> bool:
    """Keep what was posted without a session, for the account that the form was made for. Whether anything was kept."""
    try:
        account_id, written_for = signing.loads(request.POST.get(HOLDER, ""), salt=SALT, max_age=HOLDER_SECONDS)
        count(RESCUES_BY_ACCOUNT, str(account_id))
    except (signing.BadSignature, LimitReached, TypeError, ValueError):
        return False
    if written_for != kind.value:
        return False
    with isolation.system():  # nobody is signed in; the signed word says whose row this is
        _store(account_id, kind, {name: request.POST.get(name, "")[:MAX_CHARACTERS] for name in fields})
        announce("correspondence.draft_rescued", by=None, object_kind="account", object_id=account_id)
    return True


def kept(account: Account, kind: Kind) -> tuple[dict[str, str], datetime.datetime] | None:
    """The answers of the draft and when they were kept."""
    draft = WritingDraft.objects.filter(account=account, kind=kind).first()
    if draft is None:
        return None
    answers: dict[str, str] = json.loads(personal.unseal(_subject(draft), PLACE, bytes(draft.answers_sealed)))
    return answers, draft.saved_at


def forget(*, account: Account, kind: Kind) -> None:
    """The text was sent, or is not wanted any more: the draft and its key go."""
    _remove(list(WritingDraft.objects.filter(account=account, kind=kind)))


def sweep(planned_for: datetime.datetime) -> None:
    """Drafts of 30 days go, with their keys."""
    before = planned_for - datetime.timedelta(days=KEPT_DAYS)
    _remove(list(WritingDraft.objects.filter(saved_at__lt=before)[:5000]))


daily("correspondence.drafts", at=datetime.time(4, 20), run=sweep)


def on_operation(*, action: str, object_id: int | str, **_: object) -> None:
    """Receiver of `portals.signals.operation`: an account is deleted, and what it had not sent goes with it (CGU-7.7)."""
    if action == "account.deleted":
        _remove(list(WritingDraft.objects.filter(account_id=object_id)))


def _store(account_id: int, kind: Kind, answers: Mapping[str, str]) -> None:
    draft, _ = WritingDraft.objects.select_for_update(of=("self",)).get_or_create(
        account_id=account_id, kind=kind, defaults={"reference": secrets.token_hex(16), "answers_sealed": b""}
    )
    draft.answers_sealed = personal.seal(_subject(draft), PLACE, json.dumps(dict(answers)))
    draft.saved_at = timezone.now()
    draft.save()


def _remove(drafts: list[WritingDraft]) -> None:
    SubjectKey.objects.filter(subject__in=[_subject(draft) for draft in drafts]).delete()
    WritingDraft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()


def _subject(draft: WritingDraft) -> str:
    return f"draft:{draft.reference}"
