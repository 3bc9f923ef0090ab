"""What proves that the holder of the account is there: their password, with a code by e-mail when they have no device,
or a passkey that knows them."""

import time

from django.contrib.auth.hashers import check_password
from django.http import HttpRequest

from portals.accounts import limits
from portals.accounts.models import Account
from portals.accounts.network import address_of, network_of
from portals.accounts.second_factor import passkeys
from portals.accounts.second_factor.actions import passkey_refused, passkey_used
from portals.accounts.second_factor.mail_codes import LASTS, NoMailCode, ask_mail_code, try_mail_code
from portals.accounts.second_factor.queries import has_device, has_passkey
from portals.accounts.security.step_up import proved
from portals.signals import announce

__all__ = ["awaits_code", "by_mail_code", "by_passkey", "by_password", "has_device", "passkey_question", "send_code"]

PASSWORD_GIVEN = "password_given_at"  # noqa: S105 the name of a key


def by_password(request: HttpRequest, account: Account, typed: str) -> bool:
    """Whether this is the password. It is enough with a device; without any, a code leaves for the e-mail address.

    Raises LimitReached before anything is computed.
    """
    reservation = limits.reserve_password_check(account.identifier, network_of(address_of(request)))
    # Not `account.check_password`: it may write a new hash, which would end every session of the account.
    if not check_password(typed, account.password):
        _tell(account, "password", "refused")
        return False
    reservation.refund()
    _tell(account, "password", "done")
    if has_device(account):
        proved(request)
    else:
        request.session[PASSWORD_GIVEN] = int(time.time())
        send_code(request, account)
    return True


def awaits_code(request: HttpRequest) -> bool:
    """Whether the password has been given and the code has not, for as long as a code serves."""
    given: int | None = request.session.get(PASSWORD_GIVEN)
    return given is not None and 0 <= time.time() - given < LASTS.total_seconds()


def send_code(request: HttpRequest, account: Account) -> bool:
    """Promise a code; says whether one may leave (there is a number of them for a day)."""
    try:
        ask_mail_code(by=account, session_key=request.session.session_key or "")
    except NoMailCode:
        return False
    return True


def by_mail_code(request: HttpRequest, account: Account, typed: str) -> bool:
    """Whether this is the code that was sent to this session. Raises LimitReached before anything is computed."""
    reservation = limits.reserve_code_check(account.identifier, network_of(address_of(request)))
    if not try_mail_code(by=account, session_key=request.session.session_key or "", code=typed):
        return False
    reservation.refund()
    del request.session[PASSWORD_GIVEN]
    proved(request)
    return True


def passkey_question(request: HttpRequest, account: Account) -> str:
    """What the browser is asked, as JSON; empty for an account without a passkey."""
    if not has_passkey(account):
        return ""
    return passkeys.ask_assertion(request, account, require_user_verification=True)


def by_passkey(request: HttpRequest, account: Account, answer: str) -> bool:
    """Whether a passkey of the account answered our question, having recognised its holder."""
    try:
        device = passkeys.read_assertion(request, account, answer)
    except passkeys.PasskeyRefused:
        passkey_refused(by=account)
        return False
    passkey_used(by=account, device=device)
    _tell(account, "passkey", "done")
    proved(request)
    return True


def _tell(account: Account, means: str, result: str) -> None:
    announce(
        "account.step_up", by=account, object_kind="account", object_id=account.pk, result=result,
        details={"means": means},
    )  # fmt: skip
