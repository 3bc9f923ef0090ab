"""The e-mailed code: how a member without a device confirms a sensitive act. It is a step-up and never a second factor.

Whoever holds the mailbox can also choose a new password: the code proves nothing more than that, and opens no session.
"""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone

from portals.accounts.actions import promise_mail
from portals.accounts.models import Account
from portals.accounts.queries import may_be_mailed
from portals.accounts.second_factor import rules
from portals.accounts.second_factor.models import MailCode
from portals.accounts.second_factor.queries import has_device
from portals.signals import announce

KIND = "account.step_up_code"
LASTS = datetime.timedelta(minutes=10)
TRIES = 5


class NoMailCode(Exception):
    """No code may be sent: the account has a device, or it has been sent all the codes of the day."""


@transaction.atomic
def ask_mail_code(*, by: Account, session_key: str) -> None:
    """Promise a code to the account's address, good in this session only. Raises NoMailCode."""
    if has_device(by) or not may_be_mailed(KIND, by):
        raise NoMailCode
    MailCode.objects.filter(account=by).delete()
    MailCode.objects.create(account=by, session_hash=_hashed(session_key))
    promise_mail(KIND, by)
    announce("step_up.code_asked", by=by, object_kind="account", object_id=by.pk)


def write_mail_code(account: Account) -> str | None:
    """Draw the code that is being sent and keep its hash; None when it is no longer asked for. Inside the e-mail's job."""
    asked = MailCode.objects.select_for_update().filter(account=account, used_at=None).order_by("-pk").first()
    if asked is None:
        return None
    code = rules.draw_mail_code()
    asked.salt = rules.draw_salt()
    asked.digest = rules.digest(code, asked.salt)
    asked.tries = 0
    asked.valid_until = timezone.now() + LASTS
    asked.save(update_fields=["salt", "digest", "tries", "valid_until"])
    return code


@transaction.atomic
def try_mail_code(*, by: Account, session_key: str, code: str) -> bool:
    """Whether this is the code sent to this session: ten minutes, five tries, once."""
    sent = MailCode.objects.select_for_update().filter(account=by, session_hash=_hashed(session_key)).first()
    is_good = False
    if sent is not None and _is_open(sent):
        sent.tries += 1
        is_good = rules.place_of([bytes(sent.digest)], rules.digest(code, bytes(sent.salt))) is not None
        if is_good:
            sent.used_at = timezone.now()
        sent.save(update_fields=["tries", "used_at"])
    result = "done" if is_good else "refused"
    announce("step_up.code_tried", by=by, object_kind="account", object_id=by.pk, result=result)
    return is_good


def _is_open(sent: MailCode) -> bool:
    is_written = sent.valid_until is not None and timezone.now() < sent.valid_until
    return is_written and sent.used_at is None and sent.tries < TRIES


def _hashed(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()
