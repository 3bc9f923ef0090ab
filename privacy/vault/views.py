"""The sealed pages of members, below /mes-donnees/: what they send there comes back to nobody but the medical adviser."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.entry import account_of, entry_of
from portals.access.models import Grant
from portals.access.switching import choice_to_make
from portals.accounts import limits
from portals.accounts.models import Space
from portals.documents.uploads import count_attempt
from privacy.audit import record
from privacy.vault import actions
from privacy.vault.errors import NotAllowed
from privacy.vault.forms import CoverForm, DocumentsForm, LetterForm, QuestionnaireForm
from privacy.vault.models import Cover, MedicalCase
from privacy.vault.noting import note
from privacy.vault.running import is_open
from privacy.vault.scanning import Infected, NotScanned, scan

LETTERS_BY_ACCOUNT = limits.Limit("vault letters", 10, 3600)
STOPPED = "Le questionnaire médical en ligne n’est pas en service. Écrivez au médecin-conseil, sous pli confidentiel."
FOR_ONESELF = "Un questionnaire médical se remplit soi-même, depuis son propre compte."
TOO_LATE = "Ce dossier n’est plus à compléter\u00a0: rien n’a été ajouté."

type View = Callable[..., HttpResponse]


def sealed_page(view: View) -> View:
    """For members alone; every other space has no such page. Nothing of what is posted reaches an error report."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if account_of(request).space != Space.MEMBER:
            raise Http404
        return choice_to_make(request) or view(request, *args, **kwargs)

    return sensitive_post_parameters()(sensitive_variables()(entered))


@sealed_page
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """One's own cases, and how they are kept."""
    account = account_of(request)
    record("vault.listed", by=account, object_kind="account", object_id=account.pk)
    rows = list(MedicalCase.objects.filter(account=account))
    context = {
        "cases": rows,
        "current": next((row for row in rows if row.may_be_withdrawn), None),
        "may_begin": is_open(),
    }
    return render(request, "privacy/vault/cases.html", context)


@sealed_page
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: HttpRequest) -> HttpResponse:
    """The consent, before anything is asked (PDP-4.7)."""
    _own_grant(request)
    form = CoverForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        case = actions.begin(by=account_of(request), cover=Cover(form.cleaned_data["cover"]))
        return redirect("privacy:vault_answers", case.reference)
    return render(request, "privacy/vault/new.html", {"form": form})


@sealed_page
@require_safe
def case_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Where a case stands: what it lacks, when it was sent, the answer."""
    case = _case(request, reference)
    note("vault.case_seen", by=account_of(request), case=case)
    return render(request, "privacy/vault/case.html", {"case": case, "consents": list(case.consents.all())})


@sealed_page
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, reference: str) -> HttpResponse:
    """The questionnaire. What was sealed is not shown again: filling it anew replaces it."""
    case = _case(request, reference)
    form = QuestionnaireForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.fill(by=account_of(request), case=case, answers=form.sealed_answers())
        except NotAllowed:
            messages.error(request, TOO_LATE)
            return redirect("privacy:vault_case", case.reference)
        messages.success(request, "Vos réponses sont scellées. Personne ne peut les relire ici, pas même vous.")
        return redirect("privacy:vault_documents", case.reference)
    return _page_of_open_case(request, case, "privacy/vault/answers.html", form)


@sealed_page
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    """Certificates and reports, as many times as needed."""
    case = _case(request, reference)
    form = DocumentsForm()
    if request.method == "POST":
        try:
            count_attempt(account_of(request))
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        form = DocumentsForm(request.POST, request.FILES)
        if _is_clean(form):
            _keep_documents(request, case, form)
            return redirect("privacy:vault_documents", case.reference)
    return _page_of_open_case(request, case, "privacy/vault/documents.html", form)


@sealed_page
@require_POST
def case_send(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand the case to the medical adviser."""
    case = _case(request, reference)
    try:
        actions.send(by=account_of(request), case=case)
    except NotAllowed:
        messages.error(
            request, "Rien n’est parti\u00a0: le questionnaire n’est pas rempli, ou le dossier est déjà envoyé."
        )
    else:
        messages.success(request, "Votre dossier est chez le médecin-conseil. Un e-mail vous préviendra de la réponse.")
    return redirect("privacy:vault_case", case.reference)


