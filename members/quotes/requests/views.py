"""Requests as people see them: the list, a new one, its documents, one request and its answer."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.households.rules import Viewpoint
from members.households.viewpoints import viewpoint_of
from members.quotes.models import Simulation
from members.quotes.queries import visible as visible_simulations
from members.quotes.requests import actions, drafts
from members.quotes.requests.documents import amount_of, letter_pdf
from members.quotes.requests.forms import AskForm, DocumentsForm
from members.quotes.requests.models import CareRequest, RequestKind, State
from members.quotes.requests.queries import draft_of, needs_of, page_of, visible
from members.quotes.requests.rules import AGREED_BEFOREHAND, ANSWER_WORKING_DAYS
from members.quotes.requests.sealing import answer_of, content_of, details_of
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.accounts.models import Account
from portals.documents.actions import as_attachment
from portals.documents.uploads import MAX_FILES, InQuarantine, count_attempt, serve
from portals.presentation.formats import euros
from privacy.audit import record

SLUGS = {"prise-en-charge": RequestKind.PRIOR_AGREEMENT, "remboursement": RequestKind.REIMBURSEMENT}
ADDRESSES = {kind: slug for slug, kind in SLUGS.items()}
PRINTS_BY_ACCOUNT = limits.Limit("care request prints", 30, 3600)


@require_safe
def care_requests(request: HttpRequest) -> HttpResponse:
    """What was asked for and where it stands."""
    viewpoint, account = viewpoint_of(request), account_of(request)
    page = page_of(viewpoint, account, before=_before(request))
    record("care_requests.listed", by=account, object_kind="person", object_id=viewpoint.viewer.id)
    rows = [(row, viewpoint.by_id[row.person_id]) for row in page.requests]
    open_rows = [row for row in page.requests if row.state == State.ASKED]
    context = {
        "viewpoint": viewpoint,
        "rows": rows,
        "older": page.older,
        "running": len(open_rows),
        "next": min((row.expected_on for row in open_rows if row.expected_on), default=None),
        "slugs": ADDRESSES,
    }
    return render(request, "members/quotes/requests/list.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def care_request_new(request: HttpRequest, kind: str) -> HttpResponse:
    """First step: what is asked. Signed out, what was posted becomes a draft and the sign-in leads back to it."""
    wanted = SLUGS.get(kind)
    if not isinstance(request.user, Account):
        return _signed_out(request, kind, wanted)
    if wanted is None:
        raise Http404
    viewpoint, account = viewpoint_of(request), account_of(request)
    simulation, draft = _simulation(request, viewpoint), draft_of(account, wanted)
    initial = _of_simulation(simulation) if simulation else (content_of(draft) if draft else {})
    form = AskForm(
        request.POST or None, kind=wanted, persons=viewpoint.seen, needs=needs_of(wanted), today=viewpoint.day,
        initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        kept = actions.save_draft(
            by=account, kind=wanted, household_id=viewpoint.household_id, person_id=int(form.cleaned_data["person"]),
            content=form.content(), is_ready=True, simulation_id=simulation.pk if simulation else None,
        )  # fmt: skip
        return redirect("members:care_request_documents", request_id=kept.pk)
    context = {
        "viewpoint": viewpoint,
        "form": form,
        "draft": None if simulation else draft,
        "simulation": simulation,
        "is_agreement": wanted == RequestKind.PRIOR_AGREEMENT,
        "days": ANSWER_WORKING_DAYS[wanted],
        "holder": drafts.holder_word(grant_of(request), wanted),
    }
    return render(request, "members/quotes/requests/ask.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def care_request_documents(request: HttpRequest, request_id: int) -> HttpResponse:
    """Second step: the documents; and later, the one that was missing."""
    row = _own(request, request_id)
    if row.state not in actions.ADDABLE:
        return redirect("members:care_request", request_id=row.pk)
    if not row.is_ready:
        return redirect("members:care_request_new", kind=ADDRESSES[RequestKind(row.kind)])
    account = account_of(request)
    if request.method == "POST":
        try:
            count_attempt(account)  # before a byte of the files is looked at
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
    kept = list(row.documents.order_by("id"))
    already = len(kept) if row.state == State.DRAFT else 0
    form = DocumentsForm(request.POST or None, request.FILES or None, kind=RequestKind(row.kind), already=already)
    if request.method == "POST" and form.is_valid():
        actions.add_documents(by=account, request=row, files=form.papers())
        if row.state == State.DRAFT:
            return redirect("members:care_request_documents", request_id=row.pk)
        messages.success(request, "Document reçu\u00a0: votre demande suit son cours.")
        return redirect("members:care_request", request_id=row.pk)
    if request.method != "POST":
        record("care_request.shown", by=account, object_kind="care_request", object_id=row.pk)
    context = {
        "asked": row,
        "form": form,
        "kept": kept,
        "is_full": already >= MAX_FILES,
        "slug": ADDRESSES[RequestKind(row.kind)],
        "words": answer_of(row).get("words", "") if row.state == State.INCOMPLETE else "",
    }
    return render(request, "members/quotes/requests/documents.html", context)


@require_POST
def care_request_send(request: HttpRequest, request_id: int) -> HttpResponse:
    """Send the draft."""
    row = _own(request, request_id)
    try:
        sent = actions.ask(by=account_of(request), request=row)
    except actions.NoDocument:
        messages.error(request, "Ajoutez au moins un document avant d’envoyer votre demande.")
        return redirect("members:care_request_documents", request_id=row.pk)
    except actions.NotOpen:
        return redirect("members:care_request", request_id=row.pk)
    messages.success(request, f"Demande {sent.number} envoyée.")
    return redirect("members:care_request", request_id=row.pk)


@require_safe
def care_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request: where it stands, what it says, its documents, its answer."""
    viewpoint, account = viewpoint_of(request), account_of(request)
    row = _visible(viewpoint, account, request_id)
    if row.state == State.DRAFT:
        return redirect("members:care_request_new", kind=ADDRESSES[RequestKind(row.kind)])
    record("care_request.shown", by=account, object_kind="care_request", object_id=row.pk)
    answer = answer_of(row)
    context = {
        "viewpoint": viewpoint,
        "asked": row,
        "person": viewpoint.by_id[row.person_id],
        "content": details_of(row),
        "answer": answer,
        "amount": amount_of(answer),
        "documents": list(row.documents.order_by("id")),
        "is_late": row.state == State.ASKED and row.expected_on is not None and viewpoint.day > row.expected_on,
        "may_add": row.state in actions.ADDABLE,
        "is_over": row.valid_until is not None and viewpoint.day > row.valid_until,
    }
    return render(request, "members/quotes/requests/request.html", context)


