"""Pages of staff beside the ledger: a choice received on paper, the document that proves it, the proof as PDF."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.accounts.limits import LimitReached, wait_page
from portals.accounts.models import Account
from portals.documents.actions import as_attachment
from portals.documents.models import Upload
from portals.documents.uploads import count_attempt, receive
from portals.gestion.enclosures import download, end_quarantine
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.consents.actions import NotOffered, Received, write_down
from privacy.consents.documents import filename_of, proof_pdf
from privacy.consents.forms import YES, EntryForm, SearchForm
from privacy.consents.models import Choice
from privacy.consents.rules import Channel, Way

LOOK = "privacy.view_choice"
ENTER = "privacy.add_choice"


@require_http_methods(["GET", "HEAD", "POST"])
def enter_page(request: HttpRequest) -> HttpResponseBase:
    """Find the person, then write down what they said. The names found are journalled."""
    by = with_right(request, ENTER)
    search = SearchForm(request.POST or None)
    if request.method != "POST" or not search.is_valid():
        return _page(request, search, "Chercher la personne")
    for found in search.found:
        record("consents.person_shown", by=by, object_kind="holder", object_id=found.holder.subject_id)
    if "answer" not in request.POST and "what" not in request.POST:
        typed = {name: request.POST[name] for name in ("number", "birth_date")}
        return _page(request, EntryForm(initial=typed, found=search.found), "Enregistrer ce choix")
    form = EntryForm(request.POST, request.FILES, found=search.found)
    if form.is_valid() and form.chosen is not None:
        try:
            count_attempt(by)
            choice = _write(by, form)
        except LimitReached as reached:
            return wait_page(request, reached.seconds)
        except NotOffered:
            form.add_error("what", "Ce sujet vient d’être arrêté.")
        else:
            messages.success(request, "Le choix est enregistré, et vaut dès maintenant.")
            return redirect("admin:privacy_choice_change", choice.pk)
    return _page(request, form, "Enregistrer ce choix")


def _write(by: Account, form: EntryForm) -> Choice:
    """Raises NotOffered or LimitReached."""
    said = form.cleaned_data
    purpose, _sign, channel = said["what"].partition(":")
    uploads = receive([form.clean_file], by=by) if form.clean_file else []
    if form.chosen is None:
        raise NotOffered(purpose)
    return write_down(
        by=by,
        holder=form.chosen.holder,
        purpose=purpose,
        channel=Channel(channel),
        accepts=said["answer"] == YES,
        received=Received(Way(said["way"]), said["said_on"], said["note"], uploads[0] if uploads else None),
    )


@require_POST
def proof_page(request: HttpRequest, choice_id: int) -> HttpResponse:
    """The proof of a choice, under the reference of the person: no name."""
    by = with_right(request, LOOK)
    choice = get_object_or_404(Choice.objects.select_related("purpose", "text"), pk=choice_id)
    record("consent.proved", by=by, object_kind="choice", object_id=choice.pk)
    pdf = HttpResponse(proof_pdf(choice, name=f"Référence {choice.subject_id}", by=by), content_type="application/pdf")
    return as_attachment(pdf, filename_of(choice))


@require_safe
def document_page(request: HttpRequest, choice_id: int) -> HttpResponse:
    """The letter, once it is out of quarantine."""
    with_right(request, LOOK)
    return download(request, _document(choice_id))


@require_POST
def document_step(request: HttpRequest, choice_id: int, step: str) -> HttpResponse:
    """Let the letter out of quarantine, or take it away."""
    with_right(request, ENTER)
    end_quarantine(request, _document(choice_id), step)
    return redirect("admin:privacy_choice_change", choice_id)


def _document(choice_id: int) -> Upload:
    choice = get_object_or_404(Choice.objects.select_related("proof"), pk=choice_id)
    if choice.proof is None:
        raise Http404
    return choice.proof


def _page(request: HttpRequest, form: SearchForm, button: str) -> HttpResponse:
    context = {"form": form, "title": "Saisir un choix reçu", "button": button}
    return TemplateResponse(request, "admin/privacy/choice/enter.html", context)
