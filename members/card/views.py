"""The card in the member's space: on the screen, as PDF, and a link to oneself by e-mail."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members.card import wallet as passes
from members.card.documents import Size, cards_pdf, filename_of
from members.card.emails import REMINDER
from members.card.forms import CardForm
from members.card.showing import Wallet, card_seen, issue_missing, persons_of, wallet_of
from members.households.rules import Viewpoint
from members.households.viewpoints import viewpoint_of
from portals import jobs
from portals.access.entry import account_of
from portals.accounts import limits
from portals.documents.actions import as_attachment
from privacy.audit import record

PRINTS_BY_ACCOUNT = limits.Limit("card prints", 30, 3600)


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """The card of today or of another day, for all or for one person (CGU-3.12)."""
    return _page(request, *_asked(request))


def _page(request: HttpRequest, viewpoint: Viewpoint, form: CardForm, wallet: Wallet) -> HttpResponse:
    record("card.shown", by=account_of(request), **_looked_at(wallet))
    context = {
        "viewpoint": viewpoint,
        "form": form,
        "wallet": wallet,
        "is_today": wallet.day == wallet.today,
        "facts": settings.CARD_FACTS,
        "choice": _choice(form),
        "has_passes": settings.WALLET_SIGNING is not None,
    }
    return render(request, "members/card/card.html", context)


@require_safe
def card_pdf(request: HttpRequest) -> HttpResponse:
    """The same as PDF; `size=phone` for a screen, a sheet of A4 otherwise. Without any card, the page that says why."""
    viewpoint, form, wallet = _asked(request)
    if not form.is_valid() or not wallet.issued:
        return _page(request, viewpoint, form, wallet)
    account = account_of(request)
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    size = Size.PHONE if request.GET.get("size") == Size.PHONE else Size.A4
    record("card.downloaded", by=account, **_looked_at(wallet))
    response = HttpResponse(cards_pdf(wallet.issued, size), content_type="application/pdf")
    return as_attachment(response, filename_of(wallet))


@require_safe
def card_pass(request: HttpRequest, card_id: int) -> HttpResponse:
    """A card for the wallet of a phone, when the operator signs passes; a revoked one says so itself."""
    found = card_seen(viewpoint_of(request), card_id) if settings.WALLET_SIGNING else None
    if found is None:
        raise Http404
    account = account_of(request)
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    record("card.pass_downloaded", by=account, object_kind="card", object_id=found.pk)
    response = HttpResponse(passes.pass_file(found), content_type=passes.CONTENT_TYPE)
    return as_attachment(response, passes.filename_of(found))


@require_POST
def card_issue(request: HttpRequest) -> HttpResponse:
    """« Établir ma carte »: gives out what the page lacks. Reading gives nothing out."""
    viewpoint, form, wallet = _asked(request)
    issue_missing(viewpoint, wallet, by=account_of(request))
    choice = _choice(form)
    return HttpResponseRedirect(reverse("members:card") + (f"?{choice}" if choice else ""))


@require_POST
def card_mail(request: HttpRequest) -> HttpResponse:
    """« Me l’envoyer »: a notice and a link to one's own address. The card itself never travels by e-mail."""
    account = account_of(request)
    viewpoint_of(request)
    minute = f"{timezone.now():%Y%m%d%H%M}"
    jobs.enqueue(REMINDER, key=f"{account.pk}-{minute}", subject_id=account.pk)
    record("card.mailed", by=account, object_kind="account", object_id=account.pk)
    messages.success(request, "Un e-mail part vers votre adresse\u00a0: il mène à votre carte, après connexion.")
    return HttpResponseRedirect(reverse("members:card"))


def _asked(request: HttpRequest) -> tuple[Viewpoint, CardForm, Wallet]:
    viewpoint = viewpoint_of(request)
    form = CardForm(
        request.POST if request.method == "POST" else request.GET, persons=persons_of(viewpoint), today=viewpoint.day
    )
    return viewpoint, form, wallet_of(viewpoint, day=form.day, person=form.chosen)


def _choice(form: CardForm) -> str:
    """The query string of what was asked, possibly empty."""
    said = {name: form.data.get(name, "") for name in ("date", "person")} if form.is_valid() else {}
    return urlencode({name: value for name, value in said.items() if value})


def _looked_at(wallet: Wallet) -> dict[str, Any]:
    """For the journal: the row of the first card, how many there are, and the date."""
    first = next((shown.card.pk for shown in wallet.cards if shown.card), "")
    details: dict[str, str | int] = {"cards": len(wallet.cards), "day": wallet.day.isoformat()}
    return {"object_kind": "card", "object_id": first, "details": details}
