"""« Mes données » and the requests of whoever is signed in."""

from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.models import Grant
from portals.access.switching import current_label
from portals.accounts.models import Account
from portals.documents.actions import as_attachment
from privacy.audit import record
from privacy.rights import actions, documents, panels
from privacy.rights.copies import gives_copy
from privacy.rights.entering import ASKED_BY_ACCOUNT, PRINTS_BY_ACCOUNT, asker_of, own_request, refusal, too_many
from privacy.rights.forms import HEIR, SELF, AskForm, OpinionForm, ProofForm
from privacy.rights.models import Opinion, Right, RightsRequest, State, Whom
from privacy.rights.queries import SHOWN, decisions_of, standing_of, visible
from privacy.rights.registry import dependants_of, self_services_of
from privacy.rights.sealing import Claim, texts_of

RIGHT_ASKED = "droit"
"""In the address: the right that the link leading here has chosen."""
EIGHT = [right for right in Right if right != Right.QUESTION]


@dataclass(frozen=True)
class Way:
    """A right and the pages where it is exercised at once."""

    right: Right
    at_once: list[tuple[str, str]]


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """The home of one's data: the eight rights, what was asked, and the panels of the other rooms."""
    account, grant = asker_of(request)
    if (refused := refusal(request)) is not None:
        return refused
    record("my_data.shown", by=account, object_kind="account", object_id=account.pk)
    rows = visible(account, grant).defer("claim_sealed", "words_sealed", "answer_sealed")
    columns = panels.drawn(request, account)
    context = {
        "headline": panels.headline_of(request, account),
        "left": columns[1],
        "right": columns[2],
        "latest": [(row, standing_of(row)) for row in rows.prefetch_related("pauses").order_by("-pk")[:2]],
        "ways": [Way(right, _at_once(right, account.space)) for right in EIGHT],
        "question": Right.QUESTION.value,
    }
    return render(request, "privacy/rights/my_data.html", context)


@require_safe
def requests_list(request: HttpRequest) -> HttpResponse:
    """What was asked and where it stands, the last first."""
    account, grant = asker_of(request)
    if (refused := refusal(request)) is not None:
        return refused
    record("rights.listed", by=account, object_kind="account", object_id=account.pk)
    rows = list(visible(account, grant).defer("claim_sealed", "words_sealed", "answer_sealed").order_by("-pk")[:SHOWN])
    pending = [row for row in rows if row.is_pending]
    return render(request, "privacy/rights/list.html", {"rows": rows, "pending": len(pending)})


@never_cache
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: HttpRequest) -> HttpResponse:
    """Ask for oneself, a dependant, the one whom one represents, or as an heir; no document for oneself (CGU-8.8)."""
    account, grant = asker_of(request)
    if (refused := refusal(request)) is not None:
        return refused
    asked = request.GET.get(RIGHT_ASKED, "")
    represented = _represented(grant)
    others = dependants_of(grant)
    if request.method == "POST":
        if (waiting := too_many(request, ASKED_BY_ACCOUNT, str(account.pk))) is not None:
            return waiting  # before a byte of the files is looked at
        form = AskForm(others, represented, request.POST, request.FILES)
        if form.is_valid():
            made = _asked(account, grant, form, represented)
            messages.success(request, f"Demande {made.number}\u00a0: envoi enregistré.")
            return redirect("privacy:request", number=made.number)
    else:
        form = AskForm(others, represented, initial={"right": asked if asked in Right.values else ""})
    right = asked if asked in Right.values else ""
    context = {"form": form, "represented": represented, "at_once": _at_once(right, account.space) if right else []}
    return render(request, "privacy/rights/new.html", context)


