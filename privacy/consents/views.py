"""« Mes choix »: what one accepts, its history, and the proof of each choice."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access import closed
from portals.access.entry import account_of, entry_of
from portals.access.switching import choice_to_make
from portals.accounts import limits
from portals.accounts.models import Space
from portals.documents.actions import as_attachment
from privacy.audit import record
from privacy.consents.actions import TextsChanged, choose
from privacy.consents.documents import filename_of, proof_pdf
from privacy.consents.holders import Chooser, choosers_of
from privacy.consents.queries import Offered, history_of, offered_to
from privacy.consents.rules import Kind

PRINTS_BY_ACCOUNT = limits.Limit("consent proofs", 30, 3600)
HISTORY_SHOWN = 200
SAVED = "C’est enregistré, et cela vaut dès maintenant."
UNCHANGED = "Rien n’a changé\u00a0: vos choix sont ceux qui étaient déjà enregistrés."
CHANGED_TEXTS = "Un texte a changé pendant que vous lisiez\u00a0: rien n’est enregistré. Relisez, puis enregistrez."


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Every box, for oneself or for whoever one chooses for. One form: to accept and to refuse cost the same."""
    if (refusal := _refusal(request)) is not None:
        return refusal
    chooser, choosers = _chosen(request)
    if request.method == "POST":
        try:
            added = choose(by=account_of(request), chooser=chooser, ticked=_ticked(request), read=_read(request))
        except TextsChanged:
            messages.error(request, CHANGED_TEXTS)
        else:
            messages.success(request, SAVED if added else UNCHANGED)
            return redirect(_address("privacy:preferences", chooser, choosers))
    offered = offered_to(chooser.holder)
    record("consents.listed", by=account_of(request), object_kind="holder", object_id=chooser.holder.subject_id)
    context = {
        "chooser": chooser,
        "choosers": choosers,
        "is_self": chooser == choosers[0],
        "groups": [(kind, [one for one in offered if one.purpose.kind == kind]) for kind in Kind],
        "accepted": sum(box.accepted for one in offered for box in one.boxes),
        "read": ",".join(str(one.text.pk) for one in offered),
        "history_url": _address("privacy:preferences_history", chooser, choosers),
        "summary": _summary(offered),
    }
    return render(request, "privacy/consents/preferences.html", context)


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Every choice, newest first, with the text that was shown."""
    if (refusal := _refusal(request)) is not None:
        return refusal
    chooser, choosers = _chosen(request)
    record("consents.listed", by=account_of(request), object_kind="holder", object_id=chooser.holder.subject_id)
    context = {
        "chooser": chooser,
        "is_self": chooser == choosers[0],
        "choices": history_of(chooser.holder)[:HISTORY_SHOWN],
        "back": _address("privacy:preferences", chooser, choosers),
    }
    return render(request, "privacy/consents/history.html", context)


@require_POST
def proof(request: HttpRequest, choice_id: int) -> HttpResponse:
    """The proof of one choice, as PDF. Asked by POST, since giving a document out keeps its code."""
    if (refusal := _refusal(request, changes=False)) is not None:
        return refusal
    for chooser in choosers_of(request):
        choice = history_of(chooser.holder).filter(pk=choice_id).first()
        if choice is None:
            continue
        account = account_of(request)
        try:
            limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        record("consent.proved", by=account, object_kind="choice", object_id=choice.pk)
        pdf = HttpResponse(proof_pdf(choice, name=chooser.name, by=account), content_type="application/pdf")
        return as_attachment(pdf, filename_of(choice))
    raise Http404


def _refusal(request: HttpRequest, *, changes: bool = True) -> HttpResponse | None:
    """Whom the page is not for: staff, who have nothing of their own here; whoever consults only, when they choose."""
    if account_of(request).space == Space.STAFF:
        raise Http404
    if (choosing := choice_to_make(request)) is not None:
        return choosing
    grant = entry_of(request).grant
    if grant is not None and grant.consult_only and changes and request.method == "POST":
        return closed.consult_only(request)
    return None


def _chosen(request: HttpRequest) -> tuple[Chooser, list[Chooser]]:
    """The person of `?pour=`, oneself without it; somebody for whom one may not choose is 404."""
    choosers = choosers_of(request)
    wanted = request.GET.get("pour", "")
    if not wanted:
        return choosers[0], choosers
    found = [one for one in choosers if str(one.holder.subject_id) == wanted]
    if not found:
        raise Http404
    return found[0], choosers


def _address(name: str, chooser: Chooser, choosers: list[Chooser]) -> str:
    whose = "" if chooser == choosers[0] else f"?{urlencode({'pour': chooser.holder.subject_id})}"
    return reverse(name) + whose


def _ticked(request: HttpRequest) -> set[tuple[str, str]]:
    """The boxes, each `purpose:channel`."""
    parts = (value.partition(":") for value in request.POST.getlist("yes"))
    return {(purpose, channel) for purpose, _sign, channel in parts}


def _read(request: HttpRequest) -> set[int]:
    """The texts that the page showed."""
    return {int(part) for part in request.POST.get("read", "").split(",") if part.isascii() and part.isdecimal()}


def _summary(offered: list[Offered]) -> str:
    """What the answer of the page says: the names of what is accepted, in the order of the page."""
    names = [one.text.label for one in offered if any(box.accepted for box in one.boxes)]
    return ", ".join(names)
