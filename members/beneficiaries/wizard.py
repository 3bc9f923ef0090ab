"""Asking, step by step: the rules first, then the person or the reason, the documents, and the summary that is sent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from members.beneficiaries import actions
from members.beneficiaries.actions import Wish
from members.beneficiaries.covering import known_person
from members.beneficiaries.entering import Desk, desk_of, request_of, standing_of
from members.beneficiaries.forms import DocumentsForm, KeepForm, PersonForm, RemovalForm, initial_of
from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.queries import all_rules, cases_for, is_group
from members.beneficiaries.rules import Rule, last_day, limit_day, may_ask, needs_proof
from members.beneficiaries.sealing import answers_of
from members.beneficiaries.telling import effect_of, told
from members.beneficiaries.words import BEYOND_AGE, Kind, Reason, State
from members.coverage.models import Cover, Policy
from members.households.models import Person
from portals.access.entry import account_of
from portals.accounts import limits
from portals.accounts.models import Account
from portals.accounts.security.step_up import step_up_required
from portals.documents.uploads import MAX_FILES, count_attempt

COVERED = "Cette personne est déjà couverte par votre contrat."


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Who may be added: the rule of each case, before any form."""
    desk = desk_of(request, adding=True)
    policy = desk.policy
    rules = cases_for(policy, desk.rules, desk.viewpoint.day) if policy else []
    own = [rule for rule in rules if policy and may_ask(rule, is_group=is_group(policy))]
    context = {
        "policy": policy,
        "policies": desk.policies,
        "rules": own,
        "by_employer": [rule for rule in rules if rule.is_open and rule not in own],
        "closed": [rule for rule in rules if not rule.is_open],
    }
    return render(request, "members/beneficiaries/choose.html", context)


