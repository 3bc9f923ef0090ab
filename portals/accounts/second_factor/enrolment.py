"""Adding a device: the step of a registration for whoever must have one, a choice for the others."""

import functools
from collections.abc import Callable
from typing import Any

import django_otp
import segno
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp.models import Device

from portals.access.entry import account_of
from portals.accounts import limits
from portals.accounts.landing import home_of
from portals.accounts.models import Account
from portals.accounts.network import address_of, network_of
from portals.accounts.second_factor import passkeys, rules
from portals.accounts.second_factor.actions import (
    confirm_passkey,
    confirm_totp,
    draw_recovery_codes,
    keep_recovery_codes,
    start_totp,
)
from portals.accounts.second_factor.forms import KindForm, NewPasskeyForm, NewTotpForm
from portals.accounts.second_factor.models import TotpDevice
from portals.accounts.second_factor.queries import (
    devices_of,
    has_device,
    is_required,
    pending_totp,
    recovery_codes_of,
)
from portals.accounts.second_factor.views import refusal
from portals.accounts.security.step_up import proved, step_up_required
from portals.accounts.sessions import is_verified

type View = Callable[..., HttpResponseBase]

WRONG_FIRST_CODE = (
    "Ce code n’est pas celui que l’application montre maintenant. Vérifiez que la clé est entière et que l’heure de "
    "l’appareil est juste."
)
WRONG_PASSKEY = "La clé d’accès n’a pas pu être ajoutée. Recommencez, ou choisissez une application de codes."
THEN = "second_factor_then"
"""In the session: where the person goes once the recovery codes are kept."""


def adding(view: View) -> View:
    """Who may add a device: whoever proves themselves again; or whoever must have one, has none, and has just signed in.

    A session without second factor of an account that has a device is older than this device, and ends here.
    """
    after_proof = step_up_required(view)

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = account_of(request)
        if account.must_choose_password:
            return redirect("portals:password_new")
        if is_verified(request):
            return after_proof(request, *args, **kwargs)
        if has_device(account):
            logout(request)
            return redirect("portals:login")
        return (view if is_required(account) else after_proof)(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@adding
def second_factor_new(request: HttpRequest) -> HttpResponse:
    """The choice between a passkey and an application of codes."""
    account = account_of(request)
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["kind"] == rules.Kind.PASSKEY:
            passkeys.prepare(account)
            return redirect("portals:second_factor_passkey")
        start_totp(by=account)
        return redirect("portals:second_factor_totp")
    context = {"devices": devices_of(account), "is_step": is_step(request, account)}
    return render(request, "portals/second_factor/new.html", context, status=400 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("token")
@adding
def second_factor_totp(request: HttpRequest) -> HttpResponse:
    """The key, as a drawing and in letters, and the first code that proves that the application has it."""
    account = account_of(request)
    device = pending_totp(account)
    if device is None:
        return redirect("portals:second_factor_new")
    form = NewTotpForm(request.POST or None, initial={"name": "Application de codes"})
    if request.method == "POST" and form.is_valid():
        try:
            reservation = limits.reserve_code_check(account.identifier, network_of(address_of(request)))
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        typed = form.cleaned_data
        attempt = confirm_totp(by=account, device=device, code=typed["token"], name=typed["name"])
        if attempt.is_good:
            reservation.refund()
            return _added(request, account, device)
        form.add_error("token", refusal(attempt, WRONG_FIRST_CODE))
    context = {
        "form": form,
        "key": rules.grouped(rules.written_key(device.bin_key)),
        "drawing": _drawing(account, device),
    }
    context |= {"is_step": is_step(request, account)}
    return render(request, "portals/second_factor/totp.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("credential")
@adding
def second_factor_passkey(request: HttpRequest) -> HttpResponse:
    """The browser makes a passkey; its answer comes back in a form like any other."""
    account = account_of(request)
    if not passkeys.is_prepared(account):
        return redirect("portals:second_factor_new")
    form = NewPasskeyForm(request.POST or None, initial={"name": "Clé d’accès"})
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            device = passkeys.read_registration(request, account, form.cleaned_data["credential"])
        except passkeys.PasskeyRefused:
            refused = WRONG_PASSKEY
        else:
            confirm_passkey(by=account, device=device, name=form.cleaned_data["name"])
            return _added(request, account, device)
    context = {
        "form": form,
        "passkey_question": passkeys.ask_registration(request, account),
        "passkey_error": refused,
        "is_step": is_step(request, account),
    }
    status = 400 if refused or form.errors else 200
    return render(request, "portals/second_factor/passkey.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@adding
def second_factor_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes: drawn on demand, shown in that one answer, kept by the person on paper."""
    account = account_of(request)
    if not has_device(account):
        return redirect("portals:second_factor_new")
    codes: list[str] = []
    if request.method == "POST" and request.POST.get("act") == "keep":
        keep_recovery_codes(by=account)
        return redirect(request.session.pop(THEN, None) or reverse("portals:security"))
    if request.method == "POST":
        codes = draw_recovery_codes(by=account)
    context = {"codes": codes, "has_codes": recovery_codes_of(account) is not None, "is_step": THEN in request.session}
    context |= {"account": account}
    return render(request, "portals/second_factor/codes.html", context)


def is_step(request: HttpRequest, account: Account) -> bool:
    """Whether nothing else opens before a device is added."""
    return is_required(account) and not is_verified(request)


def keep_this_session(request: HttpRequest, account: Account) -> None:
    """The account's sessions have just been ended: this one goes on, under a new key."""
    update_session_auth_hash(request, account)
    proved(request)


def _added(request: HttpRequest, account: Account, device: Device) -> HttpResponse:
    """This session goes on and has proved that it holds the device; then the recovery codes, for a first device."""
    then = home_of(account) if is_step(request, account) else reverse("portals:security")
    keep_this_session(request, account)
    if not is_verified(request):
        django_otp.login(request, device)
    if recovery_codes_of(account) is not None:
        return redirect(then)
    request.session[THEN] = then
    return redirect("portals:second_factor_codes")


def _drawing(account: Account, device: TotpDevice) -> SafeString:
    """The QR code as an SVG of our own making: black on white in both schemes, no style attribute."""
    address = rules.key_address(
        device.bin_key, issuer=settings.ORGANISATION_FACTS.short_name, account=account.identifier
    )
    drawing = segno.make(address, error="m").svg_inline(
        omitsize=True, border=3, dark="#000", light="#fff", svgclass="qr"
    )
    return mark_safe(drawing)  # noqa: S308  drawn by segno from an address that we encode
