"""The reviews of access rights: their history, the open one line by line, its evidence once closed."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from portals.access.entry import account_of
from portals.accounts.models import Account
from portals.accounts.security.step_up import step_up_required
from portals.documents.actions import download
from portals.documents.models import StoredFile
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.staff.reviews import actions
from privacy.staff.reviews.forms import WITHDRAW, CloseForm, DecisionForm
from privacy.staff.reviews.models import AccessReview, ReviewLine
from privacy.staff.reviews.queries import due_on, open_review, shown, waiting

VIEW = "privacy.view_accessreview"


@admin.register(AccessReview)
class AccessReviewAdmin(PageAdmin):
    """Every review, the open one first."""

    about = About(accounts=("lines__account",))
    list_display = ("started_at", "starter", "closed_at", "next_due_on")
    list_select_related = ("started_by",)
    tools = (
        ("Commencer ou reprendre une revue", "admin:privacy_accessreview_start", actions.START),
        ("Accès des entreprises (CSV)", "admin:review_companies", "portals.review_account"),
        ("Accès des cabinets (CSV)", "admin:review_practices", "portals.review_account"),
    )

    def own_pages(self) -> list[OwnPage]:
        at = "<int:review_id>/"
        return [
            ("commencer/", start_page, "privacy_accessreview_start"),
            (f"{at}lignes/<int:line_id>/", line_page, "privacy_accessreview_line"),
            (f"{at}clore/", close_page, "privacy_accessreview_close"),
            (f"{at}revue.csv", csv_page, "privacy_accessreview_csv"),
            (f"{at}revue.pdf", pdf_page, "privacy_accessreview_pdf"),
        ]

    @admin.display(description="commencée par")
    def starter(self, review: AccessReview) -> str:
        return review.started_by.display_name

    def page(self, request: HttpRequest, row: AccessReview) -> HttpResponse:
        by = account_of(request)
        lines = shown(row.lines.select_related("account", "decided_by"), by)
        context = {
            "title": "Revue des habilitations",
            "review": row,
            "lines": lines,
            "asleep": sum(one.line.is_asleep for one in lines),
            "waiting": sum(one.line.decision == "waiting" for one in lines),
            "may_close": row.closed_at is None and by.has_perm(actions.CLOSE),
        }
        return TemplateResponse(request, "admin/privacy/staff/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start_page(request: HttpRequest) -> HttpResponseBase:
    """Start a review; the one that is open is gone on with."""
    by = with_right(request, actions.START)
    standing = open_review()
    if request.method == "POST":
        review = standing or actions.start(by=by)
        return redirect("admin:privacy_accessreview_change", review.pk)
    context = {
        "title": "Revue des habilitations",
        "standing": standing,
        "waiting": waiting(standing) if standing else 0,
        "due_on": due_on(),
    }
    return TemplateResponse(request, "admin/privacy/staff/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def line_page(request: HttpRequest, review_id: int, line_id: int) -> HttpResponseBase:
    """One role of one account: what was done with it, and the decision."""
    by = with_right(request, actions.DECIDE)
    row = get_object_or_404(ReviewLine.objects.select_related("account", "review"), pk=line_id, review=review_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decided(request, form, by, row):
        return redirect("admin:privacy_accessreview_change", review_id)
    record("review.line_consulted", by=by, object_kind="reviewline", object_id=row.pk)
    [one] = shown([row], by)
    context = {"title": one.role, "one": one, "form": form, "review": row.review}
    return TemplateResponse(request, "admin/privacy/staff/line.html", context)


def _decided(request: HttpRequest, form: DecisionForm, by: Account, row: ReviewLine) -> bool:
    """Whether the decision was taken; a refusal is told on the form."""
    withdrawn = form.cleaned_data["decision"] == WITHDRAW
    try:
        actions.decide(by=by, line=row, withdrawn=withdrawn, reason=form.cleaned_data["reason"])
    except actions.OwnRights:
        form.add_error(None, "Nul ne revoit ses propres droits\u00a0: une autre personne s’en charge.")
    except actions.Closed:
        form.add_error(None, "Ce rôle est déjà revu.")
    except actions.LastOfficer:
        form.add_error(None, "C’est le dernier RSSI\u00a0: nommez-en un autre avant de retirer ce rôle.")
    else:
        done = "Le rôle est retiré, ses sessions sont fermées." if withdrawn else "Le rôle est confirmé."
        messages.success(request, done)
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def close_page(request: HttpRequest, review_id: int) -> HttpResponseBase:
    """Close the review: the report is signed, the next one has its day."""
    by, review = with_right(request, actions.CLOSE), get_object_or_404(AccessReview, pk=review_id)
    if review.closed_at is not None:
        return redirect("admin:privacy_accessreview_change", review.pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        left = actions.refresh(review=review)
        if left:
            form.add_error(None, f"Il reste {left}\u00a0décision{'s' if left > 1 else ''} à prendre.")
        else:
            actions.close(by=by, review=review)
            messages.success(request, "La revue est close, le procès-verbal est signé.")
            return redirect("admin:privacy_accessreview_change", review.pk)
    context = {"title": "Clore la revue", "review": review, "form": form, "waiting": waiting(review)}
    return TemplateResponse(request, "admin/privacy/staff/close.html", context)


@require_safe
def csv_page(request: HttpRequest, review_id: int) -> HttpResponseBase:
    """The table of a closed review."""
    return _file(request, review_id, lambda review: review.csv, "csv")


@require_safe
def pdf_page(request: HttpRequest, review_id: int) -> HttpResponseBase:
    """The signed report of a closed review."""
    return _file(request, review_id, lambda review: review.pdf, "pdf")


def _file(
    request: HttpRequest, review_id: int, which: Callable[[Any], StoredFile | None], extension: str
) -> HttpResponseBase:
    by = with_right(request, VIEW)
    review = get_object_or_404(AccessReview.objects.select_related("csv", "pdf"), pk=review_id)
    stored = which(review)
    if stored is None:
        raise Http404
    record("review.downloaded", by=by, object_kind="accessreview", object_id=review.pk)
    return download(stored, f"revue-des-habilitations-{review.closed_at:%Y-%m-%d}.{extension}")