@never_cache
@require_safe
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    """One request: its clock, what happened, the answer, and what may be done next."""
    if (refused := refusal(request)) is not None:
        return refused
    row = own_request(request, number)
    record("rights.consulted", by=row.account, object_kind="rights_request", object_id=row.pk)
    texts, pauses = texts_of(row), list(row.pauses.order_by("pk"))
    context = {
        "row": row,
        "standing": standing_of(row, pauses),
        "words": texts.words,
        "concerned": texts.claim.get("concerned", ""),
        "pauses": pauses,
        "proofs": list(row.proofs.order_by("pk")),
        "decisions": decisions_of(row),
        "answer": texts.answer,
        "has_copy": gives_copy(row),
        "opinion_form": OpinionForm(initial={"opinion": row.opinion}),
    }
    return render(request, "privacy/rights/request.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_proof(request: HttpRequest, number: str) -> HttpResponse:
    """Send the proof of identity that a doubt called for."""
    if (refused := refusal(request)) is not None:
        return refused
    row = own_request(request, number)
    if row.state != State.PAUSED:
        raise Http404
    account, _grant = asker_of(request)
    form = ProofForm()
    if request.method == "POST":
        if (waiting := too_many(request, ASKED_BY_ACCOUNT, str(account.pk))) is not None:
            return waiting
        form = ProofForm(request.POST, request.FILES)
        if form.is_valid():
            actions.send_proof(by=account, request=row, files=form.cleaned_data["proofs"])
            messages.success(request, "Document reçu\u00a0: le délai de réponse court de nouveau.")
            return redirect("privacy:request", number=row.number)
    context = {"row": row, "form": form, "pause": row.pauses.filter(ended_on=None).first()}
    return render(request, "privacy/rights/proof.html", context)


@require_POST
def request_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take a request back."""
    if (refused := refusal(request)) is not None:
        return refused
    row = own_request(request, number)
    account, _grant = asker_of(request)
    with suppress(actions.NotPending):  # answered a moment ago: the page says so
        actions.withdraw(by=account, request=row)
        messages.success(request, "Demande retirée.")
    return redirect("privacy:request", number=row.number)


@require_POST
def request_opinion(request: HttpRequest, number: str) -> HttpResponse:
    """Say what the answer was worth."""
    if (refused := refusal(request)) is not None:
        return refused
    row = own_request(request, number)
    form = OpinionForm(request.POST)
    if row.state != State.ANSWERED:
        raise Http404
    if form.is_valid():
        actions.rate(by=row.account, request=row, opinion=Opinion(form.cleaned_data["opinion"]))
        messages.success(request, "Merci, votre avis est noté.")
    return redirect("privacy:request", number=row.number)


@never_cache
@require_safe
def request_answer(request: HttpRequest, number: str) -> HttpResponse:
    """The answer as a letter, signed."""
    if (refused := refusal(request)) is not None:
        return refused
    row = own_request(request, number)
    account, _grant = asker_of(request)
    if row.state != State.ANSWERED:
        raise Http404
    if (waiting := too_many(request, PRINTS_BY_ACCOUNT, str(account.pk))) is not None:
        return waiting
    pdf = documents.answer_pdf(row, by=account)
    return as_attachment(HttpResponse(pdf, content_type="application/pdf"), documents.name_of(row))


def _represented(grant: Grant | None) -> str:
    """The name of the one whom the request acts for; empty for oneself."""
    label = current_label(grant) if grant is not None else None
    return label.name if label is not None else ""


def _asked(account: Account, grant: Grant | None, form: AskForm, represented: str) -> RightsRequest:
    said = form.cleaned_data
    chosen = said["whom"]
    claim: Claim = {}
    whom, subject_id = Whom.SELF, None
    if chosen == HEIR:
        whom, claim = Whom.DECEASED, {"concerned": said["deceased"]}
    elif represented:
        whom, claim = Whom.REPRESENTED, {"concerned": represented}
    elif chosen != SELF:
        one = form.dependants[chosen]
        whom, claim, subject_id = Whom.DEPENDANT, {"concerned": one.name}, one.id
    return actions.ask(
        by=account, right=Right(said["right"]), words=said["words"], grant=grant, whom=whom, claim=claim,
        subject_id=subject_id, files=said.get("proofs") or [],
    )  # fmt: skip


def _at_once(right: str, space: str) -> list[tuple[str, str]]:
    """Label and address of the pages where a right is exercised without asking; those of absent rooms are left out."""
    found = []
    for service in self_services_of(right, space):
        with suppress(NoReverseMatch):
            found.append((service.label, reverse(service.view)))
    return found
