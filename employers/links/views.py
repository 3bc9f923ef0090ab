"""« Salariés », by link: whom the company invited, where each stands, and the confirmation (CGU-3.16)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.links import confirming, sending
from employers.links.forms import ConfirmForm, InviteForm
from employers.links.models import EmployeeLink
from employers.links.queries import Followed, completed_links, link_of, links_of, named_in
from employers.workforce.errors import Refused
from employers.workforce.models import UNDO_WITHIN
from employers.workforce.queries import open_contracts
from employers.workforce.views import may_change
from members.enrolment.actions import NotRunning
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.presentation.formats import NBSP, long_date
from privacy.audit import record

LINKS_A_DAY = limits.Limit("employee links", 300, 86_400)
STANDING = f"Un lien attend déjà une réponse à cette adresse{NBSP}: vous pouvez le renvoyer."
OVER = "Ce lien n’attend plus de réponse."


@require_safe
def employee_links(request: HttpRequest) -> HttpResponse:
    """Everyone who was invited, those who wait for the company first."""
    company_id = grant_of(request).tenant_id
    record("employee_links.listed", by=account_of(request), object_kind="company", object_id=company_id)
    context = {
        "links": links_of(company_id, timezone.now()),
        "waiting": completed_links(company_id).count(),
        "may_change": may_change(request),
    }
    return render(request, "employers/links/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def employee_link_new(request: HttpRequest) -> HttpResponse:
    if not may_change(request):
        return redirect("employers:employee_links")
    grant, today = grant_of(request), timezone.localdate()
    contracts = open_contracts(grant.tenant_id, today)
    if not contracts:
        messages.info(request, "Aucun contrat n’est ouvert aujourd’hui.")
        return redirect("employers:employee_links")
    form = InviteForm(request.POST or None, contracts=contracts, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            limits.count(LINKS_A_DAY, str(grant.tenant_id))
            sending.invite(
                by=account_of(request), contract=form.chosen_contract, invited=form.invited,
                start_date=form.cleaned_data["start_date"], population=form.cleaned_data["population"],
            )  # fmt: skip
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        except sending.AlreadyInvited:
            form.add_error("email", STANDING)
        except sending.BadStart as bad:
            form.add_error(
                "start_date", f"Ce jour est entre le {long_date(bad.earliest)} et le {long_date(bad.latest)}."
            )
        else:
            messages.success(request, "Le lien part maintenant. Il est valable quinze jours.")
            return redirect("employers:employee_links")
    return render(request, "employers/links/invite.html", {"form": form})


@require_safe
def employee_link(request: HttpRequest, link_id: int) -> HttpResponse:
    """One link: its story, and the confirmation when the employee has answered."""
    found = _link_or_404(request, link_id)
    record("employee_link.consulted", by=account_of(request), object_kind="employee_link", object_id=link_id)
    return _page(request, found, ConfirmForm(initial={"start_date": f"{found.link.start_date:%d/%m/%Y}"}))


@require_POST
def employee_link_confirm(request: HttpRequest, link_id: int) -> HttpResponse:
    """Affiliate the employee, and erase what they typed."""
    found = _link_or_404(request, link_id)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            affiliation = confirming.confirm(
                by=account_of(request), company_id=grant_of(request).tenant_id, link_id=link_id,
                start_date=form.cleaned_data["start_date"],
            )  # fmt: skip
        except sending.LinkOver:
            messages.info(request, OVER)
            return redirect("employers:employee_link", link_id)
        except NotRunning:
            form.add_error("start_date", "Le contrat ne court pas ce jour-là.")
        except Refused as refused:
            for problem in refused.problems:
                form.add_error("start_date" if problem.field == "start_date" else None, problem.message)
        else:
            hours = int(UNDO_WITHIN.total_seconds() // 3600)
            messages.success(
                request, f"{affiliation.full_name} est affilié. Vous pouvez l’annuler pendant {hours} heures."
            )
            return redirect("employers:employee", affiliation.pk)
    return _page(request, found, form)


@require_POST
def employee_link_send_again(request: HttpRequest, link_id: int) -> HttpResponse:
    try:
        sending.send_again(by=account_of(request), company_id=grant_of(request).tenant_id, link_id=link_id)
    except EmployeeLink.DoesNotExist as error:
        raise Http404 from error
    except sending.LinkOver:
        messages.info(request, OVER)
    except sending.SentOften:
        messages.warning(
            request, f"Un e-mail est déjà en route, ou cinq sont partis aujourd’hui{NBSP}: réessayez demain."
        )
    else:
        messages.success(request, "Un nouveau lien part maintenant. L’ancien n’ouvre plus rien.")
    return redirect("employers:employee_links")


@require_POST
def employee_link_revoke(request: HttpRequest, link_id: int) -> HttpResponse:
    try:
        sending.revoke(by=account_of(request), company_id=grant_of(request).tenant_id, link_id=link_id)
    except EmployeeLink.DoesNotExist as error:
        raise Http404 from error
    except sending.LinkOver:
        messages.info(request, OVER)
    else:
        messages.success(request, "Le lien est annulé et n’ouvre plus rien. Ce que la personne avait saisi est effacé.")
    return redirect("employers:employee_links")


def _link_or_404(request: HttpRequest, link_id: int) -> Followed:
    found = link_of(grant_of(request).tenant_id, link_id, timezone.now())
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Followed, form: ConfirmForm) -> HttpResponse:
    context = {
        "followed": found,
        "link": found.link,
        "named": named_in(found.link) if found.waits_for_us else None,
        "form": form,
        "may_change": may_change(request),
    }
    return render(request, "employers/links/link.html", context)