@require_safe
def care_request_document(request: HttpRequest, request_id: int, upload_id: int) -> HttpResponse:
    """A document that was sent, once it was checked."""
    account = account_of(request)
    row = _visible(viewpoint_of(request), account, request_id)
    try:
        return serve(get_object_or_404(row.documents, pk=upload_id), by=account)
    except InQuarantine as error:
        raise Http404 from error


@require_safe
def care_request_letter(request: HttpRequest, request_id: int) -> HttpResponse:
    """The answer, as a letter."""
    account = account_of(request)
    row = _visible(viewpoint_of(request), account, request_id)
    if row.decided_at is None:
        raise Http404
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    response = HttpResponse(letter_pdf(row, by=account), content_type="application/pdf")
    return as_attachment(response, f"reponse-{row.number}.pdf")


def _signed_out(request: HttpRequest, slug: str, kind: RequestKind | None) -> HttpResponse:
    if kind is not None and request.method == "POST" and drafts.rescue(request, kind):
        messages.warning(
            request, "Votre session avait pris fin. Vos réponses sont gardées\u00a0: connectez-vous pour les reprendre."
        )
    here = reverse("members:care_request_new", args=[slug])
    return redirect(f"{reverse('portals:login')}?{urlencode({'next': here})}")


def _simulation(request: HttpRequest, viewpoint: Viewpoint) -> Simulation | None:
    """The simulation that the request comes from, when its number is in the address."""
    typed = request.GET.get("simulation", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 18):
        return None
    return visible_simulations(viewpoint).filter(pk=int(typed)).first()


def _of_simulation(simulation: Simulation) -> dict[str, str]:
    """The answers that a simulation gives."""
    need = next((family for family in simulation.families if family in AGREED_BEFOREHAND), "")
    amount = euros(simulation.expense).replace("\u202f€", "")
    return {
        "person": str(simulation.person_id),
        "need": need,
        "on": f"{simulation.care_date:%d/%m/%Y}",
        "amount": amount,
    }


def _visible(viewpoint: Viewpoint, account: Account, request_id: int) -> CareRequest:
    """Another household's request, or an adult's, is as unknown as one that never was."""
    return get_object_or_404(visible(viewpoint, account).select_related("person"), pk=request_id)


def _own(request: HttpRequest, request_id: int) -> CareRequest:
    """A request that the viewer may add to: one that they see."""
    return _visible(viewpoint_of(request), account_of(request), request_id)


def _before(request: HttpRequest) -> int | None:
    """Where a page of the list begins; anything else than a number is the first page."""
    typed = request.GET.get("avant", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else None
