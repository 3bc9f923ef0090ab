"""Publishing a module, ending it, following it."""

import datetime
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.terms.markup import check as check_markup
from privacy.audit import record
from privacy.staff.awareness import rules
from privacy.staff.awareness.models import AwarenessModule, AwarenessResult
from privacy.staff.awareness.rules import Answered, Question

PUBLISH, END = "privacy.add_awarenessmodule", "privacy.change_awarenessmodule"


class TooEarly(Exception):
    """The day before which it is to be followed is past."""


class Ended(Exception):
    """The module is over."""


@transaction.atomic
def publish(
    *, by: Account, title: str, text: str, questions: Sequence[Question], due_on: datetime.date
) -> AwarenessModule:
    """Ask all staff to follow a module. It never changes afterwards.

    Raises PermissionDenied, MarkupRefused, BadQuestions or TooEarly.
    """
    if not by.has_perm(PUBLISH):
        raise PermissionDenied
    check_markup(text)
    rules.check(questions)
    if due_on < timezone.localdate():
        raise TooEarly
    module = AwarenessModule.objects.create(
        title=title, text=text, questions=[one.written() for one in questions], due_on=due_on, published_by=by
    )
    record("awareness.published", by=by, object_kind="awarenessmodule", object_id=module.pk)
    return module


@transaction.atomic
def end(*, by: Account, module: AwarenessModule) -> None:
    """Nobody is asked to follow it any more; who did stays known. Raises PermissionDenied or Ended."""
    if not by.has_perm(END):
        raise PermissionDenied
    held = AwarenessModule.objects.select_for_update().get(pk=module.pk)
    if held.ended_at is not None:
        raise Ended
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    record("awareness.ended", by=by, object_kind="awarenessmodule", object_id=held.pk)


@transaction.atomic
def answer(*, by: Account, module: AwarenessModule, answers: Sequence[int | None]) -> list[Answered]:
    """Each question with its answer. When all are right, the module is followed, once; wrong answers are not kept.

    Raises PermissionDenied to whoever is not staff, or Ended.
    """
    if not by.is_staff:
        raise PermissionDenied
    if module.ended_at is not None:
        raise Ended
    corrected = rules.correct(rules.questions_of(module.questions), answers)
    if all(one.is_right for one in corrected):
        _result, is_new = AwarenessResult.objects.get_or_create(account=by, module=module)
        if is_new:
            record("awareness.followed", by=by, object_kind="awarenessmodule", object_id=module.pk)
    return corrected
