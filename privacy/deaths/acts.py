"""The acts on a death, each a page of its own: what it does in a sentence, a form, one button."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from portals.accounts.models import Account
from portals.gestion.permissions import with_right
from privacy.deaths import verifying
from privacy.deaths.models import Death, State
from privacy.deaths.staff_forms import CheckForm, ConfirmForm, DeathActForm, UndoForm

CHANGE, CONFIRM = "privacy.change_death", "privacy.confirm_death"
REFUSALS: dict[type[Exception], str] = {
    verifying.NotNow: "Ce dossier a changé entre-temps\u00a0: relisez-le.",
    verifying.KnownAlready: "Le décès de cette personne est déjà enregistré\u00a0: écartez ce dossier.",
    verifying.SamePerson: "Vous avez fait la première vérification\u00a0: une autre personne confirme.",
    verifying.TooLate: "Des données sont effacées ou remises\u00a0: rien ne peut plus être défait d’ici.",
}


@dataclass(frozen=True)
class Act:
    """`perform(by, death, form)`, the form being valid. `fits`: whether its link is shown on the page of the death."""

    name: str
    address: str
    right: str
    label: str
    sentence: str
    explanation: str
    done: str
    form: type[DeathActForm]
    perform: Callable[[Account, Death, DeathActForm], object]
    fits: Callable[[Death], bool]

    @property
    def is_forward(self) -> bool:
        """Whether it is what is waited for, and not the way back."""
        return self.form is not UndoForm

    @property
    def url_name(self) -> str:
        return f"admin:{self.name}"


def _check(by: Account, death: Death, form: DeathActForm) -> None:
    if isinstance(form, CheckForm) and form.holder is not None:
        verifying.check(by=by, death=death, holder=form.holder, died_on=form.cleaned_data["died_on"])


ACTS = (
    Act(
        name="privacy_death_check",
        address="verifier/",
        right=CHANGE,
        label="Reconnaître la personne",
        sentence="De <b>qui</b> s’agit-il ?".replace(" ?", "\u202f?"),
        explanation="Son espace se ferme, plus rien ne lui est envoyé, sa carte ne répond plus. Tout cela se défait exactement "
        "tant qu’une seconde personne n’a pas confirmé. Les justificatifs sont détruits maintenant.",
        done="La personne est reconnue, son espace est fermé. Une autre personne confirme.",
        form=CheckForm,
        perform=_check,
        fits=lambda row: row.state == State.REPORTED,
    ),
    Act(
        name="privacy_death_confirm",
        address="confirmer/",
        right=CONFIRM,
        label="Confirmer le décès",
        sentence="Confirmer <b>ce décès</b>\u202f?",
        explanation="Ses directives deviennent des tâches, la personne qu’elle a chargée d’y veiller est prévenue, les services "
        "reçoivent les leurs.",
        done="Le décès est confirmé, les suites sont demandées.",
        form=ConfirmForm,
        perform=lambda by, row, _form: verifying.confirm(by=by, death=row),
        fits=lambda row: row.state == State.CHECKED,
    ),
    Act(
        name="privacy_death_undo",
        address="ecarter/",
        right=CHANGE,
        label="Écarter : c’est une erreur".replace(" :", "\u00a0:"),
        sentence="Écarter <b>cette déclaration</b>\u202f?",
        explanation="Rien n’est perdu\u00a0: les espaces fermés rouvrent tels qu’ils étaient, leur titulaire reçoit nos excuses.",
        done="La déclaration est écartée, tout est comme avant.",
        form=UndoForm,
        perform=lambda by, row, form: verifying.undo(by=by, death=row, reason=form.cleaned_data["reason"]),
        fits=lambda row: row.is_pending,
    ),
)


def page_of(act: Act) -> Callable[..., HttpResponseBase]:
    """The view of an act."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, death_id: int) -> HttpResponseBase:
        by = with_right(request, act.right)
        row = get_object_or_404(Death, pk=death_id)
        form = act.form(row, request.POST) if request.method == "POST" else act.form(row, initial=_known(row))
        if request.method == "POST" and form.is_valid():
            try:
                act.perform(by, row, form)
            except tuple(REFUSALS) as refusal:
                form.add_error(None, REFUSALS[type(refusal)])
            else:
                messages.success(request, act.done)
                return redirect("admin:privacy_death_change", row.pk)
        context = {"title": act.label, "act": act, "row": row, "form": form}
        return TemplateResponse(request, "admin/privacy/death/act.html", context)

    return view


def _known(row: Death) -> dict[str, str]:
    """What the management software, or an employer, has said already."""
    return {"died_on": f"{row.died_on:%d/%m/%Y}"} if row.died_on else {}
