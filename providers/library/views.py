"""« Documents »: the texts that bind the professional and the mutual (CGU-3.3), as long as the space can be read."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portals.access.entry import account_of, grant_of
from portals.documents.actions import download
from portals.names import unaccented
from privacy.audit import record
from providers.agreements.models import Agreement, Professional
from providers.agreements.queries import agreements_of
from providers.library.models import AgreementText
from providers.library.queries import readable
from providers.library.rules import applies


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The texts in force today, then every version, text by text; and the certificates of the agreements."""
    professional_id, today = grant_of(request).tenant_id, timezone.localdate()
    found, agreements = _readable(professional_id)
    in_force = [one for one in found if applies(one, agreements, today)]
    record(
        "agreement_texts.listed", by=account_of(request), object_kind="professional", object_id=professional_id,
        details={"documents": len(in_force)},
    )  # fmt: skip
    context = {
        "today": today,
        "in_force": in_force,
        "texts": [(kind, list(versions)) for kind, versions in groupby(found, key=lambda one: one.get_kind_display())],
        "agreements": agreements,
    }
    return render(request, "providers/library/documents.html", context)


@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """The PDF of a version. One that never held for the professional is as unknown as one that never was."""
    found, _agreements = _readable(grant_of(request).tenant_id)
    wanted = next((one for one in found if one.pk == document_id), None)
    if wanted is None:
        raise Http404
    record("agreement_text.downloaded", by=account_of(request), object_kind="agreement_text", object_id=wanted.pk)
    return download(wanted.file, filename_of(wanted))


def filename_of(text: AgreementText) -> str:
    """`Convention de tiers payant V-01-2026.pdf`."""
    words = f"{unaccented(text.title)} {text.version}"
    return "".join(sign if sign.isalnum() or sign in " -_." else " " for sign in words) + ".pdf"


def _readable(professional_id: int) -> tuple[list[AgreementText], list[Agreement]]:
    professional = get_object_or_404(Professional, pk=professional_id)
    agreements = list(agreements_of(professional_id))
    return readable(professional.profession, agreements), agreements
