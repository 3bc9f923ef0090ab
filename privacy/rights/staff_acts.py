"""The acts on a request, each a page of its own: what it does in a sentence, a form, one button."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from portals.accounts.models import Account
from portals.gestion.permissions import with_right
from privacy.rights import actions, answering
from privacy.rights.models import Outcome, RightsRequest
from privacy.rights.staff_forms import (
    AnswerForm,
    CheckForm,
    DecisionForm,
    ExtensionForm,
    IdentityForm,
    PauseForm,
    ReceiptForm,
    StaffForm,
    TaskForm,
)

CHANGE = "privacy.change_rightsrequest"
REFUSALS: dict[type[Exception], str] = {
    actions.NotPending: "Cette demande est répondue ou retirée.",
    answering.AlreadyPaused: "Le délai est déjà suspendu.",
    answering.TooLate: "Une prolongation s’annonce une fois, dans le premier mois\u00a0: il est passé, ou elle est déjà faite.",
    answering.IdentityUnknown: "L’identité n’est pas établie\u00a0: confirmez-la, ou demandez un justificatif.",
    answering.StillWaiting: "Une tâche n’est pas faite, ou un justificatif n’est pas vérifié.",
    answering.NotDecided: "Décidez d’abord donnée par donnée.",
    answering.AlreadyThere: "Cette tâche est déjà demandée.",
}


@dataclass(frozen=True)
class Act:
    """`perform(by, request, form)`, the form being valid. `fits`: whether its link is shown on the page of the request."""

    name: str
    address: str
    label: str
    sentence: str
    explanation: str
    done: str
    form: type[StaffForm]
    perform: Callable[[Account, RightsRequest, StaffForm], object]
    fits: Callable[[RightsRequest], bool] = lambda _request: True

    @property
    def url_name(self) -> str:
        return f"admin:{self.name}"


def _decide(by: Account, request: RightsRequest, form: StaffForm) -> None:
    if isinstance(form, DecisionForm):
        answering.decide(by=by, request=request, decisions=form.decisions())


ACTS = (
    Act(
        name="privacy_rightsrequest_pause",
        address="suspendre/",
        label="Demander un justificatif",
        sentence="Suspendre le délai <b>jusqu’au justificatif</b> ?",
        explanation="Seulement en cas de doute raisonnable (RGPD, article 12.6). La personne est prévenue aussitôt.",
        done="Le délai est suspendu, la personne est prévenue.",
        form=PauseForm,
        perform=lambda by, row, form: answering.pause(by=by, request=row, reason=form.cleaned_data["reason"]),
        fits=lambda row: row.state != "paused",
    ),
    Act(
        name="privacy_rightsrequest_receive",
        address="justificatif/",
        label="Enregistrer un justificatif reçu",
        sentence="Quel justificatif est <b>arrivé</b> ?",
        explanation="Reçu par la poste ou par e-mail. Il sera détruit dès qu’il est vérifié.",
        done="Le justificatif est enregistré, le délai court de nouveau.",
        form=ReceiptForm,
        perform=lambda by, row, form: actions.send_proof(
            by=by, request=row, files=form.cleaned_data["proofs"], received_on=form.cleaned_data["received_on"]
        ),
    ),
    Act(
        name="privacy_rightsrequest_check",
        address="verifier/",
        label="Vérifier les justificatifs",
        sentence="Que valent <b>les justificatifs</b> ?",
        explanation="Dans les deux cas, ils sont détruits maintenant, avec leur clé. Le journal en garde la preuve.",
        done="Les justificatifs sont vérifiés et détruits.",
        form=CheckForm,
        perform=lambda by, row, form: answering.check_proofs(
            by=by,
            request=row,
            accepted=form.cleaned_data["accepted"] == "yes",
            reason=form.cleaned_data["reason"],
        ),
        fits=lambda row: row.proofs.filter(checked_at=None).exists(),
    ),
    Act(
        name="privacy_rightsrequest_confirm",
        address="identite/",
        label="Confirmer l’identité",
        sentence="Comment l’identité est-elle <b>établie</b> ?",
        explanation="Par tout moyen, sans document quand c’est possible (décret 2019-536, article 77).",
        done="L’identité est confirmée, le délai court.",
        form=IdentityForm,
        perform=lambda by, row, form: answering.confirm_identity(by=by, request=row, how=form.cleaned_data["how"]),
        fits=lambda row: row.identity == "unknown",
    ),
    Act(
        name="privacy_rightsrequest_extend",
        address="prolonger/",
        label="Prolonger de deux mois",
        sentence="Prolonger le délai <b>de deux mois</b> ?",
        explanation="Une seule fois, dans le premier mois, en disant pourquoi (RGPD, article 12.3).",
        done="Le délai est prolongé, la personne est prévenue.",
        form=ExtensionForm,
        perform=lambda by, row, form: answering.extend(by=by, request=row, reason=form.cleaned_data["reason"]),
        fits=lambda row: row.extended_at is None,
    ),
    Act(
        name="privacy_rightsrequest_task",
        address="tache/",
        label="Confier une tâche",
        sentence="Que doit faire <b>un service</b> ?",
        explanation="La réponse attend que toutes les tâches soient faites.",
        done="La tâche est confiée.",
        form=TaskForm,
        perform=lambda by, row, form: answering.add_task(
            by=by, request=row, kind=form.cleaned_data["kind"], instruction=form.cleaned_data["instruction"]
        ),
    ),
    Act(
        name="privacy_rightsrequest_decide",
        address="decider/",
        label="Décider, donnée par donnée",
        sentence="Que décidez-vous, <b>donnée par donnée</b> ?",
        explanation="Les raisons proposées viennent des déclarations de données. Ce qui n’est pas concerné reste vide.",
        done="Les décisions sont enregistrées.",
        form=DecisionForm,
        perform=_decide,
    ),
    Act(
        name="privacy_rightsrequest_answer",
        address="repondre/",
        label="Répondre",
        sentence="Votre <b>réponse</b>.",
        explanation="Elle part avec les coordonnées du délégué et celles de la CNIL, signée, avec son code de vérification.",
        done="La réponse est donnée.",
        form=AnswerForm,
        perform=lambda by, row, form: answering.answer(
            by=by, request=row, outcome=Outcome(form.cleaned_data["outcome"]), text=form.cleaned_data["text"]
        ),
    ),
)


def page_of(act: Act) -> Callable[..., HttpResponseBase]:
    """The view of an act."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, request_id: int) -> HttpResponseBase:
        by = with_right(request, CHANGE)
        row = get_object_or_404(RightsRequest, pk=request_id)
        form = act.form(row, request.POST, request.FILES) if request.method == "POST" else act.form(row)
        if request.method == "POST" and form.is_valid():
            try:
                act.perform(by, row, form)
            except tuple(REFUSALS) as refusal:
                form.add_error(None, REFUSALS[type(refusal)])
            else:
                messages.success(request, act.done)
                return redirect("admin:privacy_rightsrequest_change", row.pk)
        context = {"title": act.label, "act": act, "row": row, "form": form}
        return TemplateResponse(request, "admin/privacy/rightsrequest/act.html", context)

    return view
