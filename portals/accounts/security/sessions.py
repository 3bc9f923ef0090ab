"""The sessions of an account: recorded when they open, listed for their owner, ended one by one or all together.

A session carries the number of its row, so that the row says at each request whether the session was ended.
"""

import datetime
import hashlib
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from portals.accounts.models import Account
from portals.accounts.security.models import AccountSession
from portals.accounts.security.rules import device_in_words
from portals.accounts.sessions import RECORD, idle_seconds, row_id
from portals.signals import announce

SIGN_INS_SHOWN = 5


@dataclass(frozen=True)
class OpenSession:
    """One line of the list."""

    id: int
    device: str
    began_at: datetime.datetime
    last_seen_at: datetime.datetime
    is_current: bool


def record(request: HttpRequest, account: Account) -> None:
    """Note that a session opens. Called for every sign-in (`receivers`)."""
    if request.session.session_key is None:
        request.session.save()
    now = timezone.now()
    row = AccountSession.objects.create(
        account=account,
        session_key=request.session.session_key or "",
        fingerprint=fingerprint_of(account),
        device=device_in_words(request.META.get("HTTP_USER_AGENT", "")),
        began_at=now,
        last_seen_at=now,
    )
    request.session[RECORD] = row.pk


def close_record(request: HttpRequest) -> None:
    """Note that the session is over: the person left, or its time was up."""
    AccountSession.objects.filter(pk=row_id(request), ended_at=None).update(ended_at=timezone.now())


def follow(request: HttpRequest, account: Account) -> None:
    """The session changed its key, or the account its password or epoch: the row follows."""
    AccountSession.objects.filter(pk=row_id(request)).update(
        session_key=request.session.session_key or "", fingerprint=fingerprint_of(account)
    )


def keep_current(request: HttpRequest, account: Account) -> None:
    """Keep the owner's own session alive through a change that ends all others. Its key changes."""
    update_session_auth_hash(request, account)
    follow(request, account)


def open_sessions(account: Account, *, now: datetime.datetime, current: int) -> list[OpenSession]:
    """The sessions that would open a page now, the current one first, then the last seen. One query."""
    idle = datetime.timedelta(seconds=idle_seconds(account.space))
    longest = datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    is_alive = Q(
        ended_at=None,
        fingerprint=fingerprint_of(account),
        began_at__gt=now - longest,
        last_seen_at__gt=now - idle,
    )
    rows = AccountSession.objects.filter(is_alive | Q(pk=current), account=account).order_by("-last_seen_at", "-id")
    lines = [
        OpenSession(
            id=row.pk,
            device=row.device,
            began_at=row.began_at,
            last_seen_at=now if row.pk == current else row.last_seen_at,
            is_current=row.pk == current,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: not line.is_current)


def latest_sign_ins(account: Account) -> list[AccountSession]:
    """The last sign-ins, whether their sessions are over or not."""
    return list(AccountSession.objects.filter(account=account).order_by("-began_at", "-id")[:SIGN_INS_SHOWN])


@transaction.atomic
def end_session(*, by: Account, session_id: int) -> None:
    """End one session of the account: dead at its next request. Raises AccountSession.DoesNotExist for another's."""
    row = AccountSession.objects.select_for_update().get(pk=session_id, account=by, ended_at=None)
    _end([row])
    announce("account.session_ended", by=by, object_kind="account_session", object_id=row.pk)


@transaction.atomic
def end_other_sessions(*, by: Account, request: HttpRequest) -> None:
    """End every session of the account but the one of this request, recorded or not. The caller sends its notice."""
    end_every_session(by, but=row_id(request))
    keep_current(request, by)
    announce("account.sessions_ended", by=by, object_kind="account", object_id=by.pk)


@transaction.atomic
def end_every_session(account: Account, *, but: int = 0) -> None:
    """End all sessions of the account. The one whose row is `but` lives on only if `keep_current` follows."""
    rows = AccountSession.objects.select_for_update().filter(account=account, ended_at=None).exclude(pk=but)
    _end(list(rows))
    locked = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    account.session_epoch = locked.session_epoch + 1
    account.save(update_fields=["session_epoch"])


def fingerprint_of(account: Account) -> str:
    """Goes stale when the password or the epoch changes, as the session itself does."""
    return hashlib.sha256(account.get_session_auth_hash().encode()).hexdigest()


def _end(rows: list[AccountSession]) -> None:
    """The rows say so at once; what the store holds goes now, and again once a request in flight may have put it back."""
    AccountSession.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=timezone.now())
    keys = [row.session_key for row in rows]
    _forget(keys)
    transaction.on_commit(lambda: _forget(keys), robust=True)


def _forget(keys: list[str]) -> None:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in filter(None, keys):
        store.delete(key)
