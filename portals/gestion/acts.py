"""The acts on an account, each a page of its own: what it does in a sentence, a reason, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from portals.access.actions import Refused, lift, restrict
from portals.access.entry import account_of
from portals.access.models import Motive, Restriction, RestrictionKind
from portals.access.permissions import can_lift, can_restrict
from portals.accounts.fraud.actions import NotLocked, unlock
from portals.accounts.models import Account
from portals.accounts.security.step_up import step_up_required
from portals.gestion import actions
from portals.gestion.colleagues import assign_roles, can_assign
from portals.gestion.forms import (
    ClosureForm,
    LiftForm,
    LossForm,
    MotiveForm,
    RolesForm,
    SuspensionForm,
    UnlockForm,
)
from portals.gestion.permissions import may

type Answers = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One act. `may(by, account)`: whether its page opens. `fits(account)`: whether its link is shown."""

    name: str
    address: str
    label: str
    sentence: str
    explanation: str
    done: str
    form: type[forms.Form]
    may: Callable[[Account, Account], bool]
    perform: Callable[[Account, Account, Answers], object]
    fits: Callable[[Account], bool] = lambda _account: True
    asks_for_proof: bool = False


def _with_right(permission: str) -> Callable[[Account, Account], bool]:
    return lambda by, account: may(by, permission, account)


def _restricting(kind: RestrictionKind) -> Callable[[Account, Account, Answers], object]:
    """Suspending and closing; the form of a closure asks neither for services nor for a term."""
    return lambda by, account, answers: restrict(
        by=by,
        account=account,
        kind=kind,
        motive=Motive(answers["motive"]),
        reason=answers["reason"],
        services=answers.get("services", ()),
        ends_at=answers.get("until"),
    )


ACTS = (
    Act(
        name="portals_account_suspend",
        address="suspendre/",
        label="Suspendre",
        sentence="Suspendre <b>tout ou partie</b> des services",
        explanation=(
            "Sans préavis (CGU, articles 7.1 et 7.2). Ses sessions se ferment aussitôt ; la personne peut se reconnecter "
            "et lit la raison que vous écrivez, ses recours, et garde l’accès à ses données."
        ),
        done="La suspension est en place.",
        form=SuspensionForm,
        may=can_restrict,
        perform=_restricting(RestrictionKind.SUSPENSION),
    ),
    Act(
        name="portals_account_close",
        address="fermer/",
        label="Fermer",
        sentence="Fermer <b>l’espace</b>",
        explanation=(
            "Sans préavis ni terme (CGU, article 7.1). La personne peut se reconnecter pour lire la raison, ses recours, "
            "et emporter ses données. La fermeture se lève comme une suspension."
        ),
        done="L’espace est fermé.",
        form=ClosureForm,
        may=can_restrict,
        perform=_restricting(RestrictionKind.CLOSURE),
    ),
    Act(
        name="portals_account_credentials",
        address="identifiants/",
        label="Renvoyer les identifiants",
        sentence="Renvoyer <b>les identifiants</b>",
        explanation=(
            "Les messages partent à l’adresse enregistrée, et à elle seule. Vous ne voyez ni l’identifiant provisoire "
            "ni le mot de passe."
        ),
        done="Les messages sont en route.",
        form=MotiveForm,
        may=_with_right("portals.resend_account"),
        perform=lambda by, account, answers: actions.resend_credentials(
            by=by, account=account, motive=answers["motive"]
        ),
    ),
    Act(
        name="portals_account_factors",
        address="facteurs/",
        label="Retirer les seconds facteurs",
        sentence="Retirer <b>tous les seconds facteurs</b>",
        explanation=(
            "Pour une personne qui a perdu son téléphone et ses codes de secours. Ses sessions se ferment, elle reçoit "
            "un avis, et enregistre un nouveau moyen à sa prochaine connexion."
        ),
        done="Les seconds facteurs sont retirés.",
        form=LossForm,
        may=_with_right("portals.reset_factors_account"),
        perform=lambda by, account, answers: actions.reset_factors(by=by, account=account, reason=answers["reason"]),
        asks_for_proof=True,
    ),
    Act(
        name="portals_account_unlock",
        address="debloquer/",
        label="Débloquer",
        sentence="Débloquer le compte <b>après une fraude</b>",
        explanation=(
            "L’ancien mot de passe n’ouvre plus rien : la personne en choisit un nouveau par le lien que nous lui "
            "envoyons (CGU, article 2.7)."
        ),
        done="Le compte est débloqué, le lien est en route.",
        form=UnlockForm,
        may=_with_right("portals.unlock_account"),
        perform=lambda by, account, answers: unlock(by=by, account=account, reason=answers["reason"]),
        fits=lambda account: account.locked_at is not None,
    ),
    Act(
        name="portals_account_roles",
        address="roles/",
        label="Changer les rôles",
        sentence="Donner ou retirer <b>des rôles</b>",
        explanation=(
            "Les rôles cochés remplacent ceux d’aujourd’hui. Les sessions du compte se ferment et la personne reçoit "
            "un avis. Nul ne change les siens."
        ),
        done="Les rôles sont à jour.",
        form=RolesForm,
        may=can_assign,
        perform=lambda by, account, answers: assign_roles(by=by, account=account, roles=answers["roles"]),
        fits=lambda account: account.is_staff,
        asks_for_proof=True,
    ),
)


def page_of(act: Act) -> Callable[..., HttpResponseBase]:
    """The view of an act: GET asks, POST does it and goes back to the account."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def act_page(request: HttpRequest, account_id: int) -> HttpResponse:
        by = account_of(request)
        account = get_object_or_404(Account, pk=account_id)
        if not act.may(by, account):
            raise PermissionDenied
        form = _form_of(act, request, account)
        if request.method == "POST" and form.is_valid():
            try:
                act.perform(by, account, form.cleaned_data)
            except (Refused, actions.NothingToDo) as refusal:
                form.add_error(None, str(refusal))
            except NotLocked:
                form.add_error(None, "Ce compte n’est plus bloqué.")
            else:
                messages.success(request, act.done)
                return redirect("admin:portals_account_change", account.pk)
        context = {"act": act, "account": account, "form": form, "title": act.label}
        return TemplateResponse(request, "admin/act.html", context)

    return step_up_required(act_page) if act.asks_for_proof else act_page


@require_http_methods(["GET", "HEAD", "POST"])
def lift_page(request: HttpRequest, account_id: int, restriction_id: int) -> HttpResponse:
    """Lifting one measure of an account."""
    by = account_of(request)
    restriction = get_object_or_404(
        Restriction.objects.select_related("account"), pk=restriction_id, account=account_id
    )
    if not can_lift(by, restriction.account):
        raise PermissionDenied
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lift(by=by, restriction=restriction, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "La mesure est levée.")
            return redirect("admin:portals_account_change", account_id)
    context = {"restriction": restriction, "account": restriction.account, "form": form, "title": "Lever la mesure"}
    return TemplateResponse(request, "admin/lift.html", context)


def open_to(by: Account, account: Account) -> list[Act]:
    """The acts that this member of staff may do on this account now."""
    return [act for act in ACTS if act.fits(account) and act.may(by, account)]


def _form_of(act: Act, request: HttpRequest, account: Account) -> forms.Form:
    answers = request.POST if request.method == "POST" else None  # an empty answer is one: no role at all
    if issubclass(act.form, SuspensionForm | RolesForm):
        return act.form(answers, account=account)
    return act.form(answers)
