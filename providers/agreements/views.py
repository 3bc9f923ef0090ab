"""« Convention »: what was signed, until when, and what it opens; the practices of one professional."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portals.access.closed import read_only
from portals.access.entry import ACTING_GRANT, account_of, grant_of
from portals.accounts import limits
from portals.accounts.rules import two_years_after
from portals.accounts.security.step_up import kept_fields, step_up_required
from portals.banking.queries import current_account
from portals.documents.actions import as_attachment
from privacy.audit import record
from providers.agreements import documents
from providers.agreements.forms import PracticeForm
from providers.agreements.models import Professional
from providers.agreements.practices import AlreadyYours, NotYours, add_practice, practices_beside
from providers.agreements.queries import AgreementState, agreements_of, state_on
from providers.agreements.signup import practice_of
from providers.permissions import holds

PRINTS_BY_ACCOUNT = limits.Limit("agreement prints", 30, 3600)
"""Laying out a page takes a tenth of a second of a processor."""
PRACTICES_BY_ACCOUNT = limits.Limit("practices", 10, 86_400)
UNKNOWN = "Aucune convention active de ce numéro n’est à votre nom. Vérifiez-le, ou appelez-nous."


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """Every agreement with its days, who holds it, and where to go from there."""
    grant, today = grant_of(request), timezone.localdate()
    professional = get_object_or_404(Professional, pk=grant.tenant_id)
    told = [(one, state_on(one, today)) for one in agreements_of(grant.tenant_id)]
    is_holder = holds(grant)
    account = account_of(request)
    record("agreement.consulted", by=account, object_kind="professional", object_id=grant.tenant_id)
    context = {
        "professional": professional,
        "practice": practice_of(professional),
        "agreements": told,
        "active": next((one for one, state in told if state == AgreementState.ACTIVE), None),
        "coming": next((one for one, state in reversed(told) if state == AgreementState.COMING), None),
        "ended_on": grant.ended_on if grant.is_read_only(today) else None,
        "closes_on": two_years_after(grant.ended_on) if grant.ended_on else None,
        "is_holder": is_holder,
        "bank": current_account(grant.space, grant.tenant_id) if is_holder else None,
        "elsewhere": practices_beside(account, grant),
    }
    return render(request, "providers/agreements/agreement.html", context)


@require_safe
def agreement_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate of one agreement, as of today. A colleague's is as unknown as one that never was."""
    account, today = account_of(request), timezone.localdate()
    found = agreements_of(grant_of(request).tenant_id).select_related("professional")
    one = found.filter(agreement_number=number).first()
    if one is None:
        raise Http404
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    content = documents.certificate_pdf(one, day=today, by=account)
    record("agreement.certified", by=account, object_kind="agreement", object_id=one.pk)
    return as_attachment(HttpResponse(content, content_type="application/pdf"), documents.filename_of(today))


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def practice_add(request: HttpRequest) -> HttpResponse:
    """Act for another practice of the same professional, from now on and at once."""
    grant, account = grant_of(request), account_of(request)
    if grant.is_read_only(timezone.localdate()):
        return read_only(request, grant)
    form = PracticeForm(request.POST or kept_fields(request) or None)
    if request.method == "POST" and form.is_valid():
        try:
            limits.count(PRACTICES_BY_ACCOUNT, str(account.pk))
            added = add_practice(by=account, grant=grant, agreement_number=form.cleaned_data["agreement_number"])
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        except NotYours:
            form.add_error("agreement_number", UNKNOWN)
        except AlreadyYours:
            form.add_error("agreement_number", "Ce cabinet est déjà parmi les vôtres.")
        else:
            request.session[ACTING_GRANT] = added.pk
            messages.success(request, "C’est fait\u00a0: vous agissez maintenant pour ce cabinet.")
            return redirect("providers:agreement")
    return render(request, "providers/agreements/practice_add.html", {"form": form})
