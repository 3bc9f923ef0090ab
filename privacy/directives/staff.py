"""Directives that came signed on paper, with a request: the data protection officer writes them down (CGU-8.11)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from portals.access import isolation
from portals.gestion.permissions import with_right
from privacy.consents.holders import Holder
from privacy.directives import actions
from privacy.directives.forms import DirectivesForm
from privacy.directives.holders import people_of
from privacy.directives.rules import Capacity
from privacy.erasure.admin import target_of
from privacy.rights.models import RightsRequest

CHANGE = "privacy.change_rightsrequest"


@require_http_methods(["GET", "HEAD", "POST"])
def write_down_page(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """Write down what the person signed. What was there before is not shown: it is nobody's to read before a death."""
    by = with_right(request, CHANGE)
    row = get_object_or_404(RightsRequest, pk=request_id)
    target = target_of(row)
    holder = Holder(target.space, target.subject_id, target.tenant_id)
    form = DirectivesForm(Capacity.STAFF, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.write_down(
            by=by, holder=holder, content=form.content(), accepted=said["accord"], request_number=row.number
        )
        messages.success(request, "Les directives sont enregistrées.")
        return redirect("admin:privacy_rightsrequest_change", row.pk)
    with isolation.system():  # a name, for a request that this right opens
        name = people_of(target.space).name_of(target.subject_id)
    context = {"title": "Enregistrer des directives", "row": row, "form": form, "name": name}
    return TemplateResponse(request, "admin/privacy/rightsrequest/directives.html", context)
