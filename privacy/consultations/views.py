"""Consultations as people answer them, and what came of them. Nothing of an answer is shown again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.entry import account_of
from portals.access.switching import choice_to_make
from portals.accounts import limits
from portals.accounts.models import Account, Space
from portals.documents.actions import as_attachment
from privacy.audit import record
from privacy.consultations import actions
from privacy.consultations.documents import filename_of, results_csv, results_pdf
from privacy.consultations.forms import BallotForm
from privacy.consultations.models import Consultation, ConsultationState
from privacy.consultations.queries import has_answered, visible_on, waiting_for
from privacy.consultations.showing import shown

PRINTS_BY_ACCOUNT = limits.Limit("consultation results", 30, 3600)
THANKS = "Merci. Votre réponse est dans l’urne, sans votre nom ni votre compte."
ALREADY = "Vous avez déjà répondu\u00a0: une réponse anonyme ne peut être ni relue, ni remplacée."
CLOSED = "Cette consultation n’est plus ouverte\u00a0: rien n’a été gardé."


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """Those that wait for an answer, and the others."""
    account = _person(request)
    if (choosing := choice_to_make(request)) is not None:
        return choosing
    today = timezone.localdate()
    rows = list(visible_on(today))
    waiting = list(waiting_for(account, today))
    record("consultations.listed", by=account, object_kind="account", object_id=account.pk)
    context = {"waiting": waiting, "others": [row for row in rows if row not in waiting], "today": today}
    return render(request, "privacy/consultations/list.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_page(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """The questions while it is asked, the results once they are told."""
    account = _person(request)
    if (choosing := choice_to_make(request)) is not None:
        return choosing
    consultation = _visible(consultation_id)
    is_open = actions.is_open(consultation)
    is_given = is_open and has_answered(account, consultation)
    form = BallotForm(request.POST if request.method == "POST" else None, consultation=consultation)
    if request.method == "POST" and (is_given or not is_open or form.is_valid()):
        return _answer(request, account, consultation, form if is_open and not is_given else None)
    record("consultation.read", by=account, object_kind="consultation", object_id=consultation.pk)
    context = {
        "consultation": consultation,
        "form": form if is_open and not is_given else None,
        "is_open": is_open,
        "questions": shown(consultation) if consultation.state == ConsultationState.TOLD else None,
    }
    return render(request, "privacy/consultations/consultation.html", context)


def _answer(
    request: HttpRequest, account: Account, consultation: Consultation, form: BallotForm | None
) -> HttpResponse:
    """Without a form to read, it is known already why the answer is not taken."""
    try:
        if form is not None:
            actions.answer(by=account, consultation=consultation, ballot=form.ballot())
            messages.success(request, THANKS)
        else:
            messages.error(request, ALREADY if actions.is_open(consultation) else CLOSED)
    except actions.AlreadyAnswered:
        messages.error(request, ALREADY)
    return redirect("privacy:consultation", consultation.pk)


@require_POST
def results_document(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """The results as PDF. Asked by POST, since giving a document out keeps its code."""
    account, consultation = _person(request), _told(consultation_id)
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    record("consultation.downloaded", by=account, object_kind="consultation", object_id=consultation.pk)
    pdf = HttpResponse(results_pdf(consultation, by=account), content_type="application/pdf")
    return as_attachment(pdf, filename_of(consultation, "pdf"))


@require_safe
def results_sheet(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """The results as CSV."""
    account, consultation = _person(request), _told(consultation_id)
    record("consultation.downloaded", by=account, object_kind="consultation", object_id=consultation.pk)
    answer = HttpResponse(results_csv(consultation), content_type="text/csv; charset=utf-8")
    return as_attachment(answer, filename_of(consultation, "csv"))


def _person(request: HttpRequest) -> Account:
    """Whoever uses a space; staff are asked nothing here."""
    account = account_of(request)
    if account.space == Space.STAFF:
        raise Http404
    return account


def _visible(number: int) -> Consultation:
    return get_object_or_404(visible_on(timezone.localdate()), pk=number)


def _told(number: int) -> Consultation:
    return get_object_or_404(visible_on(timezone.localdate()), pk=number, state=ConsultationState.TOLD)