@sealed_page
@require_http_methods(["GET", "HEAD", "POST"])
def case_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take one's consent back; everything is erased."""
    case = _case(request, reference)
    if request.method == "POST":
        try:
            actions.withdraw(by=account_of(request), case=case)
        except NotAllowed:
            messages.error(request, "Rien n’est plus conservé de ce dossier.")
        else:
            messages.success(request, "Votre accord est retiré, et tout ce que vous aviez envoyé est effacé.")
        return redirect("privacy:vault_case", case.reference)
    return render(request, "privacy/vault/withdraw.html", {"case": case})


@sealed_page
@require_POST
def case_copy(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a copy of one's own case."""
    case = _case(request, reference)
    try:
        actions.ask_copy(by=account_of(request), case=case)
    except NotAllowed:
        messages.error(request, "Une copie est déjà demandée, ou rien n’est conservé.")
    else:
        messages.success(request, "Demande reçue\u00a0: le médecin-conseil vous remet la copie sous pli confidentiel.")
    return redirect("privacy:vault_case", case.reference)


@sealed_page
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest) -> HttpResponse:
    """Write to the medical adviser. Complaints that speak of health are led here with what was typed (307)."""
    grant = _own_grant(request)
    form = LetterForm(request.POST, request.FILES) if request.method == "POST" else LetterForm()
    if request.method == "POST" and _is_clean(form):
        try:
            limits.count(LETTERS_BY_ACCOUNT, str(account_of(request).pk))
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        said = form.cleaned_data
        case, _thread = actions.send_letter(
            by=account_of(request), grant=grant, text=said["text"], files=said["documents"],
            is_complaint=said["complaint"] == "yes",
        )  # fmt: skip
        messages.success(request, "Votre courrier est scellé et remis au médecin-conseil.")
        return redirect("privacy:vault_case", case.reference)
    return render(request, "privacy/vault/letter.html", {"form": form})


def _own_grant(request: HttpRequest) -> Grant:
    """The grant of whoever acts for themselves, while the service runs. Raises PermissionDenied."""
    grant = entry_of(request).grant
    if grant is None or grant.represents:
        raise PermissionDenied(FOR_ONESELF)
    if not is_open():
        raise PermissionDenied(STOPPED)
    return grant


def _case(request: HttpRequest, reference: str) -> MedicalCase:
    return get_object_or_404(MedicalCase, reference=reference, account=account_of(request))


def _page_of_open_case(
    request: HttpRequest, case: MedicalCase, template: str, form: QuestionnaireForm | DocumentsForm
) -> HttpResponse:
    if not case.is_open:
        return redirect("privacy:vault_case", case.reference)
    return render(request, template, {"case": case, "form": form, "left": actions.DOCUMENTS_MAX - case.documents})


def _is_clean(form: DocumentsForm | LetterForm) -> bool:
    """Whether the form is valid and the antivirus, where there is one, finds nothing."""
    if not form.is_valid():
        return False
    try:
        scan(form.cleaned_data["documents"])
    except Infected:
        form.add_error("documents", "Un de ces documents contient un virus\u00a0: il n’a pas été gardé.")
    except NotScanned:
        form.add_error(
            "documents", "L’antivirus ne répond pas\u00a0: réessayez dans quelques minutes. Rien n’a été gardé."
        )
    return form.is_valid()


def _keep_documents(request: HttpRequest, case: MedicalCase, form: DocumentsForm) -> None:
    try:
        actions.add_documents(by=account_of(request), case=case, files=form.cleaned_data["documents"])
    except NotAllowed:
        messages.error(
            request, f"{actions.DOCUMENTS_MAX} documents au plus, et avant l’envoi\u00a0: rien n’a été ajouté."
        )
    else:
        messages.success(request, "C’est scellé.")