@sensitive_post_parameters("nir")
@require_http_methods(["GET", "HEAD", "POST"])
def identify(request: HttpRequest, case: str) -> HttpResponse:
    """First step of an addition: the rule again, then who it is."""
    desk, account = desk_of(request, adding=True), account_of(request)
    if desk.policy is None:
        return redirect("members:beneficiaries")
    rule = next((each for each in _open_rules(desk, desk.policy) if each.case == case), None)
    if rule is None:
        raise Http404
    viewer = desk.viewer
    draft = _draft(account, viewer, Kind.ADD)
    same = draft is not None and draft.case == case
    form = PersonForm(
        request.POST or None, rule=rule, holder_born=viewer.birth_date,
        initial=initial_of(answers_of(draft), draft.event_date) if draft and same else {"birth_rank": "1"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if _is_covered(desk.policy, form.answers()):
            form.add_error(None, COVERED)
        else:
            wish = Wish(Kind.ADD, viewer, desk.policy, case=case, event_date=form.event())
            saved = actions.save_draft(by=account, wish=wish, answers=form.answers())
            return redirect("members:beneficiaries_proofs", request_id=saved.pk)
    context = {
        "form": form,
        "rule": rule,
        "policy": desk.policy,
        "saved_at": draft.saved_at if draft and same else None,
    }
    return render(request, "members/beneficiaries/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, person_id: int) -> HttpResponse:
    """First step of a removal: why, since when, and what follows."""
    desk = desk_of(request)
    standing = standing_of(desk, person_id)
    if not standing.may_remove or standing.cover is None:
        raise Http404
    viewer = desk.viewer
    form = RemovalForm(request.POST or None, role=standing.person.role)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wish = Wish(
            Kind.REMOVE, viewer, standing.cover.policy, person=Person.objects.get(pk=person_id), reason=said["reason"],
            event_date=said["event_date"],
        )  # fmt: skip
        saved = actions.save_draft(by=account_of(request), wish=wish, answers={"words": said["words"]})
        return redirect("members:beneficiaries_proofs", request_id=saved.pk)
    context = {
        "form": form,
        "standing": standing,
        "is_self": person_id == desk.viewpoint.viewer.id,
        "month_end": last_day(Reason.OTHER, event=None, asked_on=desk.viewpoint.day),
    }
    return render(request, "members/beneficiaries/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, person_id: int) -> HttpResponse:
    """First step to keep a child covered beyond the age: which situation, what proves it, until when."""
    desk = desk_of(request)
    standing = standing_of(desk, person_id)
    if not standing.may_keep or standing.cover is None:
        raise Http404
    viewer, policy = desk.viewer, standing.cover.policy
    beyond = [rule for rule in _open_rules(desk, policy) if rule.case in BEYOND_AGE]
    ways = [(rule, limit_day(standing.person.birth_date, rule)) for rule in beyond]
    ways = [(rule, last) for rule, last in ways if last is None or last >= desk.viewpoint.day]
    form = KeepForm(request.POST or None, rules=[rule for rule, _last in ways])
    if request.method == "POST" and form.is_valid():
        wish = Wish(Kind.KEEP, viewer, policy, person=Person.objects.get(pk=person_id), case=form.cleaned_data["case"])
        saved = actions.save_draft(by=account_of(request), wish=wish, answers={})
        return redirect("members:beneficiaries_proofs", request_id=saved.pk)
    return render(request, "members/beneficiaries/keep.html", {"form": form, "standing": standing, "ways": ways})


@require_http_methods(["GET", "HEAD", "POST"])
def proofs(request: HttpRequest, request_id: int) -> HttpResponse:
    """Second step: the documents; and later, what is added to a request that waits."""
    asked, account = request_of(request, request_id), account_of(request)
    if asked.state != State.DRAFT and not asked.is_open:
        return redirect("members:beneficiaries_request", request_id=asked.pk)
    kept = list(asked.proofs.order_by("id"))
    if request.method == "POST":
        try:
            count_attempt(account)  # before a byte of the files is looked at
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
    already = len(kept) if asked.state == State.DRAFT else 0
    form = DocumentsForm(request.POST or None, request.FILES or None, already=already)
    if request.method == "POST" and form.is_valid():
        actions.add_proofs(by=account, request=asked, files=form.cleaned_data["proofs"])
        if asked.state == State.DRAFT:
            return redirect("members:beneficiaries_proofs", request_id=asked.pk)
        messages.success(request, "Document reçu\u00a0: votre demande suit son cours.")
        return redirect("members:beneficiaries_request", request_id=asked.pk)
    context = {
        "form": form, "row": asked, "told": told(asked, all_rules()), "kept": kept, "is_full": already >= MAX_FILES,
        "may_go_on": bool(kept) or not needs_proof(asked.reason),
    }  # fmt: skip
    return render(request, "members/beneficiaries/proofs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def summary(request: HttpRequest, request_id: int) -> HttpResponse:
    """Last step: everything on one page, the date of effect, and the sending, after a fresh proof of who sends."""
    draft = request_of(request, request_id)
    if draft.state != State.DRAFT:
        return redirect("members:beneficiaries_request", request_id=draft.pk)
    rules, today = all_rules(), timezone.localdate()
    effect = effect_of(draft, rules, today)
    if request.method == "POST":
        try:
            sent = actions.send(by=account_of(request), request=draft, effect_date=effect)
        except actions.NoProof:
            messages.error(request, "Ajoutez au moins un document avant d’envoyer votre demande.")
            return redirect("members:beneficiaries_proofs", request_id=draft.pk)
        messages.success(request, f"Demande {sent.number} envoyée. Votre copie datée est prête.")
        return redirect("members:beneficiaries_request", request_id=sent.pk)
    context = {
        "row": draft,
        "told": told(draft, rules),
        "effect": effect,
        "answer_by": actions.answer_by(today),
        "uploads": list(draft.proofs.order_by("id")),
        "back": _first_step(draft),
    }
    return render(request, "members/beneficiaries/summary.html", context)


def _open_rules(desk: Desk, policy: Policy) -> list[Rule]:
    rules = cases_for(policy, desk.rules, desk.viewpoint.day)
    return [rule for rule in rules if may_ask(rule, is_group=is_group(policy))]


def _draft(account: Account, asked_for: Person, kind: Kind) -> BeneficiaryRequest | None:
    drafts = BeneficiaryRequest.objects.filter(account=account, asked_for=asked_for, kind=kind, state=State.DRAFT)
    return drafts.first()


def _is_covered(policy: Policy, answers: dict[str, str]) -> bool:
    """Whether somebody of that name and birth date is covered by this policy already."""
    known = known_person(policy.household_id, answers)
    return (
        known is not None
        and Cover.objects.filter(policy=policy, person=known).running_on(timezone.localdate()).exists()
    )


def _first_step(draft: BeneficiaryRequest) -> str:
    """The address of the page where the draft was begun."""
    if draft.kind == Kind.ADD:
        return reverse("members:beneficiaries_person", args=[draft.case])
    name = "members:beneficiaries_remove" if draft.kind == Kind.REMOVE else "members:beneficiaries_keep"
    return reverse(name, args=[draft.person_id])
