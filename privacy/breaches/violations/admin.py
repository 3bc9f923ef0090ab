"""The register of breaches, and the page of each: its clock, its file, the persons, its timeline."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.entry import account_of
from portals.documents.actions import as_attachment, download
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from portals.signals import Concerned as Whom
from privacy.audit import record
from privacy.breaches.acts import attempt, page_of
from privacy.breaches.telling.actions import mark_posted
from privacy.breaches.telling.listing import count
from privacy.breaches.telling.models import LetterBatch
from privacy.breaches.telling.queries import figures, log_of
from privacy.breaches.violations import categories, documents, rules
from privacy.breaches.violations.actions import mark_filed, unfinished
from privacy.breaches.violations.acts import ACTS, CHANGE
from privacy.breaches.violations.clock import clock_of
from privacy.breaches.violations.forms import FiledForm, PostedForm
from privacy.breaches.violations.models import Breach, DataCategory, Filing, Nature, PersonCategory

VIEW = "privacy.view_breach"
PDF = "application/pdf"


@admin.register(Breach)
class BreachAdmin(PageAdmin):
    """Every breach, notified or not, exercises included and marked."""

    about = NOBODY_AT_ALL  # the list of persons says whose record it shows, page by page
    list_display = ("reference", "aware_at", "left", "risk", "persons_count", "told_at", "closed_at", "is_drill")
    list_filter = ("is_drill", "risk", ("closed_at", admin.EmptyFieldListFilter))
    search_fields = ("reference__exact",)
    search_help_text = "Le numéro de la violation"
    ordering = ("-aware_at", "-pk")
    tools = (
        ("Registre (PDF)", "admin:privacy_breach_register_pdf", VIEW),
        ("Registre (CSV)", "admin:privacy_breach_register_csv", VIEW),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Breach]:
        return super().get_queryset(request).prefetch_related("filings")

    @admin.display(description="72\u00a0heures")
    def left(self, breach: Breach) -> str:
        return clock_of(breach, list(breach.filings.all()), timezone.now()).words

    def own_pages(self) -> list[OwnPage]:
        at = "<int:row_id>/"
        return [
            ("registre.pdf", register_pdf, "privacy_breach_register_pdf"),
            ("registre.csv", register_csv, "privacy_breach_register_csv"),
            (f"{at}personnes/rechercher/", count_page, "privacy_breach_count"),
            (f"{at}personnes/", persons_page, "privacy_breach_list"),
            (f"{at}dossier/<int:rank>.pdf", filing_pdf, "privacy_breach_filing_pdf"),
            (f"{at}dossier/<int:rank>.json", filing_json, "privacy_breach_filing_json"),
            (f"{at}dossier/<int:rank>/depot/", filed_page, "privacy_breach_filed"),
            (f"{at}lettres/<int:batch_id>.pdf", letters_pdf, "privacy_breach_letters"),
            (f"{at}lettres/<int:batch_id>/postees/", posted_page, "privacy_breach_posted"),
            *((f"{at}{act.address}", page_of(act, Breach), act.name) for act in ACTS),
        ]

    def page(self, request: HttpRequest, row: Breach) -> HttpResponse:
        by = account_of(request)
        filings = list(row.filings.select_related("prepared_by").order_by("rank"))
        context = {
            "title": row.reference,
            "breach": row,
            "incident": row.incident,
            "clock": clock_of(row, filings, timezone.now()),
            "items": [(item, item.is_given(row)) for item in rules.ITEMS],
            "natures": [Nature(code).label for code in row.natures],
            "persons": [PersonCategory(code).label for code in row.person_categories],
            "categories": [DataCategory(code).label for code in row.data_categories],
            "filings": filings,
            "must_notify": rules.must_be_notified(row.risk),
            "counted": categories.counted(row),
            "figures": figures(row),
            "batches": row.batches.order_by("pk"),
            "left": unfinished(row) if row.closed_at is None else [],
            "acts": [act for act in ACTS if by.has_perm(act.permission) and act.fits(row)],
            "may_change": by.has_perm(CHANGE) and row.closed_at is None,
            "steps": row.incident.steps.select_related("by").order_by("at", "pk"),
        }
        return TemplateResponse(request, "admin/privacy/breaches/page.html", context)


@require_POST
def count_page(request: HttpRequest, row_id: int) -> HttpResponseBase:
    """Ask the journal whom it concerns; a job reads it."""
    by, breach = with_right(request, CHANGE), get_object_or_404(Breach, pk=row_id)
    if attempt(request, None, lambda: count(by=by, breach=breach)):
        messages.success(request, "Le journal est lu\u00a0: rechargez la page dans un instant.")
    return redirect("admin:privacy_breach_change", breach.pk)


@require_safe
def persons_page(request: HttpRequest, row_id: int) -> HttpResponseBase:
    """Fifty persons of the log; the look is noted on the record of each. The officer alone reads names."""
    by, breach = with_right(request, CHANGE), get_object_or_404(Breach, pk=row_id)
    after = request.GET.get("apres", "")
    told = log_of(breach, after=int(after) if after.isdecimal() else 0)
    shown = Whom(
        frozenset(one.person.person_id for one in told if one.person.person_id),
        frozenset(one.person.account_id for one in told if one.person.account_id),
    )
    record("breach.persons_listed", by=by, object_kind="breach", object_id=breach.pk, concerned=shown)
    last = told[-1].person.pk if told else 0
    more = breach.concerned.filter(pk__gt=last).exists() if told else False
    context = {"title": breach.reference, "breach": breach, "told": told, "older": f"?apres={last}" if more else ""}
    return TemplateResponse(request, "admin/privacy/breaches/persons.html", context)


def _filing(row_id: int, rank: int) -> Filing:
    return get_object_or_404(Filing.objects.select_related("breach__incident"), breach=row_id, rank=rank)


@require_safe
def filing_pdf(request: HttpRequest, row_id: int, rank: int) -> HttpResponseBase:
    """The file of article 33, to read and to keep."""
    by, filing = with_right(request, CHANGE), _filing(row_id, rank)
    record("breach.file_downloaded", by=by, object_kind="breach", object_id=row_id)
    answer = HttpResponse(documents.filing_pdf(filing), content_type=PDF)
    return as_attachment(answer, f"{documents.filing_name(filing)}.pdf")


@require_safe
def filing_json(request: HttpRequest, row_id: int, rank: int) -> HttpResponseBase:
    """The same, for a program."""
    by, filing = with_right(request, CHANGE), _filing(row_id, rank)
    record("breach.file_downloaded", by=by, object_kind="breach", object_id=row_id)
    answer = HttpResponse(documents.filing_json(filing), content_type="application/json")
    return as_attachment(answer, f"{documents.filing_name(filing)}.json")


@require_http_methods(["GET", "HEAD", "POST"])
def filed_page(request: HttpRequest, row_id: int, rank: int) -> HttpResponseBase:
    """The file was deposited: when, and under which receipt."""
    by, filing = with_right(request, CHANGE), _filing(row_id, rank)
    form = FiledForm(request.POST if request.method == "POST" else None, initial={"filed_at": timezone.localtime()})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, form, lambda: mark_filed(by=by, filing=filing, **form.cleaned_data))
    ):
        messages.success(request, "Le dépôt est noté.")
        return redirect("admin:privacy_breach_change", row_id)
    return _asked(
        request, filing.breach, form, "Noter le dépôt", "Quand la CNIL a-t-elle <b>reçu le dossier</b>\u202f?"
    )


@require_safe
def letters_pdf(request: HttpRequest, row_id: int, batch_id: int) -> HttpResponseBase:
    """The letters, for the post; 404 before they are made and once they have left."""
    by = with_right(request, CHANGE)
    batch = get_object_or_404(LetterBatch.objects.select_related("stored"), pk=batch_id, breach=row_id)
    if batch.stored is None:
        raise Http404
    record("breach.letters_downloaded", by=by, object_kind="breach", object_id=row_id)
    return download(batch.stored, f"lettres-{batch.pk}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def posted_page(request: HttpRequest, row_id: int, batch_id: int) -> HttpResponseBase:
    """The letters have left."""
    by = with_right(request, CHANGE)
    batch = get_object_or_404(LetterBatch.objects.select_related("breach"), pk=batch_id, breach=row_id)
    form = PostedForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, form, lambda: mark_posted(by=by, batch=batch, **form.cleaned_data))
    ):
        messages.success(request, "Les lettres sont notées comme postées, leur fichier est effacé.")
        return redirect("admin:privacy_breach_change", row_id)
    return _asked(request, batch.breach, form, "Noter l’envoi", "Quand les lettres sont-elles <b>parties</b>\u202f?")


@require_safe
def register_pdf(request: HttpRequest) -> HttpResponseBase:
    """Every real breach, for the authority."""
    by = with_right(request, VIEW)
    record("breach.register_exported", by=by)
    answer = HttpResponse(documents.register_pdf(_real(), by=by), content_type=PDF)
    return as_attachment(answer, f"registre-des-violations-{timezone.localdate()}.pdf")


@require_safe
def register_csv(request: HttpRequest) -> HttpResponseBase:
    """The same for a spreadsheet."""
    by = with_right(request, VIEW)
    record("breach.register_exported", by=by)
    answer = HttpResponse(documents.register_csv(_real()), content_type="text/csv; charset=utf-8")
    return as_attachment(answer, f"registre-des-violations-{timezone.localdate()}.csv")


def _real() -> QuerySet[Breach]:
    """Exercises are in no register."""
    return Breach.objects.filter(is_drill=False).order_by("aware_at", "pk").prefetch_related("filings")


def _asked(
    request: HttpRequest, breach: Breach, form: FiledForm | PostedForm, button: str, sentence: str
) -> TemplateResponse:
    context = {
        "title": button, "act": {"sentence": sentence, "explanation": ""}, "row": breach, "form": form, "button": button,
        "back": reverse("admin:privacy_breach_change", args=[breach.pk]),
    }  # fmt: skip
    return TemplateResponse(request, "admin/privacy/breaches/act.html", context)
