"""« Accès du cabinet »: who works there. Only the professional comes here (`providers.permissions`)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.closed import read_only
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.accounts.security.step_up import kept_fields, step_up_required
from privacy import audit
from providers.users import actions, invitations
from providers.users.forms import InvitationForm, RoleForm
from providers.users.journal import operations_of
from providers.users.models import Delegation
from providers.users.queries import Delegate, delegate_of, delegates_of, waiting_delegations

INVITATIONS_A_DAY = limits.Limit("delegate invitations", 20, 86_400)
INSIDE = "Cette personne entre déjà dans votre espace\u00a0: changez plutôt son rôle."
STANDING = "Une invitation l’attend déjà à cette adresse\u00a0: vous pouvez la renvoyer depuis la liste."


@require_safe
def delegates(request: HttpRequest) -> HttpResponse:
    """Everyone who works at the practice, and the invitations that wait."""
    grant, today = grant_of(request), timezone.localdate()
    context = {
        "delegates": delegates_of(grant.tenant_id, today),
        "invitations": waiting_delegations(grant.tenant_id, timezone.now()),
        "is_read_only": grant.is_read_only(today),
    }
    audit.record("delegates.listed", by=account_of(request), object_kind="professional", object_id=grant.tenant_id)
    return render(request, "providers/users/delegates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def delegate_invite(request: HttpRequest) -> HttpResponse:
    grant = grant_of(request)
    if grant.is_read_only(timezone.localdate()):
        return read_only(request, grant)
    form = InvitationForm(request.POST or kept_fields(request) or None)
    if request.method == "POST" and form.is_valid():
        try:
            limits.count(INVITATIONS_A_DAY, str(grant.tenant_id))
            invitations.invite(by=account_of(request), professional_id=grant.tenant_id, **form.cleaned_data)
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        except invitations.AlreadyInside:
            form.add_error("email", INSIDE)
        except invitations.AlreadyInvited:
            form.add_error("email", STANDING)
        else:
            messages.success(request, "L’invitation part maintenant. Elle est valable sept jours.")
            return redirect("providers:delegates")
    return render(request, "providers/users/invite.html", {"form": form})


@require_safe
def delegate(request: HttpRequest, grant_id: int) -> HttpResponse:
    """One person: their role, and what they did."""
    found = _found(request, grant_id)
    audit.record("delegate.viewed", by=account_of(request), object_kind="grant", object_id=grant_id)
    return _page(request, found)


@require_POST
@step_up_required
def delegate_role(request: HttpRequest, grant_id: int) -> HttpResponse:
    found = _found(request, grant_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    actions.change_role(
        by=account_of(request), professional_id=found.grant.tenant_id, grant_id=grant_id,
        role=form.cleaned_data["role"],
    )  # fmt: skip
    messages.success(request, "Le rôle est changé dès maintenant.")
    return redirect("providers:delegate", grant_id)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def delegate_revoke(request: HttpRequest, grant_id: int) -> HttpResponse:
    """What it means, then the act: the person's next request finds the door shut."""
    found = _found(request, grant_id)
    if request.method != "POST":
        return render(request, "providers/users/revoke.html", {"found": found})
    actions.revoke(by=account_of(request), professional_id=found.grant.tenant_id, grant_id=grant_id)
    messages.success(request, "L’accès est retiré. Ses connexions sont fermées.")
    return redirect("providers:delegates")


@require_POST
@step_up_required
def delegation_send_again(request: HttpRequest, delegation_id: int) -> HttpResponse:
    grant = grant_of(request)
    if grant.is_read_only(timezone.localdate()):
        return read_only(request, grant)
    try:
        invitations.send_again(by=account_of(request), professional_id=grant.tenant_id, delegation_id=delegation_id)
    except Delegation.DoesNotExist as error:
        raise Http404 from error
    except invitations.DelegationOver:
        messages.info(request, "Cette invitation n’attend plus de réponse.")
    except invitations.SentOften:
        messages.warning(
            request, "Un e-mail est déjà en route, ou cinq sont partis aujourd’hui\u00a0: réessayez demain."
        )
    else:
        messages.success(request, "Un nouveau lien part maintenant. L’ancien n’ouvre plus rien.")
    return redirect("providers:delegates")


@require_POST
@step_up_required
def delegation_withdraw(request: HttpRequest, delegation_id: int) -> HttpResponse:
    try:
        invitations.withdraw(
            by=account_of(request), professional_id=grant_of(request).tenant_id, delegation_id=delegation_id
        )
    except Delegation.DoesNotExist as error:
        raise Http404 from error
    except invitations.DelegationOver:
        messages.info(request, "Cette invitation n’attend plus de réponse.")
    else:
        messages.success(request, "L’invitation est annulée. Son lien n’ouvre plus rien.")
    return redirect("providers:delegates")


def _found(request: HttpRequest, grant_id: int) -> Delegate:
    found = delegate_of(grant_of(request).tenant_id, grant_id, timezone.localdate())
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Delegate, *, form: RoleForm | None = None) -> HttpResponse:
    context = {
        "found": found,
        "form": form or RoleForm(initial={"role": found.grant.role}),
        "operations": operations_of(found.account.pk, found.grant.tenant_id),
    }
    return render(request, "providers/users/delegate.html", context)
