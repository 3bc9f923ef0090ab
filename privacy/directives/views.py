"""One's directives: what counts, writing, revoking, and every version as a document."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.access import closed
from portals.access.entry import account_of, entry_of
from portals.accounts.security.step_up import step_up_required
from portals.documents.actions import as_attachment
from privacy.audit import record
from privacy.directives import actions
from privacy.directives.contents import content_of
from privacy.directives.documents import directives_pdf, filename_of
from privacy.directives.forms import DirectivesForm, answers_of
from privacy.directives.holders import Writer, writers_of
from privacy.directives.queries import in_force, versions_of
from privacy.directives.rules import Capacity
from privacy.rights.entering import PRINTS_BY_ACCOUNT, asker_of, refusal, too_many

FOR = "pour"
"""In the address: the number of the child whose directives the page is about."""
READ = "read"


def _entered(request: HttpRequest) -> tuple[list[Writer], Writer | None, HttpResponse | None]:
    """Whose directives may be written, whose the page is about, or the answer to give instead."""
    asker_of(request)
    if (refused := refusal(request)) is not None:
        return [], None, refused
    grant = entry_of(request).grant
    writers = writers_of(request)
    if not writers:
        return [], None, closed.consult_only(request) if grant and grant.consult_only else _not_theirs(request)
    asked = request.GET.get(FOR, "")
    if not asked:
        return writers, writers[0], None
    chosen = next((one for one in writers if str(one.holder.subject_id) == asked), None)
    if chosen is None:
        raise Http404
    return writers, chosen, None


def _not_theirs(request: HttpRequest) -> HttpResponse:
    """Whoever acts for somebody else never decides this in their place."""
    return render(request, "privacy/directives/not_theirs.html", status=403)


def _address(name: str, writer: Writer, *args: object) -> str:
    """A page of this room about the same person."""
    about = f"?{FOR}={writer.holder.subject_id}" if writer.capacity == Capacity.PARENT else ""
    return reverse(f"privacy:{name}", args=args) + about


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What counts now, and everything that was written before."""
    writers, writer, instead = _entered(request)
    if instead is not None or writer is None:
        return instead or _not_theirs(request)
    versions = list(versions_of(writer.holder))
    standing = in_force(writer.holder, timezone.localdate())
    record(
        "directives.shown", by=account_of(request), object_kind="directives", object_id=standing.pk if standing else ""
    )
    context = {
        "writer": writer,
        "is_child": writer.capacity == Capacity.PARENT,
        "others": [(one.name, _address("directives", one)) for one in writers if one != writer],
        "standing": standing,
        "content": content_of(standing) if standing else None,
        "versions": [(one, _address("directives_document", writer, one.number)) for one in versions],
        "write": _address("directives_write", writer),
        "revoke": _address("directives_revoke", writer),
    }
    return render(request, "privacy/directives/page.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def write(request: HttpRequest) -> HttpResponse:
    """Write directives, or change them: a new version, with its own specific accord (PDP-8.8)."""
    _writers, writer, instead = _entered(request)
    if instead is not None or writer is None:
        return instead or _not_theirs(request)
    last = versions_of(writer.holder).first()
    standing = in_force(writer.holder, timezone.localdate())
    number = last.number if last else 0
    is_sent = request.method == "POST"
    form = DirectivesForm(
        writer.capacity, request.POST if is_sent else None,
        initial=answers_of(content_of(standing)) if standing else {},
    )  # fmt: skip
    if is_sent and form.is_valid():
        read = request.POST.get(READ, "")
        try:
            actions.write(
                by=account_of(request), writer=writer, content=form.content(), accepted=form.cleaned_data["accord"],
                read=int(read) if read.isdecimal() else 0,
            )  # fmt: skip
        except actions.ChangedMeanwhile:
            form.add_error(None, "Une autre version vient d’être enregistrée\u00a0: relisez-la avant de la remplacer.")
        else:
            messages.success(request, "Vos directives sont enregistrées. Elles comptent dès maintenant.")
            return redirect(_address("directives", writer))
    context = {
        "writer": writer, "form": form, "read": number, "standing": standing, "back": _address("directives", writer),
        "is_child": writer.capacity == Capacity.PARENT,
    }  # fmt: skip
    return render(request, "privacy/directives/write.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def revoke(request: HttpRequest) -> HttpResponse:
    """Revoke them all; as easy as writing them."""
    _writers, writer, instead = _entered(request)
    if instead is not None or writer is None:
        return instead or _not_theirs(request)
    back = _address("directives", writer)
    if request.method == "POST":
        try:
            actions.revoke(by=account_of(request), writer=writer)
        except actions.NothingToRevoke:
            messages.info(request, "Aucune directive n’était en vigueur.")
        else:
            messages.success(request, "Vos directives sont révoquées. Elles ne seront pas appliquées.")
        return redirect(back)
    standing = in_force(writer.holder, timezone.localdate())
    return render(request, "privacy/directives/revoke.html", {"writer": writer, "standing": standing, "back": back})


@never_cache
@require_safe
def document(request: HttpRequest, number: int) -> HttpResponse:
    """A version, as it was recorded."""
    _writers, writer, instead = _entered(request)
    if instead is not None or writer is None:
        return instead or _not_theirs(request)
    version = get_object_or_404(versions_of(writer.holder), number=number)
    account = account_of(request)
    if (waiting := too_many(request, PRINTS_BY_ACCOUNT, str(account.pk))) is not None:
        return waiting
    record("directives.printed", by=account, object_kind="directives", object_id=version.pk)
    pdf = directives_pdf(version, name=writer.name, by=account)
    return as_attachment(HttpResponse(pdf, content_type="application/pdf"), filename_of(version))
