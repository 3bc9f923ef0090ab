"""The certificate of cover: for whom, at which date, as a PDF."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from members.certificates.contents import NothingToCertify
from members.certificates.documents import certificate_pdf, filename_of
from members.certificates.emails import REMINDER
from members.certificates.forms import CertificateForm
from members.certificates.queries import certificate_of, persons_certified
from members.households.viewpoints import viewpoint_of
from portals import jobs
from portals.access.entry import account_of
from portals.accounts import limits
from portals.documents.actions import as_attachment
from privacy.audit import record

PRINTS_BY_ACCOUNT = limits.Limit("certificate prints", 30, 3600)


@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest) -> HttpResponse:
    """Asked by POST, since giving a document out keeps its code: the answer is the PDF, or what is wrong."""
    viewpoint, account = viewpoint_of(request), account_of(request)
    persons = persons_certified(viewpoint)
    form = CertificateForm(request.POST or None, persons=persons, today=viewpoint.day)
    if request.method == "POST" and form.is_valid():
        try:
            limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
            certificate = certificate_of(viewpoint, form.chosen, form.cleaned_data["day"])
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        except NothingToCertify:
            form.add_error("day", "À cette date, cette personne n’avait encore aucun droit ouvert chez nous.")
        else:
            record(
                "certificate.downloaded", by=account, object_kind="person", object_id=form.chosen.id,
                details={"day": certificate.day.isoformat()},
            )  # fmt: skip
            pdf = HttpResponse(certificate_pdf(certificate, by=account), content_type="application/pdf")
            return as_attachment(pdf, filename_of(certificate))
    context = {"viewpoint": viewpoint, "form": form, "is_alone": len(persons) == 1}
    return render(request, "members/certificates/page.html", context)


@require_POST
def certificate_mail(request: HttpRequest) -> HttpResponse:
    """« Me l’envoyer »: a notice and a link to one's own address."""
    account = account_of(request)
    viewpoint_of(request)
    jobs.enqueue(REMINDER, key=f"{account.pk}-{timezone.now():%Y%m%d%H%M}", subject_id=account.pk)
    record("certificate.mailed", by=account, object_kind="account", object_id=account.pk)
    messages.success(request, "Un e-mail part vers votre adresse\u00a0: il mène à vos attestations, après connexion.")
    return redirect("members:certificates")
