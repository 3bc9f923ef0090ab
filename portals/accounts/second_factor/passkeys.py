"""Passkeys through django-otp-webauthn's helper. Its own addresses are not served: nothing opens a session but our stage."""

import hashlib
import json
import struct
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django_otp_webauthn.exceptions import OTPWebAuthnApiError
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential, WebAuthnUserHandle
from redis.exceptions import RedisError
from webauthn.helpers.exceptions import WebAuthnException

from portals.accounts.models import Account

REGISTRATION = "passkey_registration"
ASSERTION = "passkey_assertion"
CHALLENGE_LASTS = 3600
"""How long a challenge that has served is remembered, in seconds: longer than any page may be left open."""
MAX_ANSWER = 20_000
UNREADABLE = (
    OTPWebAuthnApiError, WebAuthnException, ValueError, LookupError, TypeError, AttributeError, struct.error,
    IntegrityError,  # a passkey that is known already
)  # fmt: skip


class PasskeyRefused(Exception):
    """The browser's answer is not that of a passkey of this account to our own question, or it has already served."""


class PasskeyHelper(WebAuthnHelper):
    """The library's, keeping less: the authenticator learns the identifier only, and no attestation is stored."""

    def get_credential_display_name(self, user: Account) -> str:
        return user.identifier

    def create_attestation(self, *_args: Any, **_kwargs: Any) -> None:
        """We ask for none (`attestation: none`): what comes in its place proves nothing and is not kept."""


def prepare(account: Account) -> None:
    """Make the random handle by which authenticators know the account, so that reading the next page writes nothing."""
    WebAuthnUserHandle.get_handle_for_user(account)


def is_prepared(account: Account) -> bool:
    return WebAuthnUserHandle.objects.filter(user=account).exists()


def ask_registration(request: HttpRequest, account: Account) -> str:
    """The question to the browser that makes a passkey, as JSON; its challenge waits in the session."""
    options, state = PasskeyHelper(request).register_begin(account)
    request.session[REGISTRATION] = state
    return json.dumps(options)


def read_registration(request: HttpRequest, account: Account, answer: str) -> WebAuthnCredential:
    """Store the passkey of the browser's answer. Raises PasskeyRefused. Nothing else than the answer is kept."""
    state = _take(request, REGISTRATION)
    with _Refusing(), transaction.atomic():
        return PasskeyHelper(request).register_complete(account, state, _parsed(answer))


def ask_assertion(request: HttpRequest, account: Account, *, require_user_verification: bool = False) -> str:
    """The question to the browser that uses a passkey of the account, as JSON; its challenge waits in the session.

    After a password the presence of the person is enough; alone, as in a step-up, the passkey must know the person by
    a fingerprint, a face or a code: `require_user_verification`.
    """
    options, state = PasskeyHelper(request).authenticate_begin(
        account, require_user_verification=require_user_verification
    )
    request.session[ASSERTION] = state
    return json.dumps(options)


def read_assertion(request: HttpRequest, account: Account, answer: str) -> WebAuthnCredential:
    """The passkey that gave the browser's answer. Raises PasskeyRefused; a question is answered once."""
    state = _take(request, ASSERTION)
    with _Refusing():
        device: WebAuthnCredential = PasskeyHelper(request).authenticate_complete(account, state, _parsed(answer))
    if not device.confirmed:
        raise PasskeyRefused
    return device


def _take(request: HttpRequest, key: str) -> dict[str, Any]:
    """The state of a question, gone from the session for good; of two answers at the same instant, one finds it."""
    state: dict[str, Any] | None = request.session.pop(key, None)
    if not state:
        raise PasskeyRefused
    request.session.save()
    served = f"passkey-challenge:{hashlib.sha256(state['challenge'].encode()).hexdigest()}"
    try:
        is_first = cache.add(served, 1, timeout=CHALLENGE_LASTS)
    except RedisError as error:
        raise PasskeyRefused from error
    if not is_first:
        raise PasskeyRefused
    return state


def _parsed(answer: str) -> dict[str, Any]:
    try:
        parsed = json.loads(answer[:MAX_ANSWER])
    except ValueError as error:
        raise PasskeyRefused from error
    if not isinstance(parsed, dict):
        raise PasskeyRefused
    return parsed


class _Refusing:
    """Whatever the libraries find wrong with an answer that came from outside is one refusal, without its details."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, UNREADABLE):
            raise PasskeyRefused from None
