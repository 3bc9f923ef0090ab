"""The pages of the staff's site that belong to no model: the switch of mode gestion, the roles, the access review."""

import datetime
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.entry import account_of
from portals.accounts.security.step_up import step_up_required
from portals.documents.actions import as_attachment
from portals.gestion import mode, review
from portals.gestion.beside import staff_of
from portals.gestion.conditions import asked_of
from portals.gestion.forms import SwitchForm
from portals.gestion.permissions import with_right
from portals.gestion.roles import RIGHTS, Role
from portals.signals import announce


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def mode_page(request: HttpRequest) -> HttpResponse:
    """Switch the staff's rights on for 30 minutes, after a fresh proof of who is there."""
    account = staff_of(request)
    form = SwitchForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    asked = asked_of(account)
    blocking = next((one for one in asked if one.blocks), None)
    if blocking is not None:
        wanted = request.POST.get("next", "") or request.GET.get("next", "")
        return redirect(f"{blocking.path}?{urlencode({'next': wanted})}" if wanted else blocking.path)
    if request.method == "POST" and form.is_valid():
        mode.switch_on(request, by=account, motive=form.cleaned_data["motive"])
        return redirect(page_asked(request, form.cleaned_data["next"]))
    until = mode.lapses_at(request)
    context = {
        "form": form,
        "asked": asked,
        "minutes": mode.LASTS // 60,
        "until": datetime.datetime.fromtimestamp(until, tz=datetime.UTC) if until else None,
    }
    return render(request, "admin/mode.html", context)


@require_POST
def mode_off(request: HttpRequest) -> HttpResponse:
    """Give the rights back."""
    mode.switch_off(request, by=staff_of(request))
    return redirect("admin:mode")


@require_safe
def roles_page(request: HttpRequest) -> HttpResponse:
    """The table of roles and rights, as the code declares it (PDP-7.3); whoever works here may know it."""
    roles = list(Role)
    rows = [{"right": right, "held": [role in right.roles for role in roles]} for right in RIGHTS]
    context = {
        "title": "Rôles",
        "roles": roles,
        "rows": rows,
        "may_review": account_of(request).has_perm("portals.review_account"),
    }
    return TemplateResponse(request, "admin/roles.html", context)


@require_safe
def staff_review(request: HttpRequest) -> HttpResponseBase:
    """Who works here, with which rights, since when unseen (PDP-7.3). CSV."""
    return _csv(request, "personnel", review.staff_lines)


@require_safe
def company_review(request: HttpRequest) -> HttpResponseBase:
    """Who acts for which company, in which role, by which right. CSV."""
    return _csv(request, "entreprises", review.company_lines)


@require_safe
def practice_review(request: HttpRequest) -> HttpResponseBase:
    """Who enters which practice, in which role, since when. CSV."""
    return _csv(request, "cabinets", review.practice_lines)


def _csv(request: HttpRequest, what: str, lines: Callable[[], list[str]]) -> HttpResponseBase:
    announce("gestion.access_reviewed", by=with_right(request, "portals.review_account"), details={"what": what})
    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    return as_attachment(response, f"habilitations-{what}-{timezone.localdate():%Y-%m-%d}.csv")


def page_asked(request: HttpRequest, address: str) -> str:
    """The page that mode gestion was wanted for, when it is one of this site."""
    home = reverse("admin:index")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours and address.startswith(home) else home
