"""The devices that an account has: their names, and their removal."""

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

from portals.access.entry import account_of
from portals.accounts.models import Account
from portals.accounts.second_factor.actions import LastDeviceStays, remove_device, rename_device
from portals.accounts.second_factor.enrolment import keep_this_session
from portals.accounts.second_factor.forms import RenameForm
from portals.accounts.second_factor.queries import WORDS, device_of, has_device, kind_of
from portals.accounts.security.step_up import step_up_required
from portals.accounts.sessions import is_verified


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def second_factor_rename(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Give a device another name."""
    account = account_of(request)
    device = _own(account, kind, pk)
    if not is_verified(request):
        return _too_old(request)
    form = RenameForm(request.POST or None, initial={"name": device.name})
    if request.method == "POST" and form.is_valid():
        rename_device(by=account, device=device, name=form.cleaned_data["name"])
        return redirect("portals:security")
    return render(request, "portals/second_factor/rename.html", {"form": form, "device": device})


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def second_factor_remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Remove a device: it asks first, and says what ends. The last one stays where one is required."""
    account = account_of(request)
    device = _own(account, kind, pk)
    if not is_verified(request):
        return _too_old(request)
    context = {"device": device, "words": WORDS[kind_of(device)], "is_last": False}
    if request.method == "POST":
        try:
            remove_device(by=account, device=device)
        except LastDeviceStays:
            context |= {"device": _own(account, kind, pk), "is_last": True}
            return render(request, "portals/second_factor/remove.html", context, status=403)
        keep_this_session(request, account)
        if not has_device(account):
            del request.session[DEVICE_ID_SESSION_KEY]  # nothing verifies this session any more
        return redirect("portals:security")
    return render(request, "portals/second_factor/remove.html", context)


def _own(account: Account, kind: str, pk: int) -> Device:
    device = device_of(account, kind, pk)
    if device is None:
        raise Http404
    return device


def _too_old(request: HttpRequest) -> HttpResponse:
    """A session without second factor of an account that has one is older than the device: it ends."""
    logout(request)
    return redirect("portals:login")
