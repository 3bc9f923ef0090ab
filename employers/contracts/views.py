"""The contracts of a company (CGU-3.20) and the texts that hold for them."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.companies.models import Company
from employers.contracts import queries
from members.library.models import LegalDocument
from members.library.rules import applied
from portals.access.entry import account_of, grant_of
from portals.documents.actions import download
from portals.names import unaccented
from privacy.audit import record


@require_safe
def contract(request: HttpRequest) -> HttpResponse:
    """Each contract: whom it covers, since when, at which rates, what it guarantees; and whom to ask."""
    company_id = grant_of(request).tenant_id
    company = get_object_or_404(Company, pk=company_id)
    terms = queries.terms_of(company_id, timezone.localdate())
    record("contract.consulted", by=account_of(request), object_kind="company", object_id=company_id)
    context = {
        "company": company,
        "running": [one for one in terms if one.is_running],
        "others": [one for one in terms if not one.is_running],
    }
    return render(request, "employers/contracts/contract.html", context)


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The texts in force today for the contracts of the company, then every version, text by text."""
    company_id, today = grant_of(request).tenant_id, timezone.localdate()
    found, stretches = queries.documents_of(company_id)
    in_force = [one for one in found if applied(one, stretches, today)]
    record(
        "library.listed", by=account_of(request), object_kind="company", object_id=company_id,
        details={"documents": len(in_force)},
    )  # fmt: skip
    context = {
        "today": today,
        "in_force": in_force,
        "texts": [(kind, list(versions)) for kind, versions in groupby(found, key=lambda one: one.get_kind_display())],
    }
    return render(request, "employers/contracts/documents.html", context)


@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """The PDF of a version. One that never held for the company is as unknown as one that never was."""
    found, _stretches = queries.documents_of(grant_of(request).tenant_id)
    wanted = next((one for one in found if one.pk == document_id), None)
    if wanted is None:
        raise Http404
    record("library.downloaded", by=account_of(request), object_kind="legal_document", object_id=wanted.pk)
    return download(wanted.file, filename_of(wanted))


def filename_of(document: LegalDocument) -> str:
    """`Statuts V-01-2025.pdf`."""
    words = f"{unaccented(document.title)} {document.version}"
    return "".join(sign if sign.isalnum() or sign in " -_." else " " for sign in words) + ".pdf"
