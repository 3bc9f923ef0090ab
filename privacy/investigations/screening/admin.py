"""Flags and versions of the freeze list, for the officer alone; overseers of the list see that it is kept up to date."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portals.access import isolation
from portals.access.entry import account_of
from portals.accounts.fields import HandwrittenDateField
from portals.accounts.models import Space
from portals.gestion import holders
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, ReadOnlyAdmin
from portals.gestion.permissions import with_right
from privacy.breaches.telling.registry import contacts_of
from privacy.investigations.actions import Closed
from privacy.investigations.base import LISTED, Act, Refusals, WalledAdmin, page_of
from privacy.investigations.finding import Found
from privacy.investigations.forms import WordsField
from privacy.investigations.models import Investigation, Kind, State
from privacy.investigations.screening import actions
from privacy.investigations.screening.importing import MAX_BYTES, SameList, Unreadable, import_list
from privacy.investigations.screening.models import FlagKind, FlagState, FreezeList, ListedName, ScreeningFlag
from privacy.investigations.walls import walled

COLUMNS = "Colonnes numero\u202f; nature\u202f; nom\u202f; prenoms\u202f; naissance\u202f; mesure. 20\u00a0Mo au plus."
CHANGE, ADD = "privacy.change_screeningflag", "privacy.add_freezelist"
REFUSALS: Refusals = {
    actions.Decided: "Cette alerte est déjà décidée.",
    actions.ReasonMissing: "Dites pourquoi.",
    Closed: "Ce dossier est clos\u00a0: choisissez-en un autre.",
}


class DismissForm(forms.Form):
    reason = WordsField("Pourquoi ce n’est pas elle, ou ce qui l’explique", rows=4)


class ConfirmForm(forms.Form):
    reason = WordsField("Ce que vous avez vérifié", rows=4)
    case = forms.ModelChoiceField(
        Investigation.objects.none(),
        label="Dossier",
        required=False,
        empty_label="Ouvrir un dossier",
        to_field_name="reference",
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        opened = Investigation.objects.filter(kind=Kind.FINANCIAL_CRIME, state=State.OPEN).order_by("-pk")
        self.fields["case"].queryset = opened  # type: ignore[attr-defined]  # a choice field
        self.fields["case"].label_from_instance = lambda case: case.reference  # type: ignore[attr-defined]  # a choice field


class ListForm(forms.Form):
    published_on = HandwrittenDateField(label="Publiée le")
    file = forms.FileField(
        label="Fichier CSV", help_text=COLUMNS,
    )  # fmt: skip

    def clean_published_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["published_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return day

    def clean_file(self) -> bytes:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MAX_BYTES:
            raise forms.ValidationError("Ce fichier pèse plus de 20\u00a0Mo.")
        content: bytes = file.read()
        return content


def who(flag: ScreeningFlag) -> Found:
    """Whom a flag is about, with the name that the space gives them."""
    with isolation.system():
        if flag.space == Space.MEMBER:
            contact = contacts_of([flag.subject_id]).get(flag.subject_id)
            name = contact.name if contact else ""
        else:
            name = holders.names(flag.space, [flag.subject_id]).get(flag.subject_id, "")
    return Found(flag.space, flag.tenant_id, flag.subject_id, None, name or f"n°\u00a0{flag.subject_id}")


ACTS = (
    Act(
        name="privacy_screeningflag_confirm",
        address="confirmer/",
        label="Confirmer",
        sentence="Cette alerte <b>mérite un dossier</b>\u202f?",
        explanation="La personne n’en est pas avertie et rien ne s’arrête de soi-même.",
        done="L’alerte est au dossier.",
        permission=CHANGE,
        form=lambda data, _files, _row: ConfirmForm(data),
        perform=lambda by, row, form: actions.confirm(
            by=by, flag=row, reason=form.cleaned_data["reason"], who=who(row), case=form.cleaned_data["case"]
        ),
        fits=lambda row: row.state == FlagState.OPEN,
        is_main=True,
    ),
    Act(
        name="privacy_screeningflag_dismiss",
        address="ecarter/",
        label="Écarter",
        sentence="Pourquoi <b>l’écarter</b>\u202f?",
        explanation="La même alerte ne reviendra pas, tant que la liste dit la même chose.",
        done="L’alerte est écartée.",
        permission=CHANGE,
        form=lambda data, _files, _row: DismissForm(data),
        perform=lambda by, row, form: actions.dismiss(by=by, flag=row, reason=form.cleaned_data["reason"]),
        fits=lambda row: row.state == FlagState.OPEN,
    ),
)


@admin.register(ScreeningFlag)
class ScreeningFlagAdmin(WalledAdmin):
    """The officer's queue, the closest names first."""

    list_display = ("kind", "facts", "space", "state", "found_at")
    list_filter = ("state", "kind", "space")
    ordering = ("-state", "-degree", "-id")

    def note_look(self, request: HttpRequest, action: str, **told: Any) -> None:
        super().note_look(request, "vigilance.listed" if action == LISTED else "vigilance.consulted", **told)

    def own_pages(self) -> list[OwnPage]:
        return [(f"<int:row_id>/{act.address}", page_of(act, ScreeningFlag, REFUSALS), act.name) for act in ACTS]

    def page(self, request: HttpRequest, row: ScreeningFlag) -> HttpResponse:
        by = account_of(request)
        listed = ListedName.objects.filter(number__in=row.numbers).order_by("number", "pk")
        context = {
            "title": row.get_kind_display(), "flag": row, "who": who(row), "is_freeze": row.kind == FlagKind.FREEZE,
            "listed": listed, "acts": [act for act in ACTS if by.has_perm(act.permission) and act.fits(row)],
        }  # fmt: skip
        return TemplateResponse(request, "admin/privacy/screeningflag/page.html", context)


@admin.register(FreezeList)
class FreezeListAdmin(ReadOnlyAdmin):
    """Which version is compared, since when, with how many."""

    about = NOBODY_AT_ALL
    list_display = ("published_on", "names", "imported_at", "screened_at", "screened")
    ordering = ("-id",)
    fields = ("published_on", "names", "sha256", "imported_at", "screened_at", "screened")
    readonly_fields = fields
    tools = (("Importer une liste", "admin:privacy_freezelist_import", ADD),)

    def own_pages(self) -> list[OwnPage]:
        return [("importer/", import_page, "privacy_freezelist_import")]


@require_http_methods(["GET", "HEAD", "POST"])
@walled
def import_page(request: HttpRequest) -> HttpResponseBase:
    """A new version: it replaces the last one, and everybody is compared again."""
    by = with_right(request, ADD)
    is_sent = request.method == "POST"
    form = ListForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        try:
            version = import_list(
                by=by, content=form.cleaned_data["file"], published_on=form.cleaned_data["published_on"]
            )
        except Unreadable as refused:
            form.add_error("file", str(refused))
        except SameList:
            form.add_error("file", "Cette liste est déjà importée.")
        else:
            messages.success(request, f"La liste est importée\u00a0: {version.names} noms. La comparaison commence.")
            return redirect("admin:privacy_freezelist_changelist")
    back = reverse("admin:privacy_freezelist_changelist")
    context = {
        "title": "Importer une liste", "form": form, "button": "Importer", "back": back, "list": back,
        "things": "Listes de gel des avoirs",
        "act": {
            "sentence": "Importer la liste de <b>gel des avoirs</b>",
            "explanation": "Celle de la direction générale du Trésor, en CSV. Chacun est comparé de nouveau.",
        },
    }  # fmt: skip
    return TemplateResponse(request, "admin/privacy/investigation/act.html", context)
