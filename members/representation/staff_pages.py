"""Pages where staff delegate: the account of a guardian, the persons it represents, the person of a request."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from members.households.models import Person
from members.representation import deciding
from members.representation.actions import NotAsked, claim_of
from members.representation.models import Quality, Representation, Scope, State
from members.representation.staff_forms import AddPersonForm, OpenAccountForm, PersonForm
from portals.access.entry import account_of
from portals.accounts.models import Account
from portals.accounts.security.step_up import step_up_required
from portals.gestion.permissions import with_right
from privacy.audit import record

OPEN = "members.open_representation"
DECIDE = "members.change_representation"
LIST = "admin:members_representation_changelist"
REFUSALS = {
    deciding.NobodyDesignated: (
        "Aucune personne ne correspond à ce qui a été écrit\u00a0: désignez-la, demandez un document ou refusez."
    ),
    deciding.AlreadyDesignated: "Cette demande désigne déjà une personne.",
    deciding.AlreadyOver: "À cette date, ou à l’âge de la personne, cette représentation a déjà pris fin.",
    deciding.AlreadyRepresented: "Ce compte agit déjà pour cette personne, ou c’est le sien.",
    deciding.NoAuthority: "Un jugement enregistré donne l’autorité parentale à un autre parent seul.",
    deciding.StoppedByMinor: "Cette personne, qui a 16 ans ou plus, a choisi de ne plus montrer ses soins à ce parent.",
    deciding.NoTerm: "Un jugement a un terme\u00a0: écrivez son dernier jour.",
    deciding.ProofUnchecked: "Levez d’abord la quarantaine des documents\u202f; il en faut au moins un.",
    NotAsked: "Cette demande n’attend plus de décision.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def open_account_page(request: HttpRequest) -> HttpResponseBase:
    """Open the account of a representative who is not insured, after a fresh proof of who opens it."""
    by = with_right(request, OPEN)
    form = OpenAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = deciding.open_representative_account(by=by, **form.cleaned_data)
        messages.success(
            request,
            f"Le compte {opened.identifier} est ouvert et ses identifiants sont en route. Ajoutez une personne.",
        )
        return redirect(f"{reverse('admin:members_representation_add_person')}?compte={opened.pk}")
    return _page(
        request,
        form,
        "Ouvrir le compte d’un représentant",
        why="Pour qui n’est pas assuré ici. Un second facteur lui est demandé dès sa première connexion.",
        button="Ouvrir le compte",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def add_person_page(request: HttpRequest) -> HttpResponseBase:
    """Have an account represent a person, from a judgment that staff hold, after a fresh proof of who decides."""
    by = with_right(request, OPEN)
    form = AddPersonForm(request.POST or None, initial={"identifier": _identifier_asked(request), "scope": Scope.ACT})
    if request.method == "POST" and form.is_valid() and form.chosen is not None and form.account is not None:
        if refusal := _add(by, form, form.account, form.chosen):
            form.add_error(None, refusal)
        else:
            messages.success(request, "La représentation est ouverte et les personnes concernées sont prévenues.")
            return redirect("admin:portals_account_change", form.account.pk)
    return _page(
        request,
        form,
        "Confier une personne à un représentant",
        why="D’après un jugement ou un mandat que vous avez sous les yeux.",
        button="Confier cette personne" if form.searched_only else "Continuer",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def designate_page(request: HttpRequest, representation_id: int) -> HttpResponseBase:
    """Name the person of a request for which the worker found nobody. The decision itself comes after."""
    by = with_right(request, DECIDE)
    row = get_object_or_404(Representation.objects.exclude(state=State.DRAFT), pk=representation_id)
    form = PersonForm(request.POST or None, initial={"member_number": claim_of(row).get("member_number", "")})
    if request.method == "POST" and form.is_valid() and form.chosen is not None:
        try:
            deciding.designate(by=by, representation=row, person=form.chosen)
        except (NotAsked, deciding.AlreadyDesignated) as refusal:
            form.add_error(None, REFUSALS[type(refusal)])
        else:
            messages.success(request, f"Demande {row.number}\u00a0: la personne est désignée.")
            return redirect("admin:members_representation_change", row.pk)
    return _page(
        request,
        form,
        "Désigner la personne",
        why=f"Demande {row.number}. Comparez avec les justificatifs avant de confirmer.",
        button="Désigner cette personne" if form.searched_only else "Chercher",
    )


def _add(by: Account, form: AddPersonForm, account: Account, person: Person) -> str:
    """Do it; what refused it, in words, or nothing."""
    said = form.cleaned_data
    try:
        deciding.add_person(
            by=by, account=account, person=person, quality=Quality(said["quality"]), scope=Scope(said["scope"]),
            start_date=said["start_date"], end_date=said["end_date"],
        )  # fmt: skip
    except tuple(REFUSALS) as refusal:
        return REFUSALS[type(refusal)]
    return ""


def _identifier_asked(request: HttpRequest) -> str:
    """The account that has just been opened, named by its row in the address."""
    wanted = request.GET.get("compte", "")
    account = Account.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 18 else None
    return account.identifier if account else ""


def _page(request: HttpRequest, form: forms.Form, title: str, *, why: str, button: str) -> HttpResponse:
    for person in getattr(form, "found", ()):  # their names are on the page
        record("representation.person_shown", by=account_of(request), object_kind="person", object_id=person.pk)
    note = "Vérifiez le nom, puis confirmez." if getattr(form, "searched_only", False) else ""
    context = {"form": form, "title": title, "why": why, "note": note, "button": button, "back": reverse(LIST)}
    return TemplateResponse(request, "admin/members/representation/form.html", context)
