"""The security page, the list of sessions, and the change of password."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.entry import account_of
from portals.accounts.actions import choose_password
from portals.accounts.forms import NewPasswordForm
from portals.accounts.models import Space
from portals.accounts.second_factor.queries import devices_of
from portals.accounts.security import sessions
from portals.accounts.security.email_change import pending_change
from portals.accounts.security.models import AccountSession
from portals.accounts.security.notices import notify_security_change
from portals.accounts.security.step_up import step_up_required
from portals.accounts.sessions import row_id

# Where each space lets somebody else in under their own name.
INSTEAD_OF_SHARING = {Space.MEMBER: "members:representations", Space.EMPLOYER: "employers:users"}


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """What protects the account, and what its holder answers for (CGU-2.5, 2.6)."""
    account = account_of(request)
    context = {
        "account": account,
        "devices": devices_of(account),
        "delegation": INSTEAD_OF_SHARING.get(Space(account.space), ""),
        "open_sessions": _open_sessions(request),
        "sign_ins": sessions.latest_sign_ins(account),
        "current": row_id(request),
        "pending": pending_change(account),
    }
    return render(request, "portals/security/security.html", context)


@require_safe
@step_up_required
def sessions_page(request: HttpRequest) -> HttpResponse:
    """Where the account is open: devices and times, never an address or a place."""
    lines = _open_sessions(request)
    others = [line for line in lines if not line.is_current]
    context = {"lines": lines, "others": others}
    return render(request, "portals/security/sessions.html", context)


@require_POST
@step_up_required
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one other session. The current one has its own way out, which has the browser forget as well."""
    account = account_of(request)
    if session_id == row_id(request):
        return redirect("portals:logout")
    try:
        sessions.end_session(by=account, session_id=session_id)
    except AccountSession.DoesNotExist:
        raise Http404 from None
    notify_security_change(account, "sessions_ended")
    messages.success(request, "La session est fermée.")
    return redirect("portals:sessions")


@require_POST
@step_up_required
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    account = account_of(request)
    sessions.end_other_sessions(by=account, request=request)
    notify_security_change(account, "sessions_ended")
    messages.success(request, "Toutes les autres sessions sont fermées.")
    return redirect("portals:sessions")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def password_change(request: HttpRequest) -> HttpResponse:
    """A new password: the old one was the step-up. Every other session ends, and the owner is told."""
    account = account_of(request)
    form = NewPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        choose_password(by=account, password=form.cleaned_data["password"])
        sessions.end_other_sessions(by=account, request=request)
        messages.success(request, "Votre nouveau mot de passe est gardé. Les autres sessions sont fermées.")
        return redirect("portals:security")
    return render(request, "portals/security/password_change.html", {"form": form, "account": account})


def _open_sessions(request: HttpRequest) -> list[sessions.OpenSession]:
    return sessions.open_sessions(account_of(request), now=timezone.now(), current=row_id(request))
