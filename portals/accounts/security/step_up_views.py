"""The page that asks who is there again: the password (with a code by e-mail without a device), or a passkey."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.access.entry import account_of
from portals.accounts import limits
from portals.accounts.landing import destination
from portals.accounts.models import Account
from portals.accounts.security import kept_forms, proofs
from portals.accounts.security.forms import WRONG_CODE, WRONG_PASSKEY, WRONG_PASSWORD, MailCodeForm, PasswordForm
from portals.accounts.security.step_up import has_fresh_proof


@dataclass
class Asking:
    """One visit of the page: what was typed, and how it is answered."""

    account: Account
    password_form: PasswordForm = field(default_factory=PasswordForm)
    code_form: MailCodeForm = field(default_factory=MailCodeForm)
    passkey_error: str = ""
    status: int = 200


@sensitive_post_parameters("password", "code", "passkey")
@require_http_methods(["GET", "HEAD", "POST"])
def step_up(request: HttpRequest) -> HttpResponse:
    """Ask, then go on to the page that wanted to know; `next` stays inside the site and the account's own space."""
    asking = Asking(account_of(request))
    if has_fresh_proof(request):
        return _go_on(request, asking.account)
    if request.method == "POST":
        try:
            answer = _take_answer(request, asking)
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        if answer is not None:
            return answer
    return _page(request, asking)


@require_safe
def step_up_resume(request: HttpRequest) -> HttpResponse:
    """The form that was sent too late, ready to be sent again."""
    form = kept_forms.kept_form(request, account_of(request))
    if form is None or not has_fresh_proof(request):
        return redirect("portals:security")
    return render(request, "portals/security/step_up_resume.html", {"kept": form})


def _take_answer(request: HttpRequest, asking: Asking) -> HttpResponse | None:
    """What the post leads to; None to show the page again, with the status that `asking` now has."""
    account = asking.account
    if "passkey" in request.POST:
        if proofs.by_passkey(request, account, request.POST["passkey"]):
            return _go_on(request, account)
        asking.passkey_error, asking.status = WRONG_PASSKEY, 400
    elif "send_again" in request.POST and proofs.awaits_code(request):
        proofs.send_code(request, account)
        return redirect(_here(request))
    elif "code" in request.POST and proofs.awaits_code(request):
        asking.code_form = MailCodeForm(request.POST)
        if asking.code_form.is_valid():
            if proofs.by_mail_code(request, account, asking.code_form.cleaned_data["code"]):
                return _go_on(request, account)
            asking.code_form.add_error("code", WRONG_CODE)
        asking.status = 400
    else:
        return _take_password(request, asking)
    return None


def _take_password(request: HttpRequest, asking: Asking) -> HttpResponse | None:
    form = asking.password_form = PasswordForm(request.POST)
    if form.is_valid():
        if proofs.by_password(request, asking.account, form.cleaned_data["password"]):
            return _go_on(request, asking.account) if has_fresh_proof(request) else redirect(_here(request))
        form.add_error("password", WRONG_PASSWORD)
    asking.status = 400
    return None


def _page(request: HttpRequest, asking: Asking) -> HttpResponse:
    kept = kept_forms.kept_form(request, asking.account)
    asks_code = proofs.awaits_code(request)
    context = {
        "account": asking.account,
        "form": asking.code_form if asks_code else asking.password_form,
        "asks_code": asks_code,
        "sends_code": not asks_code and not proofs.has_device(asking.account),
        "passkey_question": "" if asks_code else proofs.passkey_question(request, asking.account),
        "passkey_error": asking.passkey_error,
        "next": _destination(request, asking.account),
        "kept": kept if kept and kept.path == _destination(request, asking.account) else None,
    }
    return render(request, "portals/security/step_up.html", context, status=asking.status)


def _go_on(request: HttpRequest, account: Account) -> HttpResponse:
    """To the page that asked; to the form that waits for it, if there is one."""
    target = _destination(request, account)
    kept = kept_forms.kept_form(request, account)
    if kept is not None and kept.path == target and not kept.fills_form:
        return redirect("portals:step_up_resume")
    return redirect(target)


def _destination(request: HttpRequest, account: Account) -> str:
    asked = request.POST.get("next") or request.GET.get("next")
    return destination(request, account) if asked else reverse("portals:security")


def _here(request: HttpRequest) -> str:
    target = _destination(request, account_of(request))
    return f"{reverse('portals:step_up')}?{urlencode({'next': target}, safe='/')}"
