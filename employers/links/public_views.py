"""The link of an employee: what it opens, step by step, without an account (CGU-3.16).

The token moves from the address to the session before any page is shown, so that no link, log or history holds it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.links import answering
from employers.links.answering import Visit
from employers.links.answers import BankForm, CaseForm, DependantForm, IdentityForm, PleaForm, initial_of
from employers.links.offered import dependant_rules, holder_birth_date, shown_dependants, waiver_rules
from employers.links.rules import State
from employers.links.sealing import BANK, DEPENDANTS, IDENTITY
from employers.links.sending import LinkOver
from employers.waivers.actions import AlreadyAsked, CaseClosed, PleaRefused
from portals.accounts import limits
from portals.accounts.network import address_of, network_of

TOKEN_IN_SESSION = "employee_link_token"  # noqa: S105 the name of a key
LINK_BY_NETWORK = limits.Limit("employee link network", 600, 3600)
"""Generous: forty people hired on one day answer from one office. A token is not guessed."""
DOCUMENTS_BY_NETWORK = limits.Limit("employee link documents", 20, 3600)
NOINDEX = "noindex, nofollow, noarchive"

type Page = Callable[..., HttpResponse]


def by_link(view: Page) -> Page:
    """A page that the link in the session opens: counted by network, never indexed, over for all links alike."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            limits.count(LINK_BY_NETWORK, network_of(address_of(request)))
            response = view(request, *args, **kwargs)
        except limits.LimitReached as reached:
            response = limits.wait_page(request, reached.seconds)
        except LinkOver:
            request.session.pop(TOKEN_IN_SESSION, None)
            response = render(request, "employers/links/public/over.html", status=410)
        response.headers["X-Robots-Tag"] = NOINDEX
        return response

    return guarded


@by_link
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same page, and the same status, for a link that expired, was withdrawn, has served or never was."""
    state = answering.open_link(token)
    request.session[TOKEN_IN_SESSION] = token
    return redirect("affiliation:welcome" if state == State.CONFIRMED else "affiliation:start")


@by_link
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who invites, from when, what will be asked and who sees it; or how to stay out."""
    visit = _visit(request)
    return render(request, "employers/links/public/start.html", {"visit": visit})


@sensitive_post_parameters()
@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest) -> HttpResponse:
    """First step: who you are."""
    visit = _visit(request)
    invited = visit.invited
    told = visit.answers.get(IDENTITY) or {"family_name": invited.family_name, "given_names": invited.given_names}
    form = IdentityForm(request.POST or None, visit=visit, initial=initial_of(told))
    if request.method == "POST" and form.is_valid():
        answering.save(token=_token(request), step=IDENTITY, said=form.answers())
        return redirect("affiliation:dependants")
    return render(request, "employers/links/public/identity.html", {"form": form, "visit": visit})


@sensitive_post_parameters()
@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def dependants(request: HttpRequest) -> HttpResponse:
    """Second step: whom you cover, one after the other, or nobody."""
    visit = _visit(request)
    born = holder_birth_date(visit)
    if born is None:
        return redirect("affiliation:identity")
    told = visit.answers.get(DEPENDANTS, [])
    rules = dependant_rules(visit)
    form = DependantForm(request.POST or None, rules=rules, holder_born=born, on=visit.link.start_date)
    if request.method == "POST" and form.is_valid():
        answering.add_dependant(token=_token(request), said=form.answers())
        return redirect("affiliation:dependants")
    context = {
        "form": form,
        "visit": visit,
        "rules": rules,
        "told": shown_dependants(told),
        "is_full": len(told) >= answering.MOST_DEPENDANTS,
    }
    return render(request, "employers/links/public/dependants.html", context)


@by_link
@require_POST
def dependant_remove(request: HttpRequest, rank: int) -> HttpResponse:
    answering.remove_dependant(token=_token(request), rank=rank)
    return redirect("affiliation:dependants")


@sensitive_post_parameters()
@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest) -> HttpResponse:
    """Third step: the level of cover when there is a choice, and the account of refunds."""
    visit = _visit(request)
    if holder_birth_date(visit) is None:
        return redirect("affiliation:identity")
    initial = {"contract": str(visit.contract.pk), **visit.answers.get(BANK, {})}
    form = BankForm(request.POST or None, contracts=visit.contracts, initial=initial)
    if request.method == "POST" and form.is_valid():
        answering.save(token=_token(request), step=BANK, said=form.answers())
        return redirect("affiliation:send")
    return render(request, "employers/links/public/bank.html", {"form": form, "visit": visit})


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Last step: everything on one page, and who will see what."""
    visit = _visit(request)
    if holder_birth_date(visit) is None:
        return redirect("affiliation:identity")
    if request.method == "POST":
        answering.complete(token=_token(request))
        del request.session[TOKEN_IN_SESSION]
        return redirect("affiliation:done")
    context = {
        "visit": visit,
        "identity": initial_of(visit.answers[IDENTITY]),
        "told": shown_dependants(visit.answers.get(DEPENDANTS, [])),
        "has_iban": bool(visit.answers.get(BANK, {}).get("iban")),
    }
    return render(request, "employers/links/public/send.html", context)


@by_link
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """The answers are on their way to the company."""
    return render(request, "employers/links/public/done.html", {"is_waiver": "dispense" in request.GET})


@by_link
@require_safe
def waiver(request: HttpRequest) -> HttpResponse:
    """The cases in which one may stay out."""
    visit = _visit(request)
    rules = waiver_rules(visit)
    form = CaseForm(request.GET if "case" in request.GET else None, rules=rules)
    if form.is_bound and form.is_valid():
        return redirect("affiliation:plea", case=form.cleaned_data["case"])
    return render(request, "employers/links/public/waiver.html", {"form": form, "visit": visit})


@sensitive_post_parameters("words")
@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def plea(request: HttpRequest, case: str) -> HttpResponse:
    """The request to stay out, in one case; the company accepts or refuses it."""
    visit = _visit(request)
    rule = next((each for each in waiver_rules(visit) if each.case == case), None)
    if rule is None:
        return redirect("affiliation:waiver")
    form = PleaForm(rule=rule, visit=visit)
    if request.method == "POST":
        limits.count(DOCUMENTS_BY_NETWORK, network_of(address_of(request)))  # before a byte of the files is looked at
        form = PleaForm(request.POST, request.FILES, rule=rule, visit=visit)
        if form.is_valid() and _asked(request, form):
            del request.session[TOKEN_IN_SESSION]
            return redirect(f"{reverse('affiliation:done')}?dispense")
    return render(request, "employers/links/public/plea.html", {"form": form, "rule": rule, "visit": visit})


@by_link
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """The affiliation is confirmed: the member number, and the way into the space."""
    return render(request, "employers/links/public/welcome.html", {"welcome": answering.welcome_of(_token(request))})


def _token(request: HttpRequest) -> str:
    token: str = request.session.get(TOKEN_IN_SESSION, "")
    return token


def _visit(request: HttpRequest) -> Visit:
    return answering.visit_of(_token(request))


def _asked(request: HttpRequest, form: PleaForm) -> bool:
    """Whether the request to stay out was taken; what is wrong is on the form otherwise."""
    try:
        answering.ask_waiver(token=_token(request), plea=form.plea(), files=form.cleaned_data.get("proofs", []))
    except PleaRefused as refused:
        form.refuse(refused)
    except AlreadyAsked:
        form.add_error(None, "Une dispense est déjà demandée ou en cours pour vous.")
    except CaseClosed:
        form.add_error(None, "Ce cas ne peut plus être demandé aujourd’hui.")
    else:
        return True
    return False
