"""`/verifier/`: is this document ours? Asked by anybody, by the code that it bears or with the file."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portals.accounts import limits
from portals.accounts.models import Account
from portals.accounts.network import address_of, network_of
from portals.documents.verification.checking import check_code, check_file
from portals.documents.verification.forms import CodeForm, FileForm
from portals.documents.verification.registry import Finding, Way

CODES_BY_NETWORK = limits.Limit("verifier codes", 60, 600)
FILES_BY_NETWORK = limits.Limit("verifier files", 20, 600)
FILES_OF_ALL = limits.Limit("verifier files all", 120, 60)
"""Each file costs a process: no crowd may take the machine."""


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form; or the answer to a code, which the QR code of a document gives in the address; or to a file.

    Nothing is answered when nothing can be counted (limits fail closed).
    """
    by_file = request.method == "POST" and request.POST.get("way") == Way.FILE
    code_form = CodeForm(None if by_file else _code_asked(request))
    file_form = FileForm(request.POST, request.FILES) if by_file else FileForm()
    asked = file_form if by_file else code_form
    finding = None
    if asked.is_bound and asked.is_valid():
        try:
            finding = _file_answer(request, file_form) if by_file else _code_answer(request, code_form)
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
    context = {"code_form": code_form, "file_form": file_form, "finding": finding}
    return render(request, "portals/documents/verify.html", context)


def _code_asked(request: HttpRequest) -> dict[str, str] | None:
    """The code of a form that was sent, or of the address; None when the page is only opened."""
    if request.method == "POST":
        return {"code": request.POST.get("code", "")}
    return {"code": request.GET["code"]} if "code" in request.GET else None


def _code_answer(request: HttpRequest, form: CodeForm) -> Finding:
    limits.count(CODES_BY_NETWORK, network_of(address_of(request)))
    return check_code(form.cleaned_data["code"], by=_asker(request))


def _file_answer(request: HttpRequest, form: FileForm) -> Finding:
    limits.count(FILES_BY_NETWORK, network_of(address_of(request)))
    limits.count(FILES_OF_ALL)
    return check_file(form.cleaned_data["file"].read(), by=_asker(request))


def _asker(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None
