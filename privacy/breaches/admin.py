"""Incidents as the DPO and the security officer see them: one page each, every look is in the journal."""

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portals.access.entry import account_of
from portals.access.models import Restriction
from portals.accounts.fraud.actions import open_description
from portals.accounts.fraud.queries import report_of
from portals.accounts.models import Account
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.breaches.actions import report
from privacy.breaches.acts import attempt, page_of
from privacy.breaches.containing import MEASURES, contain
from privacy.breaches.containing import RIGHT as CONTAIN
from privacy.breaches.forms import HandlerReportForm, ReportForm
from privacy.breaches.incident_acts import ACTS
from privacy.breaches.models import Incident, IncidentState
from privacy.breaches.violations.models import Breach
from privacy.watch.actions import NotDismissible, dismiss
from privacy.watch.models import Anomaly

DISMISS, REPORT = "privacy.dismiss_incident", "privacy.add_incident"
DRILLED = "Exercice\u00a0: la mesure est notée, rien n’est arrêté."


class DismissalForm(forms.Form):
    """Why an alert of the watch was harmless; figures are corrected from these reasons."""

    reason = forms.CharField(
        label="Pourquoi elle est sans gravité",
        min_length=10,
        max_length=500,
        help_text="Ce que vous avez vérifié. Aucun nom, aucun détail de santé.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Écrivez ce que vous avez vérifié.",
            "min_length": "Dites-en un peu plus\u00a0: dix signes au moins.",
        },
    )


@admin.register(Incident)
class IncidentAdmin(PageAdmin):
    """Incidents, the open ones first; the words of a person who reported are opened for the page of theirs alone."""

    about = About(accounts=("account_id",))
    list_display = ("reference", "opened_at", "kind", "severity", "source", "state", "account_identifier", "is_drill")
    list_filter = ("state", "kind", "severity", "source", "is_drill")
    search_fields = ("reference__exact",)
    search_help_text = "Le numéro donné à la personne"
    ordering = ("-state", "-opened_at", "-id")
    tools = (("Signaler un incident", "admin:privacy_incident_report", REPORT),)

    def own_pages(self) -> list[OwnPage]:
        return [
            ("signaler/", report_page, "privacy_incident_report"),
            ("<int:incident_id>/ecarter/", dismiss_page, "privacy_incident_dismiss"),
            ("<int:incident_id>/arreter/<slug:code>/", contain_page, "privacy_incident_contain"),
            *((f"<int:row_id>/{act.address}", page_of(act, Incident), act.name) for act in ACTS),
        ]

    @admin.display(description="compte")
    def account_identifier(self, incident: Incident) -> str:
        account = Account.objects.filter(pk=incident.account_id or 0).first()
        return account.identifier if account else "–"

    def page(self, request: HttpRequest, row: Incident) -> HttpResponse:
        by = account_of(request)
        report, is_open = report_of(row.reference), row.state == IncidentState.OPEN
        context = {
            "title": row.reference,
            "incident": row,
            "breach": Breach.objects.filter(incident=row).first(),
            "words": open_description(by=by, report=report) if report else "",
            "anomaly": Anomaly.objects.filter(incident=row).select_related("dismissed_by").first(),
            "suspects": _suspects(row),
            "measures": MEASURES.values() if is_open and by.has_perm(CONTAIN) else (),
            "acts": [act for act in ACTS if by.has_perm(act.permission) and act.fits(row)],
            "steps": row.steps.select_related("by").order_by("at", "pk"),
            "may_dismiss": is_open and by.has_perm(DISMISS),
        }
        return TemplateResponse(request, "admin/privacy/incident/page.html", context)


def _suspects(incident: Incident) -> list[tuple[Account, bool]]:
    """The accounts in question, and whether each is suspended as a whole. Two queries."""
    accounts = list(Account.objects.filter(pk__in=incident.suspects).order_by("pk"))
    whole = Restriction.objects.in_force(timezone.now()).filter(account__in=accounts, services=[])
    stopped = set(whole.values_list("account_id", flat=True))
    return [(account, account.pk in stopped) for account in accounts]


@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest) -> HttpResponseBase:
    """Any member of staff reports; those who handle incidents go on with it, and may begin a drill."""
    by = with_right(request, REPORT)
    handles = by.has_perm("privacy.change_incident")
    form = (HandlerReportForm if handles else ReportForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        incident = report(by=by, **form.report())
        messages.success(request, f"L’incident {incident.reference} est ouvert. Merci de l’avoir signalé.")
        return redirect("admin:privacy_incident_change", incident.pk) if handles else redirect("admin:index")
    context = {"title": "Signaler un incident", "form": form, "button": "Ouvrir l’incident"}
    return TemplateResponse(request, "admin/privacy/incident/report.html", context)


@require_POST
def contain_page(request: HttpRequest, incident_id: int, code: str) -> HttpResponseBase:
    """One click: a measure against every account in question."""
    by = with_right(request, CONTAIN)
    incident = get_object_or_404(Incident, pk=incident_id)
    measure = MEASURES.get(code)
    if measure is None:
        raise Http404
    if attempt(request, None, lambda: contain(by=by, incident=incident, measure=measure)):
        messages.success(request, f"{measure.label}\u00a0: c’est fait." if not incident.is_drill else DRILLED)
    return redirect("admin:privacy_incident_change", incident.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def dismiss_page(request: HttpRequest, incident_id: int) -> HttpResponseBase:
    """A false alert of the watch: closed with its reason. What a person reported is not dismissed here."""
    by = with_right(request, DISMISS)
    incident = get_object_or_404(Incident, pk=incident_id, anomaly__dismissed_at=None, anomaly__isnull=False)
    form = DismissalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            dismiss(by=by, incident=incident, reason=form.cleaned_data["reason"])
        except NotDismissible:  # a colleague did it meanwhile
            messages.error(request, "Cette alerte est déjà close.")
        else:
            messages.success(request, f"L’alerte {incident.reference} est écartée.")
        return redirect("admin:privacy_incident_changelist")
    context = {
        "title": "Écarter l’alerte", "incident": incident, "form": form, "button": "Écarter cette alerte",
        "back": reverse("admin:privacy_incident_change", args=[incident.pk]),
    }  # fmt: skip
    return TemplateResponse(request, "admin/privacy/incident/dismiss.html", context)
