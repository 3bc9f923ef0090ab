"""What the admin pages of this site have in common: how one enters them, and that every look is journalled."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import wraps
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from portals.access.entry import account_of
from portals.access.reference import current, remember
from portals.gestion import archives, freezing, mode
from portals.gestion.concerned import NOBODY_AT_ALL, About
from portals.signals import NOBODY, Concerned, announce

type OwnPage = tuple[str, Callable[..., HttpResponseBase], str]
"""Address below the list, view, URL name."""


class GestionAdmin(admin.ModelAdmin):
    """Base of the rooms' admin classes. Pages carry no script: no popup, no calendar, no autocomplete.

    What a search looked for stays out of the journal: it holds names of filters, never what was typed.
    """

    actions = None
    show_full_result_count = False
    list_per_page = 50
    empty_value_display = "–"
    view_on_site = False
    tools: tuple[tuple[str, str, str], ...] = ()
    """Pages that stand beside the list: label, URL name, permission."""
    about: About
    """Whose record the rows belong to. Every class says it, `NOBODY_AT_ALL` included: a test walks them."""

    @property
    def media(self) -> forms.Media:
        return forms.Media()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is deleted by hand; retention deletes."""
        return False

    def own_pages(self) -> list[OwnPage]:
        """Pages beside Django's; each is entered as they are, and asks for its own permission."""
        return []

    def get_urls(self) -> list[URLPattern]:
        entered: Callable[..., Any] = self.admin_site.admin_view
        ours = [
            path(address, entered(self._about_whom(self._thawed(view))), name=name)
            for address, view, name in self.own_pages()
        ]
        return [*ours, *super().get_urls()]

    def _about_whom(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """The page, knowing whom its row is about: whatever it announces says so. Its address names the row first."""

        @wraps(view)
        def known(request: HttpRequest, **named: Any) -> HttpResponseBase:
            if named:
                self.enter(request, next(iter(named.values())))
            return view(request, **named)

        return known

    def concerned_by(self, keys: Collection[Any]) -> Concerned:
        """Whose record these rows belong to."""
        return self.about.of(self.model, keys)

    def remember_whom(self, keys: Collection[Any]) -> None:
        """Every entry of this request says from now on whose record these rows are."""
        remember(replace(current(), concerned=self.concerned_by(keys)))

    def enter(self, request: HttpRequest, key: Any) -> None:
        """A page of one row: whom it is about is remembered, and the archive shown to its readers only."""
        self.remember_whom([key])
        if self.about != NOBODY_AT_ALL:
            archives.guard(request, self.model._default_manager.filter(pk=key), self.about)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows if self.about == NOBODY_AT_ALL else archives.shown(request, rows, self.about)

    def _thawed(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """A page of ours, whose changes are refused while the use of its row is frozen. The row's key comes first."""

        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in freezing.SAFE and kwargs:
                notice = freezing.notice_at(self.model, next(iter(kwargs.values())))
                if notice and notice.refuses:
                    return freezing.refusal(request, notice)
            return view(request, *args, **kwargs)

        return page

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """A form of Django's makes nothing new of what is frozen."""
        row = super().save_form(request, form, change)
        notice = freezing.notice_of(row)
        if notice and notice.refuses:
            raise freezing.Frozen
        return row

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        by = account_of(request)
        tools = [(label, reverse(name)) for label, name, permission in self.tools if by.has_perm(permission)]
        response = super().changelist_view(request, {**(extra_context or {}), "tools": tools})
        listed = getattr(response, "context_data", {}).get("cl")
        self.note_look(
            request,
            "gestion.listed",
            filters=",".join(sorted(request.GET.keys())),
            concerned=self.concerned_by([row.pk for row in listed.result_list]) if listed else NOBODY,
        )
        return response

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id is not None and object_id.isdecimal():
            self.enter(request, int(object_id))
        notice = freezing.notice_at(self.model, object_id) if object_id else None
        if notice and notice.refuses and request.method not in freezing.SAFE:
            return freezing.refusal(request, notice)
        context = {**(extra_context or {}), "frozen": notice}
        response = super().changeform_view(request, object_id, form_url, context)
        if object_id is not None and request.method == "GET":
            self.note_look(request, "gestion.consulted", object_id=object_id)
        return response

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's own log is not kept: the journal and the field history say it, and cannot be rewritten."""
        raise Http404

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self.note_look(request, "gestion.added", object_id=obj.pk)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self.note_look(request, "gestion.changed", object_id=obj.pk)

    def note_look(
        self,
        request: HttpRequest,
        action: str,
        *,
        object_id: int | str = "",
        filters: str = "",
        concerned: Concerned = NOBODY,
    ) -> None:
        """One line of the journal: who looked at which thing of this model, by which filters, about whom and why."""
        told = {"filters": filters[:200], "motive": mode.motive(request)}
        announce(
            action,
            by=account_of(request),
            object_kind=self.opts.model_name or "",
            object_id=str(object_id)[:40],
            details={name: said for name, said in told.items() if said},
            concerned=concerned,
        )


class ReadOnlyAdmin(GestionAdmin):
    """Lists and pages that are only looked at."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class PageAdmin(ReadOnlyAdmin):
    """Things that have a page of ours in place of Django's form; what is done there are `own_pages`."""

    def page(self, request: HttpRequest, row: Any) -> HttpResponse:
        """The page of this row. That this person may look at it is checked, and the look journalled."""
        raise NotImplementedError

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id or "")
        if row is None or request.method not in {"GET", "HEAD"}:
            raise Http404
        self.enter(request, row.pk)
        self.note_look(request, "gestion.consulted", object_id=row.pk)
        response = self.page(request, row)
        if isinstance(response, TemplateResponse):
            response.context_data = {**(response.context_data or {}), "frozen": freezing.notice_of(row)}
        return response
