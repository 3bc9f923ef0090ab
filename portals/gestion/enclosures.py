"""Documents that people sent, as staff handle them: read once they are out of quarantine, let out, or taken away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from portals.access.entry import account_of
from portals.documents.models import Upload
from portals.documents.quarantine import AlreadyDecided, discard, release
from portals.documents.uploads import InQuarantine, serve


def download(request: HttpRequest, upload: Upload) -> HttpResponse:
    """The document as an attachment; 404 while it is in quarantine. The caller has checked the right to read it."""
    try:
        return serve(upload, by=account_of(request))
    except InQuarantine as error:
        raise Http404 from error


def end_quarantine(request: HttpRequest, upload: Upload, step: str) -> None:
    """`liberer` lets it out, `ecarter` takes it away for good; any other step is 404. The caller has checked the right."""
    by = account_of(request)
    try:
        if step == "liberer":
            release(by=by, upload=upload)
        elif step == "ecarter":
            discard(by=by, upload=upload, reason="Écarté par un gestionnaire.")
        else:
            raise Http404
    except AlreadyDecided:
        messages.error(request, "Ce document n’est plus en quarantaine.")
