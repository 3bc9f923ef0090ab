"""The pages of `/medical/`. Whoever is not named finds nothing there (`entrance.for_readers`)."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.entry import account_of
from portals.accounts import limits
from portals.accounts.models import Account
from portals.accounts.network import address_of, network_of
from portals.accounts.second_factor import passkeys
from portals.accounts.second_factor.actions import passkey_refused, passkey_used, try_code
from portals.accounts.second_factor.forms import CodeForm
from portals.accounts.second_factor.queries import has_passkey, typed_codes_of
from portals.accounts.second_factor.views import WRONG_CODE, WRONG_PASSKEY, refusal
from portals.documents.actions import as_attachment
from portals.gestion.conditions import asked_of
from privacy.audit import record
from privacy.vault import readers
from privacy.vault.errors import NotAllowed, VaultUnreadable
from privacy.vault.medical import deciding, entrance
from privacy.vault.medical.entrance import duty_here, for_readers
from privacy.vault.medical.forms import AssistantForm, DecisionForm
from privacy.vault.medical.queries import OpenCase, looks, open_case, queue, waiting
from privacy.vault.models import MedicalCase
from privacy.vault.noting import note
from privacy.vault.opening import piece
from privacy.vault.readers import Duty
from privacy.vault.rules import Outcome, is_for_adviser_alone

PAGE_SIZE = 30
BROKEN = "Une pièce de ce dossier a été altérée ou déplacée\u00a0: elle ne s’ouvre plus. L’incident est noté."
for_adviser = partial(for_readers, adviser_only=True)


@partial(for_readers, at_the_door=True)
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """The second factor, asked anew whatever the session has already shown."""
    account = account_of(request)
    asked = next((one for one in asked_of(account) if one.blocks), None)
    if asked is not None:  # the staff charter is asked of whoever enters here too (PDP-7.2)
        return redirect(asked.path)
    choices = typed_codes_of(account)
    form, passkey_error, status = CodeForm(choices=choices), "", 200
    if request.method == "POST":
        try:
            if request.POST.get("credential"):
                passkey_error = "" if _by_passkey(request, account) else WRONG_PASSKEY
            else:
                form = CodeForm(request.POST, choices=choices)
                _by_code(request, account, form)
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        if entrance.is_inside(request) and not passkey_error and not form.errors:
            return redirect(_asked(request))
        status = 400
    context = {
        "form": form,
        "has_codes": bool(form.by_name),
        "passkey_question": passkeys.ask_assertion(request, account) if has_passkey(account) else "",
        "passkey_error": passkey_error,
        "minutes": entrance.LASTS // 60,
    }
    return render(request, "privacy/vault/medical/door.html", context, status=status)


@for_readers
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the vault without waiting for the fifteen minutes."""
    entrance.close(request)
    return redirect("medical:entrance")


@for_readers
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The cases, by their references: no name, which is sealed."""
    rows = queue()
    record("vault.queue_listed", by=account_of(request), object_kind="account", object_id=account_of(request).pk)
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "waiting": waiting(rows).count(),
        "is_adviser": duty_here(request) == Duty.ADVISER,
    }
    return render(request, "privacy/vault/medical/home.html", context)


@for_readers
@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """A case in clear. The look is journalled before anything is opened (PDP-4.8)."""
    row = _case(request, reference)
    _note("vault.read", request, row)
    return _case_page(request, row, DecisionForm(case=row))


@for_readers
@require_safe
def document(request: HttpRequest, reference: str, piece_id: uuid.UUID) -> HttpResponse:
    """A document, as an attachment."""
    row = _case(request, reference)
    _note("vault.document_read", request, row)
    try:
        found = piece(account_id=row.account_id, case=row.reference, row_id=piece_id)
    except VaultUnreadable:
        _note("vault.unreadable", request, row, result="failed")
        messages.error(request, BROKEN)
        return redirect("medical:case", row.reference)
    if found is None or "name" not in found.head:
        raise Http404
    return as_attachment(HttpResponse(found.body, content_type=found.head["type"]), found.head["name"])


@for_adviser
@require_POST
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer: one word for the contract, the reasons for the vault."""
    row = _case(request, reference)
    form = DecisionForm(request.POST, case=row)
    if not form.is_valid():
        _note("vault.read", request, row)
        return _case_page(request, row, form)
    said = form.cleaned_data
    try:
        deciding.decide(by=account_of(request), case=row, outcome=Outcome(said["outcome"]), opinion=said["opinion"])
    except NotAllowed:
        messages.error(request, "Ce dossier n’attend plus de réponse.")
    else:
        messages.success(request, f"Dossier {row.reference}\u00a0: votre réponse est rendue.")
    return redirect("medical:home")


