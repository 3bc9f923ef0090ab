"""Simulations: the list and what to begin with, the form of each kind, one that was kept."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members.households.rules import Viewpoint
from members.households.viewpoints import viewpoint_of
from members.quotes import actions, showing
from members.quotes.forms import QuoteForm, WindowForm
from members.quotes.models import QuoteKind, Simulation
from members.quotes.queries import page_of, visible
from members.quotes.quotations import ONE_ACT, QUOTATIONS, SLUGS, Quotation, act_codes
from members.quotes.rules import Act
from members.quotes.searching import acts_of, find, known_act
from portals.access.entry import account_of
from portals.accounts import limits
from privacy.audit import record

SIMULATIONS_BY_ACCOUNT = limits.Limit("simulations account", 60, 3600)
KINDS = {quotation.slug: quotation for quotation in (ONE_ACT, *QUOTATIONS.values())}
WORDS_MAX = 80


@require_safe
def simulations(request: HttpRequest) -> HttpResponse:
    """What one may price, and what was priced."""
    viewpoint = viewpoint_of(request)
    page = page_of(viewpoint, before=_before(request))
    record("simulations.listed", by=account_of(request), object_kind="person", object_id=viewpoint.viewer.id)
    rows = [(row, viewpoint.by_id[row.person_id]) for row in page.simulations]
    context = {"viewpoint": viewpoint, "kinds": KINDS.values(), "rows": rows, "older": page.older}
    return render(request, "members/quotes/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def simulation_new(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one kind; for one act, the search that leads to it first. Computed, it is kept and shown."""
    viewpoint = viewpoint_of(request)
    quotation = KINDS.get(kind)
    if quotation is None:
        raise Http404
    acts = _acts(request, quotation)
    if not acts:
        return _search(request, viewpoint)
    form = QuoteForm(
        request.POST or None, quotation=quotation, acts=acts, persons=viewpoint.seen, today=viewpoint.day,
        initial={},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        account = account_of(request)
        try:
            limits.count(SIMULATIONS_BY_ACCOUNT, str(account.pk))
            kept = _simulate(request, form)
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        except actions.NotCovered:
            form.add_error("care_date", "Aucun contrat ne couvre cette personne à cette date.")
        else:
            messages.success(request, f"Simulation {kept.number} gardée.")
            return redirect("members:simulation", simulation_id=kept.pk)
    chosen = next(iter(acts.values())) if quotation is ONE_ACT else None
    context = {"viewpoint": viewpoint, "quotation": quotation, "form": form, "chosen": chosen}
    return render(request, "members/quotes/new.html", context)


@require_safe
def simulation(request: HttpRequest, simulation_id: int) -> HttpResponse:
    """One simulation: what would be left to pay, by which rules, and beside it what was paid since."""
    viewpoint = viewpoint_of(request)
    kept = get_object_or_404(visible(viewpoint), pk=simulation_id)
    record("simulation.shown", by=account_of(request), object_kind="simulation", object_id=kept.pk)
    start, end = showing.default_window(kept)
    asked = bool(request.GET)
    initial = {"start": start.strftime("%d/%m/%Y"), "end": end.strftime("%d/%m/%Y")}
    form = WindowForm(request.GET if asked else None, initial=initial)
    if asked and form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    context = {
        "viewpoint": viewpoint,
        "simulation": kept,
        "slug": SLUGS[QuoteKind(kept.kind)],
        "person": viewpoint.by_id[kept.person_id],
        "lines": showing.lines_of(kept),
        "is_valid": viewpoint.day <= kept.valid_until,
        "form": form,
        "comparison": showing.compare(kept, start, end),
        "is_asked": asked,
    }
    return render(request, "members/quotes/simulation.html", context)


def _acts(request: HttpRequest, quotation: Quotation) -> dict[str, Act]:
    """The acts that the form may name; for one act, that of the address, none while it is looked for."""
    if quotation is not ONE_ACT:
        return acts_of(act_codes(quotation))
    act = known_act(request.GET.get("acte", "")[:10])
    return {act.code: act} if act else {}


def _search(request: HttpRequest, viewpoint: Viewpoint) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:WORDS_MAX]
    context = {"viewpoint": viewpoint, "words": words, "found": find(words), "slug": ONE_ACT.slug}
    return render(request, "members/quotes/search.html", context)


def _simulate(request: HttpRequest, form: QuoteForm) -> Simulation:
    said = form.cleaned_data
    return actions.simulate(
        by=account_of(request),
        person_id=int(said["person"]),
        kind=form.quotation.kind,
        care_date=said["care_date"],
        lines=form.lines(),
        answers=actions.Answers(
            coordinated=said.get("coordinated", "yes") == "yes",
            optam={"yes": True, "no": False}.get(said.get("optam", "")),
            sight_changed=said.get("sight") == "yes",
        ),
    )


def _before(request: HttpRequest) -> int | None:
    """Where a page of the list begins; anything else than a number is the first page."""
    typed = request.GET.get("avant", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else None
