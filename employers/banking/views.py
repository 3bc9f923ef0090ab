"""« Coordonnées bancaires » of a company (CGU-3.17): its administrators only; one asks, another one approves."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.banking.accounts import iban_of
from employers.banking.documents import mandate_pdf
from employers.banking.forms import AccountForm
from employers.banking.models import CompanyAccount
from employers.banking.queries import change_in_force, details_of
from employers.companies.models import Company
from portals.access.closed import read_only
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.accounts.security.step_up import kept_fields, step_up_required
from portals.banking.actions import NotPending, SameAccount, TooManyChanges, ask_change, cancel_change
from portals.banking.approval import NotApprover, approve_change, refuse_change
from portals.banking.models import BankChange, Why
from portals.banking.queries import pending_change
from portals.documents.actions import as_attachment
from privacy.audit import record

PRINTS_BY_ACCOUNT = limits.Limit("mandate prints", 20, 3600)
OVER = "Ce changement n’attend plus\u00a0: il est fait ou annulé."


@require_safe
def bank_details(request: HttpRequest) -> HttpResponse:
    """The account in force, what waits and for whom, what changed."""
    grant, account = grant_of(request), account_of(request)
    record("company_bank.consulted", by=account, object_kind="company", object_id=grant.subject_id)
    return render(request, "employers/banking/page.html", {"shown": details_of(grant, account)})


@sensitive_post_parameters("iban")
@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def bank_details_change(request: HttpRequest) -> HttpResponse:
    """Ask for another account."""
    grant, account = grant_of(request), account_of(request)
    if grant.is_read_only(timezone.localdate()):
        return read_only(request, grant)
    form = AccountForm(request.POST or kept_fields(request) or None)
    if request.method == "POST" and form.is_valid():
        try:
            change = ask_change(by=account, grant=grant, iban=form.cleaned_data["iban"])
        except SameAccount:
            form.add_error("iban", "C’est le compte que nous avons déjà\u00a0: il n’y a rien à changer.")
        except TooManyChanges:
            return limits.wait_page(request, 24 * 3600)
        else:
            messages.success(request, _asked(change))
            return redirect("employers:bank_details")
    return render(request, "employers/banking/change.html", {"form": form, "shown": details_of(grant, account)})


@require_POST
@step_up_required
def bank_details_approve(request: HttpRequest) -> HttpResponse:
    """Another administrator agrees: the 48 hours begin."""
    change = _pending_or_404(request)
    try:
        approve_change(by=account_of(request), change_id=change.pk)
    except NotApprover:
        messages.error(request, "Ce changement demande l’accord d’un autre administrateur, en place depuis sept jours.")
    except NotPending:
        messages.error(request, OVER)
    else:
        messages.success(request, "C’est approuvé\u00a0: le nouveau compte servira dans 48\u00a0heures.")
    return redirect("employers:bank_details")


@require_POST
@step_up_required
def bank_details_refuse(request: HttpRequest) -> HttpResponse:
    """The account in force stays: an administrator refuses the change of another, or takes their own back."""
    change, account = _pending_or_404(request), account_of(request)
    try:
        if change.asked_by_id == account.pk:
            cancel_change(by=account, change_id=change.pk, why=Why.OWNER)
        else:
            refuse_change(by=account, change_id=change.pk)
    except NotPending:
        messages.error(request, OVER)
    else:
        messages.success(request, "Le changement est annulé\u00a0: le compte reste le même.")
    return redirect("employers:bank_details")


@require_safe
@step_up_required
@sensitive_variables("iban")
def bank_details_mandate(request: HttpRequest) -> HttpResponse:
    """The SEPA mandate of the account in force; the only place that writes the IBAN in full."""
    grant, account = grant_of(request), account_of(request)
    in_force = get_object_or_404(CompanyAccount, company=grant.subject_id)
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    record("company_bank.mandate_printed", by=account, object_kind="company", object_id=grant.subject_id)
    company, iban = get_object_or_404(Company, pk=grant.subject_id), iban_of(grant.subject_id)
    content = mandate_pdf(in_force, iban, company, change_in_force(grant), by=account)
    return as_attachment(HttpResponse(content, content_type="application/pdf"), "Mandat SEPA.pdf")


def _pending_or_404(request: HttpRequest) -> BankChange:
    grant = grant_of(request)
    change = pending_change(grant.space, grant.subject_id)
    if change is None:
        raise Http404
    return change


def _asked(change: BankChange) -> str:
    if change.waits_approval:
        return "C’est noté\u00a0: un autre administrateur doit maintenant approuver ce changement. Tous sont prévenus."
    return "C’est noté\u00a0: le nouveau compte servira dans 48\u00a0heures. Un e-mail vous le confirme."
