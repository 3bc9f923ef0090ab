"""Depositing the request that an employee handed over: the case first, then who and when; renewing; adding documents."""

import datetime

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from employers.companies.models import GroupContract
from employers.companies.queries import running_contracts
from employers.waivers import actions
from employers.waivers.entering import require_in_charge, standing_or_404
from employers.waivers.forms import DocumentsForm, ProvidedForm, RenewalForm, RequestForm
from employers.waivers.models import Waiver, WaiverRequest
from employers.waivers.queries import Standing, cases_of, provided_cases
from employers.waivers.rules import Rule
from employers.waivers.views import to_waiver
from employers.waivers.words import Answer, Channel
from portals.access.closed import read_only
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.documents.uploads import MAX_FILES, count_attempt

ASKED = "Cette personne a déjà une dispense demandée ou en cours pour ce contrat."
LATE = "Cette demande a déjà sa réponse."


@require_safe
def waiver_cases(request: HttpRequest) -> HttpResponse:
    """Which case: the rule of each, and what it asks for, before any form."""
    require_in_charge(request)
    open_cases = _open_cases(request)
    rules = {rule.case: rule for _contract, rules in open_cases for rule in rules}
    context = {
        "has_contract": bool(open_cases),
        "of_right": [rule for rule in rules.values() if rule.of_right],
        "provided": [rule for rule in rules.values() if not rule.of_right],
    }
    return render(request, "employers/waivers/cases.html", context)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def waiver_new(request: HttpRequest, case: str) -> HttpResponse:
    """The request of one employee, in one case."""
    require_in_charge(request)
    grant = grant_of(request)
    if grant.is_read_only(timezone.localdate()):
        return read_only(request, grant)
    fitting = [(contract, rule) for contract, rules in _open_cases(request) for rule in rules if rule.case == case]
    if not fitting:
        raise Http404
    contracts, rule = [contract for contract, _rule in fitting], fitting[0][1]
    if (waiting := _too_many(request)) is not None:
        return waiting
    form = RequestForm(*_sent(request), rule=rule, contracts=contracts)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(
                by=account_of(request), contract=form.chosen_contract, plea=form.plea(), files=form.cleaned_data["proofs"],
                channel=Channel.SPACE,
            )  # fmt: skip
        except actions.PleaRefused as refused:
            form.refuse(refused)
        except actions.AlreadyAsked:
            form.add_error(None, ASKED)
        else:
            return to_waiver(request, made.pk, success=f"Demande {made.number} gardée. Il reste à la valider.")
    return render(request, "employers/waivers/new.html", {"form": form, "rule": rule})


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def waiver_renew(request: HttpRequest, waiver_id: int) -> HttpResponse:
    """The employee proves again what the case asks for."""
    require_in_charge(request)
    standing = standing_or_404(request, waiver_id)
    rule = standing.rule
    if rule is None or not standing.is_renewable:
        return to_waiver(request, waiver_id, error="Cette dispense ne se renouvelle pas aujourd’hui.")
    if (waiting := _too_many(request)) is not None:
        return waiting
    form = RenewalForm(*_sent(request), rule=rule)
    if request.method == "POST" and form.is_valid():
        plea = form.plea(standing.waiver, first_day=_next_day(standing))
        try:
            actions.renew(
                by=account_of(request), waiver=standing.waiver, plea=plea, files=form.cleaned_data["proofs"],
                channel=Channel.SPACE,
            )  # fmt: skip
        except actions.PleaRefused as refused:
            form.refuse(refused)
        except (actions.NotOpen, actions.CaseClosed):
            return to_waiver(request, waiver_id, error="Cette dispense ne se renouvelle pas aujourd’hui.")
        else:
            return to_waiver(request, waiver_id, success="Renouvellement gardé. Il reste à le valider.")
    context = {"form": form, "rule": rule, "waiver": standing.waiver}
    return render(request, "employers/waivers/renew.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def waiver_documents(request: HttpRequest, waiver_id: int) -> HttpResponse:
    """Add documents to the request that waits."""
    require_in_charge(request)
    standing = standing_or_404(request, waiver_id)
    open_request = _waiting_request(standing.waiver)
    if open_request is None:
        return to_waiver(request, waiver_id, error=LATE)
    if (waiting := _too_many(request)) is not None:
        return waiting
    already = open_request.proofs.count()
    form = DocumentsForm(*_sent(request), already=already)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_proofs(by=account_of(request), request=open_request, files=form.cleaned_data["proofs"])
        except actions.PleaRefused as refused:
            form.refuse(refused)
        except actions.NotOpen:
            return to_waiver(request, waiver_id, error=LATE)
        else:
            return to_waiver(request, waiver_id, success="Document ajouté.")
    context = {"form": form, "waiver": standing.waiver, "rule": standing.rule, "is_full": already >= MAX_FILES}
    return render(request, "employers/waivers/documents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def waivers_provided(request: HttpRequest) -> HttpResponse:
    """Which optional cases the act of the company (DUE, agreement) provides, contract by contract."""
    require_in_charge(request)
    contracts = list(running_contracts(grant_of(request).tenant_id, timezone.localdate()))
    chosen = next((one for one in contracts if str(one.pk) == request.POST.get("contract")), None)
    if chosen is not None:
        form = ProvidedForm(request.POST)
        if form.is_valid():
            actions.provide(by=account_of(request), contract=chosen, cases=form.cleaned_data["cases"])
            messages.success(request, "C’est noté. Les dispenses déjà accordées ne changent pas.")
            return redirect("employers:waivers_provided")
    forms = [
        (one, ProvidedForm(initial={"cases": list(provided_cases(one))}, auto_id=f"id_{one.pk}_%s"))
        for one in contracts
    ]
    return render(request, "employers/waivers/provided.html", {"forms": forms})


def _open_cases(request: HttpRequest) -> list[tuple[GroupContract, list[Rule]]]:
    """The running contracts of the company with the cases that may be asked for. A query for each contract."""
    today = timezone.localdate()
    contracts = running_contracts(grant_of(request).tenant_id, today)
    return [(contract, cases_of(contract, today)) for contract in contracts]


def _sent(request: HttpRequest) -> tuple[QueryDict, MultiValueDict[str, UploadedFile]] | tuple[()]:
    """What a form is made of: nothing until it is sent, even empty."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _too_many(request: HttpRequest) -> HttpResponse | None:
    """The page to wait on, once an account has sent many documents; counted before a byte of them is looked at."""
    if request.method != "POST":
        return None
    try:
        count_attempt(account_of(request))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    return None


def _next_day(standing: Standing) -> datetime.date:
    """The first day that the renewal is for."""
    until = standing.waiver.valid_until
    return until + datetime.timedelta(days=1) if until else standing.today


def _waiting_request(waiver: Waiver) -> WaiverRequest | None:
    return WaiverRequest.objects.filter(waiver=waiver, answer=Answer.WAITING).select_related("waiver").first()
