"""The modules as staff follow them: pages of theirs, open whether or not their rights are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from portals.gestion import beside
from privacy.staff.awareness.actions import answer
from privacy.staff.awareness.forms import AnswersForm
from privacy.staff.awareness.queries import done_by, is_late, open_modules
from privacy.staff.awareness.rules import questions_of


@require_safe
def modules_page(request: HttpRequest) -> HttpResponse:
    """What is left to follow, and what was."""
    account = beside.staff_of(request)
    done = done_by(account)
    rows = [(module, module.pk in done, is_late(module)) for module in open_modules()]
    left = sum(not is_done for _module, is_done, _late in rows)
    context = {"title": "Sensibilisation", "rows": rows, "left": left}
    return TemplateResponse(request, "admin/privacy/staff/modules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def module_page(request: HttpRequest, module_id: int) -> HttpResponse:
    """Read a module and answer; each answer is explained, and one may try again."""
    account = beside.staff_of(request)
    module = get_object_or_404(open_modules(), pk=module_id)
    form = AnswersForm(request.POST or None, questions=questions_of(module.questions))
    answered = []
    if request.method == "POST" and form.is_valid():
        answered = answer(by=account, module=module, answers=form.answers())
    context = {
        "title": module.title,
        "module": module,
        "form": form,
        "answered": answered,
        "right": sum(one.is_right for one in answered),
        "is_done": module.pk in done_by(account),
    }
    return TemplateResponse(request, "admin/privacy/staff/module.html", context)


beside.register("sensibilisation/", modules_page, "awareness")
beside.register("sensibilisation/<int:module_id>/", module_page, "awareness_module")
