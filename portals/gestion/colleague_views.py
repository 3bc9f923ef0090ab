"""The page that opens the account of a member of staff; giving roles is an act on an account (`acts`)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from portals.accounts.security.step_up import step_up_required
from portals.gestion.colleagues import HIRE, open_staff_account
from portals.gestion.forms import HireForm
from portals.gestion.permissions import with_right


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def hire_page(request: HttpRequest) -> HttpResponseBase:
    """Open a staff account with its roles, after a fresh proof of who opens it."""
    by = with_right(request, HIRE)
    form = HireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = open_staff_account(by=by, **form.cleaned_data)
        messages.success(request, "Le compte est ouvert. Ses identifiants partent par deux messages séparés.")
        return redirect("admin:portals_account_change", opened.pk)
    return TemplateResponse(request, "admin/hire.html", {"form": form, "title": "Ouvrir un compte du personnel"})
