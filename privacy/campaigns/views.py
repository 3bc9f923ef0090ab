"""Leaving a list by the link of an e-mail: no sign-in, one click (RFC 8058)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from privacy.campaigns.actions import leave, purpose_left_by
from privacy.campaigns.links import DeadLink, message_id_of


@login_not_required
@never_cache
@csrf_exempt  # a mail reader posts without cookies or page; the signed link is the proof, and only ever says no
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, since machines follow the links of e-mails; POST does it, from the page or from the mail reader."""
    try:
        message_id = message_id_of(token)
    except DeadLink:
        return render(request, "privacy/campaigns/link_over.html", status=410)
    purpose = leave(message_id=message_id) if request.method == "POST" else purpose_left_by(message_id)
    if purpose is None:
        return render(request, "privacy/campaigns/link_over.html", status=410)
    context = {"text": purpose.texts.order_by("-number")[0], "done": request.method == "POST"}
    return render(request, "privacy/campaigns/unsubscribe.html", context)
