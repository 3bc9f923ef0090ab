"""Letters that staff print about a death."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from portals.access import isolation
from portals.documents.actions import as_attachment
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.deaths.acts import CHANGE, CONFIRM
from privacy.deaths.documents import estate_pdf, executor_pdf
from privacy.deaths.models import Death, State
from privacy.deaths.registry import estate_of
from privacy.deaths.staff_forms import LetterForm
from privacy.deaths.working import note_letter
from privacy.directives.contents import content_of

WRITTEN = (State.CONFIRMED, State.SETTLED)


@require_http_methods(["GET", "HEAD", "POST"])
def estate_page(request: HttpRequest, death_id: int) -> HttpResponseBase:
    """What an heir may know is shown, then printed for one addressee."""
    by = with_right(request, CHANGE)
    row = get_object_or_404(Death, pk=death_id, state__in=WRITTEN)
    form = LetterForm(row, request.POST if request.method == "POST" else None)
    with isolation.system():  # the contract and the sums; the right was asked for, and the letter is journalled
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            note_letter(by=by, death=row, addressee=said["addressee"], quality=said["quality"])
            pdf = estate_pdf(row, addressee=said["addressee"], by=by)
            return as_attachment(HttpResponse(pdf, content_type="application/pdf"), f"succession-{row.number}.pdf")
        context = {"title": "Lettre à un héritier", "row": row, "form": form, "facts": list(estate_of(row))}
    if request.method != "POST":
        record("death.estate_shown", by=by, object_kind="death", object_id=row.pk)
    return TemplateResponse(request, "admin/privacy/death/estate.html", context)


@require_safe
def executor_letter(request: HttpRequest, death_id: int) -> HttpResponseBase:
    """For the post: that they were named, and nothing of what was decided."""
    by = with_right(request, CONFIRM)
    row = get_object_or_404(Death, pk=death_id, state__in=WRITTEN)
    with isolation.system():  # directives are in nobody else's sight
        content = content_of(row.directives) if row.directives else None
        if content is None or not content.executor:
            raise Http404
        pdf = executor_pdf(row, content.executor, by=by)
        record("death.executor_letter", by=by, object_kind="death", object_id=row.pk)
    return as_attachment(HttpResponse(pdf, content_type="application/pdf"), f"lettre-{row.number}.pdf")
