"""Asking without an account, and the links of single use that follow: suspended, closed and former persons, heirs."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.accounts.network import address_of, network_of
from portals.documents.actions import as_attachment
from privacy.rights import actions, documents
from privacy.rights.doubts import LinkUse, RightsLink
from privacy.rights.entering import ASKED_BY_NETWORK, too_many
from privacy.rights.forms import OpinionForm, ProofForm, PublicForm
from privacy.rights.links import as_holder, read_link
from privacy.rights.models import Opinion, Right, State, Whom
from privacy.rights.queries import standing_of

TOKEN_IN_SESSION = "rights_link_token"  # noqa: S105 the name of a key
TOKEN_HIDDEN = "suite"  # noqa: S105 what stands for the token in the address
READ_IN_SESSION = "rights_answer_read"
"""The reference of the link by which this session has read an answer, and may say what it was worth."""


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def public_new(request: HttpRequest) -> HttpResponse:
    """The form of the public page. Nothing here depends on who is known (CGU-8.11)."""
    form = PublicForm()
    if request.method == "POST":
        if (waiting := too_many(request, ASKED_BY_NETWORK, network_of(address_of(request)))) is not None:
            return waiting  # before a byte of the files is looked at
        form = PublicForm(request.POST, request.FILES)
        if form.is_valid():
            said = form.cleaned_data
            actions.ask_signed_out(
                right=Right(said["right"]), whom=Whom(said["whom"]), claim=form.claim(), words=said["words"],
                files=said["proofs"],
            )  # fmt: skip
            return redirect("privacy:public_sent")
    return render(request, "privacy/rights/public_new.html", {"form": form})


@login_not_required
@require_safe
def public_sent(request: HttpRequest) -> HttpResponse:
    """The same page for the known and the unknown; the number comes by e-mail."""
    return render(request, "privacy/rights/public_sent.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """What a link opens, once its button is pressed: filters that follow links use nothing up.

    The token moves from the address to the session before any page is shown.
    """
    if request.method == "POST" and request.session.get(READ_IN_SESSION) == reference and "opinion" in request.POST:
        return _rated(request, reference)
    given = request.session.get(TOKEN_IN_SESSION, "") if token == TOKEN_HIDDEN else token
    found = read_link(reference, given)
    if found is None:
        return render(request, "privacy/rights/link_over.html", status=410)
    if token != TOKEN_HIDDEN:
        request.session[TOKEN_IN_SESSION] = token
        return redirect("privacy:link", reference=reference, token=TOKEN_HIDDEN)
    with as_holder():
        return _opened(request, found)


def _opened(request: HttpRequest, found: RightsLink) -> HttpResponse:
    row = found.request
    if found.use == LinkUse.ANSWER:
        return _answer(request, found)
    if found.use == LinkUse.FOLLOW:
        return render(request, "privacy/rights/link_follow.html", {"row": row, "standing": standing_of(row)})
    if not row.is_pending or (found.use == LinkUse.PROOF and row.state != State.PAUSED):
        return render(request, "privacy/rights/link_over.html", status=410)
    return _proof(request, found) if found.use == LinkUse.PROOF else _confirm(request, found)


def _confirm(request: HttpRequest, found: RightsLink) -> HttpResponse:
    if request.method == "POST":
        actions.confirm_by_link(found)
        return render(request, "privacy/rights/link_done.html", {"row": found.request, "confirmed": True})
    return render(request, "privacy/rights/link_confirm.html", {"row": found.request})


def _proof(request: HttpRequest, found: RightsLink) -> HttpResponse:
    form = ProofForm()
    if request.method == "POST":
        if (waiting := too_many(request, ASKED_BY_NETWORK, network_of(address_of(request)))) is not None:
            return waiting
        form = ProofForm(request.POST, request.FILES)
        if form.is_valid():
            actions.send_proof(by=None, request=found.request, files=form.cleaned_data["proofs"])
            actions.use_link(found)
            return render(request, "privacy/rights/link_done.html", {"row": found.request, "confirmed": False})
    pause = found.request.pauses.filter(ended_on=None).first()
    return render(request, "privacy/rights/link_proof.html", {"row": found.request, "form": form, "pause": pause})


def _answer(request: HttpRequest, found: RightsLink) -> HttpResponse:
    """The letter leaves once: the button downloads it, and the link is used."""
    if request.method != "POST" or "opinion" in request.POST:
        return render(request, "privacy/rights/link_answer.html", {"row": found.request})
    pdf = documents.answer_pdf(found.request, by=None)
    actions.use_link(found)
    request.session[READ_IN_SESSION] = found.reference
    return as_attachment(HttpResponse(pdf, content_type="application/pdf"), documents.name_of(found.request))


def _rated(request: HttpRequest, reference: str) -> HttpResponse:
    form = OpinionForm(request.POST)
    if form.is_valid():
        with as_holder():  # this session has just read the answer by its link
            row = RightsLink.objects.select_related("request").get(reference=reference).request
        actions.rate(by=None, request=row, opinion=Opinion(form.cleaned_data["opinion"]))
    return render(request, "privacy/rights/link_rated.html")