@for_adviser
@require_POST
def copy_given(request: HttpRequest, reference: str) -> HttpResponse:
    """The copy went out, under closed cover."""
    row = _case(request, reference)
    try:
        deciding.give_copy(by=account_of(request), case=row)
    except NotAllowed:
        messages.error(request, "Aucune copie n’est attendue pour ce dossier.")
    else:
        messages.success(request, "C’est noté.")
    return redirect("medical:case", row.reference)


@for_readers
@require_safe
def looks_page(request: HttpRequest) -> HttpResponse:
    """Who opened what, and who tried to."""
    record("vault.looks_listed", by=account_of(request), object_kind="account", object_id=account_of(request).pk)
    return render(request, "privacy/vault/medical/looks.html", {"looks": looks()})


@for_adviser
@require_http_methods(["GET", "HEAD", "POST"])
def assistants(request: HttpRequest) -> HttpResponse:
    """Who reads besides the adviser: named, and taken off, by the adviser alone."""
    nameable = readers.nameable_assistants()
    form = AssistantForm(request.POST if request.method == "POST" else None, accounts=nameable)
    if form.is_valid():
        chosen = next(one for one in nameable if str(one.pk) == form.cleaned_data["account"])
        readers.name(by=account_of(request), account=chosen, duty=Duty.ASSISTANT)
        messages.success(request, f"{chosen.display_name} peut maintenant ouvrir les dossiers.")
        return redirect("medical:assistants")
    context = {"form": form, "readers": readers.current_readers(), "nobody": not nameable}
    return render(request, "privacy/vault/medical/assistants.html", context)


@for_adviser
@require_POST
def assistant_end(request: HttpRequest, account_id: int) -> HttpResponse:
    """Take an assistant off, at once."""
    account = get_object_or_404(Account, pk=account_id, is_staff=True)
    if readers.end(by=account_of(request), account=account, duties=(Duty.ASSISTANT,)):
        messages.success(request, f"{account.display_name} n’ouvre plus aucun dossier.")
    return redirect("medical:assistants")


def _case(request: HttpRequest, reference: str) -> MedicalCase:
    """A case of the queue; an old one is for the adviser alone."""
    row = get_object_or_404(queue(), reference=reference)
    decided_on = timezone.localdate(row.decided_at) if row.decided_at else None
    if duty_here(request) != Duty.ADVISER and is_for_adviser_alone(decided_on, timezone.localdate()):
        raise Http404
    return row


def _case_page(request: HttpRequest, row: MedicalCase, form: DecisionForm) -> HttpResponse:
    opened: OpenCase | None = None
    try:
        opened = open_case(row)
    except VaultUnreadable:
        _note("vault.unreadable", request, row, result="failed")
    context = {
        "case": row,
        "opened": opened,
        "form": form,
        "may_decide": duty_here(request) == Duty.ADVISER and row.state == "sent",
        "awaits_copy": row.copy_asked_at is not None and row.copy_given_at is None,
        "is_adviser": duty_here(request) == Duty.ADVISER,
        "broken": BROKEN,
    }
    return render(request, "privacy/vault/medical/case.html", context)


def _note(action: str, request: HttpRequest, row: MedicalCase, *, result: str = "done") -> None:
    note(action, by=account_of(request), case=row, result=result)


def _by_code(request: HttpRequest, account: Account, form: CodeForm) -> None:
    """Open when the code is good; otherwise the form says why. Raises LimitReached before anything is looked at."""
    if not form.is_valid():
        return
    reservation = limits.reserve_code_check(account.identifier, network_of(address_of(request)))
    attempt = try_code(by=account, device=form.cleaned_data["device"], code=form.cleaned_data["token"])
    if attempt.is_good:
        reservation.refund()
        entrance.open_for(request, account)
    else:
        form.add_error("token", refusal(attempt, WRONG_CODE))


def _by_passkey(request: HttpRequest, account: Account) -> bool:
    try:
        device = passkeys.read_assertion(request, account, request.POST["credential"])
    except passkeys.PasskeyRefused:
        passkey_refused(by=account)
        return False
    passkey_used(by=account, device=device)
    entrance.open_for(request, account)
    return True


def _asked(request: HttpRequest) -> str:
    """The page that was wanted, when it is one of this room."""
    address = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours and address.startswith("/medical/") else "/medical/"
