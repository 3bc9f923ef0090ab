"""The link of the e-mails that cancels a change, signed in or not."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portals.banking.actions import NotPending, cancel_by_link, read_link

TOKEN_IN_SESSION = "bank_change_token"  # noqa: S105 the name of a key
TOKEN_HIDDEN = "annuler"  # noqa: S105 what stands for the token in the address


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bank_change_link(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Cancels once its button is pressed: mail filters that follow links change nothing.

    The token moves from the address to the session before any page is shown.
    """
    change = read_link(reference, request.session.get(TOKEN_IN_SESSION, "") if token == TOKEN_HIDDEN else token)
    if change is None:
        return render(request, "portals/banking/link_over.html", status=410)
    if token != TOKEN_HIDDEN:
        request.session[TOKEN_IN_SESSION] = token
        return redirect("portals:bank_change_link", reference=reference, token=TOKEN_HIDDEN)
    if request.method == "POST":
        try:
            cancel_by_link(change)
        except NotPending:
            return render(request, "portals/banking/link_over.html", status=410)
        return redirect("portals:bank_change_link", reference=reference, token=TOKEN_HIDDEN)
    return render(request, "portals/banking/link.html", {"change": change})
