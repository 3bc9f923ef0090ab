"""The charter as staff read and acknowledge it: a page of theirs, that opens before their rights do."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from portals.gestion import beside, mode
from portals.gestion.views import page_asked
from privacy.staff.charter.actions import OtherVersion, acknowledge
from privacy.staff.charter.forms import AcknowledgementForm
from privacy.staff.charter.gate import sentence_of
from privacy.staff.charter.queries import latest, proofs_of, standing_of


@require_http_methods(["GET", "HEAD", "POST"])
def charter_page(request: HttpRequest) -> HttpResponse:
    """Read the charter and acknowledge it; then on to the switch, with the page that was wanted."""
    account = beside.staff_of(request)
    version = latest()
    if version is None:
        raise Http404
    wanted = request.GET.get("next", "")
    form = AcknowledgementForm(request.POST or None, initial={"number": version.number, "next": wanted})
    if request.method == "POST" and form.is_valid():
        try:
            acknowledge(by=account, number=form.cleaned_data["number"])
        except OtherVersion:
            form = AcknowledgementForm(initial={"number": version.number, "next": wanted})
            messages.error(request, "La charte vient de changer\u00a0: voici le nouveau texte.")
        else:
            messages.success(request, "Votre engagement est noté.")
            after = page_asked(request, form.cleaned_data["next"])
            if mode.is_on(request):
                return redirect(after)
            return redirect(f"{reverse('admin:mode')}?{urlencode({'next': after})}")
    found = standing_of(account)
    context = {
        "title": "Charte du personnel",
        "version": version,
        "standing": found,
        "sentence": sentence_of(found) if found.asked else "",
        "form": form if found.asked else None,
        "proofs": proofs_of(account)[:10],
    }
    return TemplateResponse(request, "admin/privacy/staff/charter.html", context)


beside.register("charte/", charter_page, "charter")
