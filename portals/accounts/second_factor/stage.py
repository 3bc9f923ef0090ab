"""The last stage of the sign-in: after the password and before any session, the device (CGU-2.5, 3.26)."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django_otp.models import Device

from portals.accounts.adapter import RESERVATION, may_sign_in
from portals.accounts.limits import Reservation
from portals.accounts.models import Account
from portals.accounts.second_factor.queries import has_device

PASSWORD_PROOF = "password_proof"  # noqa: S105 the name of a key
PASSWORD_CHECK = "password_check"  # noqa: S105 the same: the check that the password took, given back with the code


class SecondFactorStage(LoginStage):
    """Stops whoever has a device at the code page. Whoever has none goes on: the gate asks for one where it must."""

    key = "second_factor"
    urlname = "portals:second_factor"

    @property
    def account(self) -> Account:
        account = self.login.user
        if not isinstance(account, Account):
            raise TypeError("a sign-in without an account reached the second factor")
        return account

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """allauth's contract: a response to stop with or None, and whether the sign-in may be resumed."""
        if not has_device(self.account):
            return None, True
        self.state[PASSWORD_PROOF] = self.account.get_session_auth_hash()
        reservation: Reservation | None = getattr(self.request, RESERVATION, None)
        if reservation is not None:
            self.state[PASSWORD_CHECK] = [reservation.key, reservation.member]
        return redirect(self.urlname), True

    def still_holds(self) -> bool:
        """Whether the password that was given would still open the account: it may have changed, or served, since."""
        given = self.state.get(PASSWORD_PROOF, "")
        return may_sign_in(self.account) and constant_time_compare(given, self.account.get_session_auth_hash())

    def passed(self, device: Device, method: str) -> HttpResponse:
        """The code was good: the session opens, under a new key, with the device noted in it."""
        if PASSWORD_CHECK in self.state:
            setattr(self.request, RESERVATION, Reservation(*self.state[PASSWORD_CHECK]))
        self.account.otp_device = device  # type: ignore[attr-defined]  # read by django-otp when the session opens
        record_authentication(self.request, self.account, method=method)
        response: HttpResponse = self.exit()
        return response
