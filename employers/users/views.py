"""« Utilisateurs »: who acts for the company. Only administrators come here (`employers.permissions`)."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.permissions import MANDATABLE, ServiceCode
from employers.users import actions, invitations, mandates
from employers.users.forms import InvitationForm, LastDayForm, MandateForm, RoleForm
from employers.users.journal import operations_of
from employers.users.models import Invitation
from employers.users.queries import User, user_of, users_of, waiting_invitations
from portals.access.closed import read_only
from portals.access.entry import account_of, grant_of
from portals.access.models import Basis
from portals.accounts import limits
from portals.accounts.security.step_up import kept_fields, step_up_required
from privacy import audit

INVITATIONS_A_DAY = limits.Limit("employer invitations", 50, 86_400)
TAKEN = "Cette personne agit déjà pour votre organisme\u00a0: changez plutôt son rôle."
STANDING = "Une invitation l’attend déjà à cette adresse\u00a0: vous pouvez la renvoyer depuis la liste."


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Everyone who acts for the company, agents included, and the invitations that wait."""
    company_id = grant_of(request).tenant_id
    everyone = users_of(company_id, timezone.localdate())
    context = {
        "users": [user for user in everyone if user.grant.basis != Basis.MANDATE],
        "agents": [user for user in everyone if user.grant.basis == Basis.MANDATE],
        "invitations": waiting_invitations(company_id, timezone.now()),
    }
    audit.record("users.listed", by=account_of(request), object_kind="company", object_id=company_id)
    return render(request, "employers/users/users.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def user_invite(request: HttpRequest) -> HttpResponse:
    grant = grant_of(request)
    if grant.is_read_only(timezone.localdate()):
        return read_only(request, grant)
    form = InvitationForm(request.POST or kept_fields(request) or None)
    if request.method == "POST" and form.is_valid():
        try:
            limits.count(INVITATIONS_A_DAY, str(grant.tenant_id))
            invitations.invite(by=account_of(request), company_id=grant.tenant_id, **form.cleaned_data)
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        except invitations.AlreadyUser:
            form.add_error("email", TAKEN)
        except invitations.AlreadyInvited:
            form.add_error("email", STANDING)
        else:
            messages.success(request, "L’invitation part maintenant. Elle est valable sept jours.")
            return redirect("employers:users")
    return render(request, "employers/users/invite.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def user_mandate(request: HttpRequest) -> HttpResponse:
    grant = grant_of(request)
    if grant.is_read_only(timezone.localdate()):
        return read_only(request, grant)
    form = MandateForm(request.POST or kept_fields(request) or None)
    if request.method == "POST" and form.is_valid():
        answers = {**form.cleaned_data, "may_change": form.cleaned_data["may_change"] == "yes"}
        try:
            limits.count(INVITATIONS_A_DAY, str(grant.tenant_id))
            mandates.mandate(by=account_of(request), company_id=grant.tenant_id, **answers)
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        except invitations.AlreadyUser:
            form.add_error("email", TAKEN)
        except invitations.AlreadyInvited:
            form.add_error("email", STANDING)
        else:
            messages.success(request, "Le mandat part maintenant. Il prend effet quand le tiers déclarant l’accepte.")
            return redirect("employers:users")
    return render(request, "employers/users/mandate.html", {"form": form})


@require_safe
def user(request: HttpRequest, grant_id: int) -> HttpResponse:
    """One person: their role, or their mandate and what they did with it."""
    found = _user_or_404(request, grant_id)
    audit.record("user.viewed", by=account_of(request), object_kind="grant", object_id=grant_id)
    return _user_page(request, found)


@require_POST
@step_up_required
def user_role(request: HttpRequest, grant_id: int) -> HttpResponse:
    found = _user_or_404(request, grant_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.change_role(
                by=account_of(request),
                company_id=found.grant.tenant_id,
                grant_id=grant_id,
                role=form.cleaned_data["role"],
            )
        except actions.LastAdministrator:
            form.add_error("role", "C’est le seul administrateur\u00a0: nommez-en d’abord un autre.")
        except actions.RoleOfMandate as error:
            raise Http404 from error
        else:
            messages.success(request, "Le rôle est changé dès maintenant.")
            return redirect("employers:user", grant_id)
    return _user_page(request, found, role_form=form)


@require_POST
@step_up_required
def user_prolong(request: HttpRequest, grant_id: int) -> HttpResponse:
    found = _user_or_404(request, grant_id)
    if found.mandate is None or found.grant.is_read_only(timezone.localdate()):
        raise Http404
    form = LastDayForm(request.POST, starts_on=found.mandate.starts_on)
    if form.is_valid():
        mandates.prolong(
            by=account_of(request),
            company_id=found.grant.tenant_id,
            grant_id=grant_id,
            ends_on=form.cleaned_data["ends_on"],
        )
        messages.success(request, "Les dates du mandat sont changées dès maintenant.")
        return redirect("employers:user", grant_id)
    return _user_page(request, found, dates_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def user_revoke(request: HttpRequest, grant_id: int) -> HttpResponse:
    """What it means, then the act: the person's next request finds the door shut."""
    found = _user_or_404(request, grant_id)
    account = account_of(request)
    is_last = False
    if request.method == "POST":
        try:
            actions.revoke(by=account, company_id=found.grant.tenant_id, grant_id=grant_id)
        except actions.LastAdministrator:
            is_last = True
        else:
            return _after_revocation(request, is_oneself=found.account == account)
    context = {"found": found, "is_last": is_last, "is_oneself": found.account == account}
    return render(request, "employers/users/revoke.html", context)


@require_POST
@step_up_required
def invitation_send_again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    try:
        invitations.send_again(
            by=account_of(request), company_id=grant_of(request).tenant_id, invitation_id=invitation_id
        )
    except Invitation.DoesNotExist as error:
        raise Http404 from error
    except invitations.InvitationOver:
        messages.info(request, "Cette invitation n’attend plus de réponse.")
    except invitations.SentOften:
        messages.warning(
            request, "Un e-mail est déjà en route, ou cinq sont partis aujourd’hui\u00a0: réessayez demain."
        )
    else:
        messages.success(request, "Un nouveau lien part maintenant. L’ancien n’ouvre plus rien.")
    return redirect("employers:users")


@require_POST
@step_up_required
def invitation_withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    try:
        invitations.withdraw(
            by=account_of(request), company_id=grant_of(request).tenant_id, invitation_id=invitation_id
        )
    except Invitation.DoesNotExist as error:
        raise Http404 from error
    except invitations.InvitationOver:
        messages.info(request, "Cette invitation n’attend plus de réponse.")
    else:
        messages.success(request, "L’invitation est annulée. Son lien n’ouvre plus rien.")
    return redirect("employers:users")


def _after_revocation(request: HttpRequest, *, is_oneself: bool) -> HttpResponse:
    if is_oneself:
        logout(request)  # this session has just ended with the others
        return redirect("portals:home")
    messages.success(request, "L’accès est retiré. Ses connexions sont fermées.")
    return redirect("employers:users")


def _user_or_404(request: HttpRequest, grant_id: int) -> User:
    found = user_of(grant_of(request).tenant_id, grant_id, timezone.localdate())
    if found is None:
        raise Http404
    return found


def _user_page(
    request: HttpRequest, found: User, *, role_form: RoleForm | None = None, dates_form: LastDayForm | None = None
) -> HttpResponse:
    context = {
        "found": found,
        "is_oneself": found.account == account_of(request),
        "role_form": role_form or RoleForm(initial={"role": found.grant.role}),
        "dates_form": dates_form or LastDayForm(),
        "operations": operations_of(found.account.pk, found.grant.tenant_id) if found.mandate else [],
        "services": [MANDATABLE[ServiceCode(code)] for code in found.mandate.services] if found.mandate else [],
    }
    return render(request, "employers/users/user.html", context)
