"""Signed out: declaring a death, the page of an account whose holder died, the taking of what was left to somebody."""

from tempfile import TemporaryFile

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portals.accounts.limits import Limit
from portals.accounts.network import address_of, network_of
from portals.documents.actions import as_attachment
from privacy.deaths import declaring, working
from privacy.deaths.forms import DeathForm
from privacy.deaths.package import write_package
from privacy.rights.entering import too_many
from privacy.rights.links import as_holder

DECLARED_BY_NETWORK = Limit("deaths network", 30, 3600)
TOKEN_IN_SESSION = "handover_token"  # noqa: S105 the name of a key
TOKEN_HIDDEN = "suite"  # noqa: S105 what stands for the token in the address
FILE_NAME = "donnees-remises.zip"


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Nothing here depends on who is known: not the page, not its time, not the e-mail."""
    form = DeathForm()
    if request.method == "POST":
        if (waiting := too_many(request, DECLARED_BY_NETWORK, network_of(address_of(request)))) is not None:
            return waiting  # before a byte of the files is looked at
        form = DeathForm(request.POST, request.FILES)
        if form.is_valid():
            declaring.declare_signed_out(claim=form.claim(), files=form.cleaned_data["proofs"])
            return redirect("privacy:death_sent")
    return render(request, "privacy/deaths/declare.html", {"form": form})


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same page for the known and the unknown."""
    return render(request, "privacy/deaths/sent.html")


@login_not_required
@never_cache
@require_safe
def memorial(request: HttpRequest) -> HttpResponse:
    """Where the right password of a departed person's account leads. It names nobody."""
    return render(request, "privacy/deaths/memorial.html", status=403)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, reference: str, token: str) -> HttpResponseBase:
    """Take what was left, once its button is pressed: filters that follow links use nothing up.

    The token moves from the address to the session before any page is shown.
    """
    secret = request.session.get(TOKEN_IN_SESSION, "") if token == TOKEN_HIDDEN else token
    with as_holder():  # nobody is signed in: the secret part says which handover may be touched
        given = working.read_link(reference, secret)
        if given is None:
            return render(request, "privacy/rights/link_over.html", status=410)
        if token != TOKEN_HIDDEN:
            request.session[TOKEN_IN_SESSION] = token
            return redirect("privacy:handover", reference=reference, token=TOKEN_HIDDEN)
        if request.method != "POST":
            return render(request, "privacy/deaths/handover.html", {"given": given})
        target = TemporaryFile()  # noqa: SIM115  closed by the response that sends it
        write_package(given.task, target)
        working.take(given)
    target.seek(0)
    return as_attachment(FileResponse(target, content_type="application/zip"), FILE_NAME)
