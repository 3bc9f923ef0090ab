"""The modules as the security officer publishes them, and who followed them."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from portals.access.entry import account_of
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.staff.awareness.actions import END, PUBLISH, Ended, TooEarly, end, publish
from privacy.staff.awareness.forms import ModuleForm
from privacy.staff.awareness.models import AwarenessModule
from privacy.staff.awareness.queries import results_of
from privacy.staff.awareness.rules import questions_of


@admin.register(AwarenessModule)
class AwarenessModuleAdmin(PageAdmin):
    """Modules to follow first, then those that are over."""

    about = About(accounts=("results__account",))
    list_display = ("title", "due_on", "published_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    tools = (("Publier un module", "admin:privacy_awarenessmodule_write", PUBLISH),)

    def own_pages(self) -> list[OwnPage]:
        return [
            ("publier/", write_page, "privacy_awarenessmodule_write"),
            ("<int:module_id>/terminer/", end_page, "privacy_awarenessmodule_end"),
        ]

    def page(self, request: HttpRequest, row: AwarenessModule) -> HttpResponse:
        members = results_of(row)
        context = {
            "title": row.title,
            "module": row,
            "questions": [(one, one.choices[one.right]) for one in questions_of(row.questions)],
            "members": members,
            "done": sum(member.result is not None for member in members),
            "may_end": row.ended_at is None and account_of(request).has_perm(END),
        }
        return TemplateResponse(request, "admin/privacy/staff/results.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write_page(request: HttpRequest) -> HttpResponseBase:
    """Write a module and publish it."""
    by = with_right(request, PUBLISH)
    form = ModuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            module = publish(
                by=by, title=said["title"], text=said["text"], questions=form.questions(), due_on=said["due_on"]
            )
        except TooEarly:
            form.add_error("due_on", "Ce jour est passé.")
        else:
            messages.success(request, "Le module est publié\u00a0: chacun en sera averti demain matin.")
            return redirect("admin:privacy_awarenessmodule_change", module.pk)
    context = {"title": "Publier un module", "form": form}
    return TemplateResponse(request, "admin/privacy/staff/write.html", context)


@require_POST
def end_page(request: HttpRequest, module_id: int) -> HttpResponseBase:
    """Nobody is asked to follow it any more."""
    by, module = with_right(request, END), get_object_or_404(AwarenessModule, pk=module_id)
    try:
        end(by=by, module=module)
    except Ended:
        messages.error(request, "Ce module est déjà terminé.")
    else:
        messages.success(request, "Le module est terminé.")
    return redirect("admin:privacy_awarenessmodule_change", module.pk)
