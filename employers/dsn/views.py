"""« Salariés », from a DSN file: sending it, the difference it would make, the click that makes it (CGU-3.16)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.dsn import actions
from employers.dsn.forms import Choices, DsnForm
from employers.dsn.lines import NotADsn
from employers.dsn.models import DsnDraft
from employers.dsn.queries import drafts_of, review_of
from employers.dsn.showing import chosen_words, counted, first_page_lacking, page_of
from employers.terminations.words import Reason
from employers.workforce.errors import Refused, RowsRefused
from employers.workforce.views import may_change
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.documents.actions import as_attachment
from portals.presentation.spreadsheets import sheet, text_cell
from privacy.audit import record

FILES_BY_COMPANY = limits.Limit("dsn files", 40, 3600)
CSV = "text/csv; charset=utf-8"
TOLD = 100
"""Anomalies on the page; the file holds them all."""
CHANGED = "Un salarié a changé depuis la lecture de cette page\u00a0: voici la comparaison à jour, relisez-la."


@require_http_methods(["GET", "HEAD", "POST"])
def dsn(request: HttpRequest) -> HttpResponse:
    """What a DSN does here, the form, and the files sent before."""
    if not may_change(request):
        return redirect("employers:employees")
    grant, account = grant_of(request), account_of(request)
    form = DsnForm()
    if request.method == "POST":
        try:
            limits.count(FILES_BY_COMPANY, str(grant.tenant_id))
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        form = DsnForm(request.POST, request.FILES)
        if form.is_valid():
            content, name = form.content()
            try:
                draft = actions.keep(by=account, grant=grant, content=content, name=name)
            except NotADsn as error:
                form.add_error("file", str(error))
            else:
                return redirect("employers:employee_dsn_file", draft.pk)
    return render(request, "employers/dsn/send.html", {"form": form, "drafts": list(drafts_of(grant)[:20])})


@require_http_methods(["GET", "HEAD", "POST"])
def dsn_file(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The difference, chosen line by line; what is ticked is kept at each step."""
    draft = _draft_or_404(request, draft_id)
    if draft.is_applied:
        return render(request, "employers/dsn/applied.html", {"draft": draft})
    if request.method == "POST":
        return _chosen(request, draft)
    review = review_of(draft, timezone.localdate())
    page = page_of(review, _number(request.GET.get("page", "")))
    anomalies = review.comparison.anomalies
    record("dsn.consulted", by=account_of(request), object_kind="dsn_draft", object_id=draft.pk)
    context = {
        "draft": draft,
        "name": review.content.name,
        "file": review.content.file,
        "comparison": review.comparison,
        "counts": counted(review.comparison.proposals),
        "page": page,
        "reasons": Reason.choices,
        "anomalies": anomalies[:TOLD],
        "more_anomalies": max(0, len(anomalies) - TOLD),
        "asks_reasons": request.GET.get("raisons") == "1",
    }
    return render(request, "employers/dsn/difference.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dsn_apply(request: HttpRequest, draft_id: int) -> HttpResponse:
    """What the click will do, then the click."""
    draft = _draft_or_404(request, draft_id)
    if draft.is_applied:
        return redirect("employers:employee_dsn_file", draft.pk)
    review = review_of(draft, timezone.localdate())
    if actions.without_reason(review):
        return _to_reasons(draft, first_page_lacking(review))
    chosen = chosen_words(review)
    if not chosen:
        messages.info(request, "Rien n’est choisi\u00a0: cochez au moins une ligne.")
        return redirect("employers:employee_dsn_file", draft.pk)
    if request.method == "POST":
        return _applied(request, draft)
    context = {
        "draft": draft,
        "chosen": chosen,
        "is_single": len(actions.chosen_of(review)) == 1,
        "left_out": len(review.comparison.proposals) - len(actions.chosen_of(review)),
        "kept_out": review.comparison.kept_out,
        "ends": any(proposal.ends for proposal in actions.chosen_of(review)),
    }
    return render(request, "employers/dsn/apply.html", context)


@require_POST
def dsn_delete(request: HttpRequest, draft_id: int) -> HttpResponse:
    actions.discard(by=account_of(request), drafts=[_draft_or_404(request, draft_id)])
    messages.success(request, "Le fichier est effacé. Aucun salarié n’a changé.")
    return redirect("employers:employee_dsn")


@require_safe
def dsn_anomalies(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Every anomaly with its line, for whoever keeps the payroll software."""
    draft = _draft_or_404(request, draft_id)
    if draft.is_applied:
        raise Http404
    anomalies = review_of(draft, timezone.localdate()).comparison.anomalies
    rows = [[str(anomaly.line), anomaly.title, text_cell(anomaly.words)] for anomaly in anomalies]
    record("dsn.consulted", by=account_of(request), object_kind="dsn_draft", object_id=draft.pk)
    content = sheet(("Ligne", "Anomalie", "Explication"), rows)
    return as_attachment(HttpResponse(content, content_type=CSV), "anomalies-dsn.csv")


def _draft_or_404(request: HttpRequest, draft_id: int) -> DsnDraft:
    """One's own file, for the company one acts for: another's is as unknown as one that never was."""
    draft = drafts_of(grant_of(request)).filter(pk=draft_id).first()
    if draft is None:
        raise Http404
    return draft


def _chosen(request: HttpRequest, draft: DsnDraft) -> HttpResponse:
    choices = Choices(request.POST)
    actions.choose(
        by=account_of(request), draft=draft, shown=choices.shown, chosen=choices.chosen, reasons=choices.reasons
    )
    if request.POST.get("go") == "apply":
        return redirect("employers:employee_dsn_apply", draft.pk)
    number = _number(request.POST.get("go", ""))
    messages.success(request, "Vos choix sont gardés.")
    return redirect(f"{_address(draft)}?page={number}")


def _applied(request: HttpRequest, draft: DsnDraft) -> HttpResponse:
    try:
        actions.apply(by=account_of(request), draft=draft)
    except (RowsRefused, Refused, actions.NothingChosen, actions.ReasonMissing):
        messages.warning(request, CHANGED)
    return redirect("employers:employee_dsn_file", draft.pk)


def _to_reasons(draft: DsnDraft, page: int) -> HttpResponse:
    return redirect(f"{_address(draft)}?page={page}&raisons=1")


def _address(draft: DsnDraft) -> str:
    return reverse("employers:employee_dsn_file", args=[draft.pk])


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 5 else 1
