"""The change of e-mail address: asked in the space; confirmed or cancelled by links that work signed in or not."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portals.access.entry import account_of
from portals.accounts.limits import wait_page
from portals.accounts.security.email_change import (
    Link,
    LinkIsOver,
    TooManyChanges,
    ask_email_change,
    cancel_email_change,
    confirm_email_change,
    pending_change,
    read_link,
)
from portals.accounts.security.forms import EmailChangeForm
from portals.accounts.security.models import EmailChange
from portals.accounts.security.step_up import kept_fields, step_up_required

TOKEN_IN_SESSION = "email_change_token"  # noqa: S105 the name of a key
TOKEN_HIDDEN = "confirmation"  # noqa: S105 what stands for the token in the address


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def email_change(request: HttpRequest) -> HttpResponse:
    """Ask for another address, or see how far the last request has got."""
    account = account_of(request)
    form = EmailChangeForm(request.POST or kept_fields(request) or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            ask_email_change(by=account, address=form.cleaned_data["email"])
        except TooManyChanges:
            return wait_page(request, 3600)
        messages.success(request, "Deux liens sont partis, un à chaque adresse.")
        return redirect("portals:email_change")
    context = {"form": form, "account": account, "pending": pending_change(account)}
    return render(request, "portals/security/email_change.html", context)


@require_POST
@step_up_required
def email_change_cancel(request: HttpRequest) -> HttpResponse:
    """Keep the address as it is."""
    account = account_of(request)
    change = pending_change(account)
    if change is not None:
        cancel_email_change(by=account, change_id=change.pk)
        messages.success(request, "Le changement est annulé\u00a0: votre adresse reste la même.")
    return redirect("portals:email_change")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def email_change_link(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """What a link of the e-mails does, once its button is pressed: mail filters that follow links change nothing.

    The token moves from the address to the session before any page is shown.
    """
    found = read_link(reference, request.session.get(TOKEN_IN_SESSION, "") if token == TOKEN_HIDDEN else token)
    if found is None:
        return _link_is_over(request)
    if token != TOKEN_HIDDEN:
        request.session[TOKEN_IN_SESSION] = token
        return redirect("portals:email_change_link", reference=reference, token=TOKEN_HIDDEN)
    change, link = found
    if request.method == "POST":
        try:
            _follow(change, link)
        except LinkIsOver:
            return _link_is_over(request)
        return redirect("portals:email_change_link", reference=reference, token=TOKEN_HIDDEN)
    if not (change.is_open(timezone.now()) or change.done_at or change.cancelled_at):
        return _link_is_over(request)
    is_confirmed = {Link.OLD: change.old_confirmed_at, Link.NEW: change.new_confirmed_at}.get(link) is not None
    context = {"change": change, "link": str(link), "is_confirmed": is_confirmed}
    return render(request, "portals/security/email_change_link.html", context)


def _follow(change: EmailChange, link: Link) -> None:
    if link == Link.CANCEL:
        cancel_email_change(by=None, change_id=change.pk)
    else:
        confirm_email_change(by=None, change_id=change.pk, link=link)


def _link_is_over(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/security/email_change_link_over.html", status=410)
