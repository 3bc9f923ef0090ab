"""« Ma portabilité »: until when cover goes on, the proof that keeps it, what stops it, the contract offered after it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.households.viewpoints import viewpoint_of
from members.portability import actions, offers
from members.portability.documents import NOTICE_FILE, OFFER_FILE, notice_pdf, offer_pdf
from members.portability.forms import ProofForm, StopForm
from members.portability.models import IndividualOffer
from members.portability.queries import Standing, ended_policy, offers_of, standings_of
from members.portability.rules import CAPS
from members.portability.words import Cause, OfferState
from portals.access.entry import account_of
from portals.accounts import limits
from portals.accounts.security.step_up import kept_fields, step_up_required
from portals.documents.actions import as_attachment
from portals.documents.uploads import count_attempt
from portals.presentation.formats import long_date
from privacy.audit import record

PDF = "application/pdf"
PRINTS_BY_ACCOUNT = limits.Limit("portability prints", 30, 3600)
OVER = "Cette portabilité n’est plus en cours."


@require_safe
def portability(request: HttpRequest) -> HttpResponse:
    """Until when, for whom, what is awaited, what comes after."""
    viewpoint = viewpoint_of(request)
    standings, made = standings_of(viewpoint), list(offers_of(viewpoint))
    record("portability.consulted", by=account_of(request), object_kind="household", object_id=viewpoint.household_id)
    context = {
        "viewpoint": viewpoint,
        "standing": standings[0] if standings else None,
        "earlier": standings[1:],
        "offer": made[0] if made else None,
        "may_ask": bool(made) and made[0].state == OfferState.SENT and made[0].until >= viewpoint.day,
        "caps": CAPS,
        "ended": None if standings else ended_policy(viewpoint),
    }
    return render(request, "members/portability/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    """Send the certificate of the benefit."""
    standing, account = _living(request), account_of(request)
    if standing is None:
        return redirect("members:portability")
    if request.method == "POST":
        try:
            count_attempt(account)  # before a byte of the files is looked at
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
    already = len(standing.waiting.uploads.all()) if standing.waiting else 0
    form = ProofForm(request.POST or None, request.FILES or None, already=already)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_proof(by=account, portability=standing.row, files=form.cleaned_data["proofs"])
        except actions.NotRunning:
            messages.error(request, OVER)
        else:
            messages.success(request, "Document reçu\u00a0: votre couverture continue pendant que nous le vérifions.")
        return redirect("members:portability")
    return render(request, "members/portability/proof.html", {"form": form, "standing": standing})


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def stop(request: HttpRequest) -> HttpResponse:
    """Declare what stops it: first what follows from it, then the button."""
    standing = _living(request)
    if standing is None:
        return redirect("members:portability")
    form = StopForm(request.POST or kept_fields(request) or None, ends_on=standing.row.ends_on)
    is_checked = form.is_bound and form.is_valid()
    if request.method == "POST" and is_checked and "confirm" in request.POST:
        said = form.cleaned_data
        try:
            row = actions.declare_stop(
                by=account_of(request), portability=standing.row, cause=Cause(said["cause"]), since=said["since"]
            )
        except actions.NotRunning:
            messages.error(request, OVER)
        else:
            messages.success(
                request, f"C’est noté\u00a0: votre couverture va jusqu’au {long_date(row.last_day)} au soir."
            )
        return redirect("members:portability")
    context = {
        "form": form,
        "standing": standing,
        "is_checked": is_checked,
        "last_day": min(form.last_day, standing.row.last_day),
        "keeps_offer": is_checked and form.cleaned_data["cause"] != Cause.NEW_JOB,
    }
    return render(request, "members/portability/stop.html", context)


@require_POST
@step_up_required
def resume(request: HttpRequest) -> HttpResponse:
    """Take the declaration back, before its last day."""
    standing = next((one for one in standings_of(viewpoint_of(request)) if one.may_take_back), None)
    if standing is None:
        messages.error(request, OVER)
        return redirect("members:portability")
    try:
        actions.take_back(by=account_of(request), portability=standing.row)
    except (actions.NotRunning, actions.TooLate):
        messages.error(request, OVER)
    else:
        messages.success(request, "Votre déclaration est annulée\u00a0: votre couverture continue.")
    return redirect("members:portability")


@require_POST
def notice(request: HttpRequest) -> HttpResponse:
    """The notice. By POST: giving a document out keeps its code."""
    standing = next((one for one in standings_of(viewpoint_of(request)) if one.is_own), None)
    if standing is None:
        raise Http404
    if (waiting := _too_many(request)) is not None:
        return waiting
    record("portability.printed", by=account_of(request), object_kind="portability", object_id=standing.row.pk)
    pdf = notice_pdf(standing, by=account_of(request))
    return as_attachment(HttpResponse(pdf, content_type=PDF), NOTICE_FILE)


@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    """The offer that was made."""
    row = _made_offer(request)
    if (waiting := _too_many(request)) is not None:
        return waiting
    record("portability.offer_printed", by=account_of(request), object_kind="individual_offer", object_id=row.pk)
    return as_attachment(HttpResponse(offer_pdf(row, by=account_of(request)), content_type=PDF), OFFER_FILE)


@require_POST
def offer_ask(request: HttpRequest) -> HttpResponse:
    """Ask for the individual contract: an adviser answers, nothing is signed here."""
    row = _made_offer(request)
    try:
        offers.ask(by=account_of(request), offer=row)
    except offers.NotOffered:
        messages.error(request, "Cette offre ne peut plus être demandée ici\u00a0: écrivez-nous.")
    else:
        messages.success(request, "Demande reçue. Un conseiller vous répond\u00a0; rien n’est encore signé.")
    return redirect("members:portability")


def _living(request: HttpRequest) -> Standing | None:
    """The viewer's own portability, when it takes proofs and declarations."""
    return next((one for one in standings_of(viewpoint_of(request)) if one.is_living), None)


def _made_offer(request: HttpRequest) -> IndividualOffer:
    """The latest offer that has left. Raises Http404 without one."""
    row = offers_of(viewpoint_of(request)).filter(state__in=offers.MADE).first()
    if row is None:
        raise Http404
    return row


def _too_many(request: HttpRequest) -> HttpResponse | None:
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account_of(request).pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    return None
