"""Representation, as people see it: who represents me, whom I represent, and asking to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.households.viewpoints import viewpoint_of
from members.representation import actions
from members.representation.forms import AskForm, ContestForm, ProofsForm, answers_of
from members.representation.models import Ending, Representation, State
from members.representation.queries import made_by, own_request, representation_of, representatives_of
from members.representation.rules import may_prolong
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.documents.uploads import MAX_FILES, count_attempt
from privacy.audit import record


@require_safe
def representations(request: HttpRequest) -> HttpResponse:
    """Who represents the person, and what the account asked for or exercises (CGU-2.11)."""
    viewpoint, account = viewpoint_of(request), account_of(request)
    mine = made_by(account)
    viewer = viewpoint.viewer
    representing = list(representatives_of(viewer.id))
    record("representations.listed", by=account, object_kind="person", object_id=viewer.id)
    context = {
        "viewpoint": viewpoint,
        "is_self": not grant_of(request).represents,
        "in_force": [row for row in representing if row.state == State.ACCEPTED],
        "past": [row for row in representing if row.state == State.ENDED],
        "may_prolong": {
            row.pk for row in representing
            if row.prolonged_at is None and may_prolong(row.quality, birth_date=viewer.birth_date, day=viewpoint.day)
        },
        "requests": [row for row in mine if not row.is_automatic],
    }  # fmt: skip
    return render(request, "members/representation/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """First step: whom, and how. What was typed is kept until it is sent."""
    account = account_of(request)
    draft = Representation.objects.filter(account=account, state=State.DRAFT).first()
    initial = answers_of(draft, actions.claim_of(draft)) if draft else {"scope": "act"}
    form = AskForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        draft = actions.save_draft(
            by=account, claim=form.claim(), quality=said["quality"], scope=said["scope"],
            start_date=said["start_date"], end_date=said["end_date"],
        )  # fmt: skip
        return redirect("members:representation_proofs", representation_id=draft.pk)
    return render(request, "members/representation/ask.html", {"form": form, "draft": draft})


@require_http_methods(["GET", "HEAD", "POST"])
def proofs(request: HttpRequest, representation_id: int) -> HttpResponse:
    """Second step: the documents; and later, the one that was missing."""
    account = account_of(request)
    asked = _own(request, representation_id)
    if asked.state not in {State.DRAFT, State.INCOMPLETE}:
        return redirect("members:representations")
    kept = list(asked.proofs.order_by("id"))
    if request.method == "POST":
        try:
            count_attempt(account)  # before a byte of the files is looked at
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
    # What staff ask for afterwards may come whatever was sent before.
    already = len(kept) if asked.state == State.DRAFT else 0
    form = ProofsForm(request.POST or None, request.FILES or None, already=already)
    if request.method == "POST" and form.is_valid():
        actions.add_proofs(by=account, representation=asked, files=form.cleaned_data["proofs"])
        if asked.state == State.INCOMPLETE:
            messages.success(request, "Document reçu\u00a0: votre demande reprend son cours.")
            return redirect("members:representations")
        return redirect("members:representation_proofs", representation_id=asked.pk)
    context = {"form": form, "asked": asked, "kept": kept, "is_full": already >= MAX_FILES}
    return render(request, "members/representation/proofs.html", context)


@require_POST
def send(request: HttpRequest, representation_id: int) -> HttpResponse:
    """Send the request. The answer is the same whoever was designated."""
    asked = _own(request, representation_id)
    try:
        actions.ask(by=account_of(request), representation=asked)
    except actions.NoProof:
        messages.error(request, "Ajoutez au moins un document avant d’envoyer votre demande.")
        return redirect("members:representation_proofs", representation_id=asked.pk)
    except actions.NotAsked:
        return redirect("members:representations")
    messages.success(
        request, f"Demande {asked.number} envoyée. Nous vous répondons sous dix jours ouvrés, par e-mail et ici."
    )
    return redirect("members:representations")


@require_POST
def give_up(request: HttpRequest, representation_id: int) -> HttpResponse:
    """The representative stops."""
    asked = _own(request, representation_id)
    return _ended(request, asked, Ending.GIVEN_UP)


@require_POST
def withdraw(request: HttpRequest, representation_id: int) -> HttpResponse:
    """The minor, from 16 on, or whoever gave a mandate, stops being represented by this one."""
    row = _of_the_person(request, representation_id)
    person = viewpoint_of(request).viewer
    if not (row.quality == "agent" or may_prolong(row.quality, birth_date=person.birth_date, day=timezone.localdate())):
        raise Http404
    return _ended(request, row, Ending.CHOICE)


@require_POST
def prolong(request: HttpRequest, representation_id: int) -> HttpResponse:
    """The minor lets a parent go on until 18; only from their own account."""
    row = _of_the_person(request, representation_id)
    try:
        actions.prolong(by=account_of(request), representation=row)
    except actions.NotAsked as error:
        raise Http404 from error
    messages.success(
        request,
        "C’est noté\u00a0: cette personne peut agir pour vous jusqu’à vos 18 ans. Vous pouvez y mettre fin à tout moment.",
    )
    return redirect("members:representations")


@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, representation_id: int) -> HttpResponse:
    """The person says why somebody should not act for them; staff answer."""
    row = _of_the_person(request, representation_id)
    if row.state != State.ACCEPTED:
        raise Http404
    form = ContestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.contest(by=account_of(request), representation=row, words=form.cleaned_data["words"])
        messages.success(request, "Votre contestation est enregistrée. Nous vous répondons sous dix jours ouvrés.")
        return HttpResponseRedirect(reverse("members:representations"))
    return render(request, "members/representation/contest.html", {"form": form, "row": row})


def _ended(request: HttpRequest, row: Representation, why: Ending) -> HttpResponse:
    try:
        actions.end(by=account_of(request), representation=row, why=why)
    except actions.NotAsked as error:
        raise Http404 from error
    messages.success(request, "Cette représentation a pris fin, à l’instant.")
    acted_by_it = grant_of(request).represents and grant_of(request).subject_id == row.person_id
    return redirect("portals:persons" if acted_by_it else "members:representations")


def _own(request: HttpRequest, representation_id: int) -> Representation:
    """One's own request; another's is as unknown as one that never was."""
    row = own_request(account_of(request), representation_id)
    if row is None:
        raise Http404
    return row


def _of_the_person(request: HttpRequest, representation_id: int) -> Representation:
    """A representation of the person, opened from the person's own account: nobody decides this in their name."""
    grant = grant_of(request)
    row = None if grant.represents else representation_of(grant.subject_id, representation_id)
    if row is None:
        raise Http404
    return row
