"""Writing a first text, complaint or message: the form, its draft, and what was typed when the session had ended."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from portals.accounts.models import Account
from portals.correspondence import actions, drafts
from portals.correspondence.entering import Writer, refusal, too_many, writer_of
from portals.correspondence.medical import sealed_way, speaks_of_health
from portals.correspondence.models import Kind

TOPIC_ASKED = "sujet"
"""In the address: the topic that the link leading here has chosen."""
KEEP = "keep"
"""The button that keeps the draft; any other sends."""


def _nothing_beside(_writer: Writer) -> dict[str, object]:
    return {}


@dataclass(frozen=True)
class Composition:
    """What differs between a complaint and a message. `kept` are the answers that a draft holds.

    `beside`: what else the page of the form says to whoever writes.
    """

    kind: Kind
    form: Callable[..., forms.Form]
    template: str
    here: str
    then: str
    kept: tuple[str, ...]
    beside: Callable[[Writer], dict[str, object]] = _nothing_beside


def compose(request: HttpRequest, composition: Composition) -> HttpResponse:
    """The whole exchange. Signed out, what was posted becomes a draft and the sign-in leads back to it."""
    if not isinstance(request.user, Account):
        return _signed_out(request, composition)
    writer = writer_of(request)
    if (refused := refusal(request, composition.kind)) is not None:
        return refused
    if request.method != "POST":
        return _blank(request, composition, writer)
    if speaks_of_health(request.POST) and (way := sealed_way(writer.account)) is not None:
        return redirect(way, preserve_request=True)  # 307: what was typed goes on to the sealed page, and nowhere else
    return _keep(request, composition, writer) if KEEP in request.POST else _send(request, composition, writer)


def _send(request: HttpRequest, composition: Composition, writer: Writer) -> HttpResponse:
    if (waiting := too_many(request, writer.account)) is not None:
        return waiting  # before a byte of the files is looked at
    form = composition.form(writer.account, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, composition, writer, form)
    said = form.cleaned_data
    thread = actions.write(
        by=writer.account, kind=composition.kind, topic=said["topic"], text=said["text"], grant=writer.grant,
        files=said["enclosures"],
    )  # fmt: skip
    messages.success(request, f"{composition.kind.label} {thread.number}\u00a0: envoi enregistré.")
    return redirect(composition.then, number=thread.number)


def _signed_out(request: HttpRequest, composition: Composition) -> HttpResponse:
    if (
        request.method == "POST"
        and not speaks_of_health(request.POST)
        and drafts.rescue(request, composition.kind, composition.kept)
    ):
        messages.warning(
            request, "Votre session avait pris fin. Votre texte est gardé\u00a0: connectez-vous pour le reprendre."
        )
    return redirect(f"{reverse('portals:login')}?{urlencode({'next': reverse(composition.here)})}")


def _keep(request: HttpRequest, composition: Composition, writer: Writer) -> HttpResponse:
    if speaks_of_health(request.POST):
        return _send(request, composition, writer)  # which refuses it, and keeps nothing
    answers = {name: request.POST.get(name, "")[: drafts.MAX_CHARACTERS] for name in composition.kept}
    drafts.save(by=writer.account, kind=composition.kind, answers=answers)
    messages.success(request, "Brouillon gardé 30 jours. Les pièces jointes seront à choisir au moment de l’envoi.")
    return redirect(composition.here)


def _blank(request: HttpRequest, composition: Composition, writer: Writer) -> HttpResponse:
    draft = drafts.kept(writer.account, composition.kind)
    asked = {"topic": request.GET.get(TOPIC_ASKED, "")}
    form = composition.form(writer.account, initial=draft[0] if draft else asked)
    return _page(request, composition, writer, form, saved_at=draft[1] if draft else None)


def _page(
    request: HttpRequest, composition: Composition, writer: Writer, form: forms.Form, **more: object
) -> HttpResponse:
    holder = drafts.holder_word(writer.account, composition.kind)
    way = sealed_way(writer.account)
    context = {
        "saved_at": None, **composition.beside(writer), **more, "form": form, "holder": holder, "medical_way": way,
    }  # fmt: skip
    return render(request, composition.template, context)
