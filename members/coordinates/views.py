"""The member's own bank account, address and telephone: seen, changed, and changed back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.coordinates import actions
from members.coordinates.forms import AccountForm, ContactForm
from members.coordinates.models import ContactChange
from members.coordinates.queries import children_at_home, contact_of, coordinates_of
from members.coordinates.rules import may_have_own_account
from members.households.models import Person
from members.households.rules import listed
from members.households.viewpoints import viewpoint_of
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.accounts.security.step_up import kept_fields, step_up_required
from portals.banking.actions import NotPending, SameAccount, TooManyChanges, ask_change, cancel_change
from portals.banking.models import Why
from portals.banking.queries import current_account, pending_change
from privacy.audit import record

CONTACT_CHANGES = limits.Limit("contact changes", 10, 86_400)


@require_safe
def coordinates(request: HttpRequest) -> HttpResponse:
    """What we have, what waits, what changed."""
    viewpoint, account = viewpoint_of(request), account_of(request)
    shown = coordinates_of(viewpoint, grant_of(request))
    record("coordinates.consulted", by=account, object_kind="person", object_id=viewpoint.viewer.id)
    return render(request, "members/coordinates/page.html", {"viewpoint": viewpoint, "shown": shown})


@sensitive_post_parameters("iban")
@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def bank_account(request: HttpRequest) -> HttpResponse:
    """Ask for another account: it is in force 48 hours later, unless it is cancelled."""
    viewpoint, grant = viewpoint_of(request), grant_of(request)
    if not may_have_own_account(viewpoint):
        return render(request, "members/coordinates/minor.html", {"viewpoint": viewpoint}, status=403)
    name = viewpoint.viewer.full_name if viewpoint.is_represented else ""
    form = AccountForm(request.POST or kept_fields(request) or None, name=name)
    if request.method == "POST" and form.is_valid():
        try:
            ask_change(by=account_of(request), grant=grant, iban=form.cleaned_data["iban"])
        except SameAccount:
            form.add_error("iban", "C’est le compte que nous avons déjà\u00a0: il n’y a rien à changer.")
        except TooManyChanges:
            return limits.wait_page(request, 24 * 3600)
        else:
            messages.success(
                request, "C’est noté\u00a0: le nouveau compte servira dans 48\u00a0heures. Un e-mail vous le confirme."
            )
            return redirect("members:coordinates")
    context = {
        "viewpoint": viewpoint,
        "form": form,
        "account": current_account(grant.space, grant.subject_id),
        "pending": pending_change(grant.space, grant.subject_id),
    }
    return render(request, "members/coordinates/bank.html", context)


@require_POST
@step_up_required
def bank_account_cancel(request: HttpRequest) -> HttpResponse:
    """Keep the account in force."""
    grant = grant_of(request)
    pending = pending_change(grant.space, grant.subject_id)
    if pending is not None:
        try:
            cancel_change(by=account_of(request), change_id=pending.pk, why=Why.OWNER)
        except NotPending:
            return redirect("members:coordinates")
        messages.success(request, "Le changement est annulé\u00a0: le compte reste le même.")
    return redirect("members:coordinates")


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def contact(request: HttpRequest) -> HttpResponse:
    """Another address, another telephone, at once."""
    viewpoint = viewpoint_of(request)
    person = Person.objects.get(pk=viewpoint.viewer.id)
    children = children_at_home(viewpoint, person)
    names = listed([child.first_name for child in children])
    form = ContactForm(request.POST or kept_fields(request) or None, children=names, initial=contact_of(person))
    if request.method == "POST" and form.is_valid():
        account = account_of(request)
        try:
            limits.count(CONTACT_CHANGES, str(account.pk))
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        others = [child.id for child in children] if form.cleaned_data.get("for_children") else []
        try:
            actions.change_contact(by=account, person_ids=[person.pk, *others], contact=form.contact())
        except actions.NothingChanged:
            form.add_error(None, "C’est ce que nous avons déjà\u00a0: il n’y a rien à changer.")
        else:
            messages.success(request, "C’est fait. Il reste peut-être quelque chose à dire à votre caisse.")
            return redirect("members:coordinates")
    return render(request, "members/coordinates/contact.html", {"viewpoint": viewpoint, "form": form})


@require_POST
@step_up_required
def contact_undo(request: HttpRequest, change_id: int) -> HttpResponse:
    """Go back to what it was before the latest change."""
    change = ContactChange.objects.filter(pk=change_id, person_id=viewpoint_of(request).viewer.id).first()
    if change is None:
        raise Http404
    try:
        actions.undo(by=account_of(request), change=change)
    except actions.NotLatest:
        messages.error(request, "Une autre adresse a été enregistrée depuis\u00a0: changez-la directement.")
    else:
        messages.success(request, "Vos coordonnées sont de nouveau celles d’avant.")
    return redirect("members:coordinates")
