"""Answering: accept or refuse, end, say that the employee joined; what becomes of a document."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from employers.waivers import answering
from employers.waivers.actions import NotOpen
from employers.waivers.entering import require_in_charge, standing_or_404
from employers.waivers.forms import EndForm, RefusalForm
from employers.waivers.models import WaiverRequest
from employers.waivers.views import to_waiver, upload_or_404, waiver_page
from employers.waivers.words import Answer, End
from portals.access.entry import account_of
from portals.documents.quarantine import AlreadyDecided

LATE = "Cette demande a déjà sa réponse."
UNCHECKED = "Vérifiez d’abord chaque document\u00a0: il en manque un, ou l’un d’eux est encore en quarantaine."


@require_POST
def waiver_accept(request: HttpRequest, waiver_id: int) -> HttpResponse:
    """The request is right."""
    waiting = _waiting_or_404(request, waiver_id)
    try:
        accepted = answering.accept(by=account_of(request), request=waiting)
    except answering.ProofUnchecked:
        return to_waiver(request, waiver_id, error=UNCHECKED)
    except NotOpen:
        return to_waiver(request, waiver_id, error=LATE)
    return to_waiver(
        request, waiver_id, success=f"Dispense {accepted.number} acceptée. La demande reste gardée comme preuve."
    )


@require_POST
def waiver_refuse(request: HttpRequest, waiver_id: int) -> HttpResponse:
    """The request is not right, and why."""
    waiting = _waiting_or_404(request, waiver_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return waiver_page(request, waiver_id, refusal=form)
    try:
        answering.refuse(by=account_of(request), request=waiting, reason=form.cleaned_data["reason"])
    except NotOpen:
        return to_waiver(request, waiver_id, error=LATE)
    return to_waiver(
        request, waiver_id, success="Demande refusée. Dites-le au salarié\u00a0: il doit rejoindre le contrat."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def waiver_end(request: HttpRequest, waiver_id: int) -> HttpResponse:
    """End a waiver before its time."""
    require_in_charge(request)
    standing = standing_or_404(request, waiver_id)
    if not standing.waiver.is_living:
        return to_waiver(request, waiver_id, error="Cette dispense est déjà terminée.")
    form = EndForm(request.POST if request.method == "POST" else None, waiver=standing.waiver)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answering.end(by=account_of(request), waiver=standing.waiver, why=End(said["why"]), last_day=form.last)
        except NotOpen:
            return to_waiver(request, waiver_id, error="Cette dispense est déjà terminée.")
        return to_waiver(request, waiver_id, success="La dispense est terminée.")
    return render(request, "employers/waivers/end.html", {"form": form, "waiver": standing.waiver})


@require_POST
def waiver_settle(request: HttpRequest, waiver_id: int) -> HttpResponse:
    """The employee of a waiver that ran out has joined."""
    standing = standing_or_404(request, waiver_id)
    try:
        answering.settle(by=account_of(request), waiver=standing.waiver)
    except NotOpen:
        return to_waiver(request, waiver_id, error="Rien n’est à faire pour cette dispense.")
    return to_waiver(request, waiver_id, success="C’est noté\u00a0: cette dispense ne demande plus rien.")


@require_POST
def waiver_proof_act(request: HttpRequest, waiver_id: int, upload_id: int, step: str) -> HttpResponse:
    """`verifier` lets a document out of quarantine where no antivirus runs; `medical` takes it away for good."""
    upload, by = upload_or_404(request, waiver_id, upload_id), account_of(request)
    try:
        if step == "verifier":
            answering.check_by_hand(by=by, upload=upload)
            return to_waiver(request, waiver_id, success="Document vérifié\u00a0: vous pouvez l’ouvrir.")
        if step == "medical":
            answering.discard_medical(by=by, request=_waiting_or_404(request, waiver_id), upload=upload)
            return to_waiver(request, waiver_id, success="Le document est effacé, copies comprises.")
    except (NotOpen, AlreadyDecided):
        return to_waiver(request, waiver_id, error="Ce document ne peut plus changer.")
    raise Http404


def _waiting_or_404(request: HttpRequest, waiver_id: int) -> WaiverRequest:
    """The request of a waiver that waits; the last one when none does, so that the answer says so."""
    standing = standing_or_404(request, waiver_id)
    rows = WaiverRequest.objects.filter(waiver=standing.waiver).select_related("waiver")
    waiting = rows.filter(answer=Answer.WAITING).first()
    return waiting or get_object_or_404(rows.order_by("-pk")[:1])
