"""The site of the staff, `/gestion/`: Django's admin without any password form of its own."""

import datetime
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from auditlog.context import set_actor
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import urlencode

from portals.access import isolation
from portals.accounts.models import Account
from portals.gestion import beside, homes, mode

NOT_OURS = {"login", "logout", "password_change", "password_change_done", "view_on_site", "autocomplete", "jsi18n"}
"""Pages of Django's admin that this site does not have: signing in and passwords are the accounts' own pages."""

STAFF_CONTEXT = {"app.scope": "staff"}
IDENTITY_RIGHTS = ("portals.view_account", "members.view_carerequest", "privacy.change_investigation")
"""Whoever holds one of them reads in the staff's scope; the medical adviser's role opens nothing of it."""


class GestionSite(admin.AdminSite):
    """Every page asks for a staff account, a second factor and mode gestion, then for its own permission.

    What a page may read in the database is the staff's scope: identity and contract, never care (`row_security`).
    """

    site_title = "Gestion"
    site_header = "Gestion"
    index_title = "Gestion"
    site_url = None
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return mode.is_on(request)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Around every page: 404 to whoever is not staff, the switch of mode gestion to staff without it."""
        guarded = super().admin_view(view, cacheable)

        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not mode.is_staff(request) or not isinstance(request.user, Account):
                raise Http404
            if not mode.is_on(request):
                return HttpResponseRedirect(f"{reverse('admin:mode')}?{urlencode({'next': request.get_full_path()})}")
            if any(request.user.has_perm(right) for right in IDENTITY_RIGHTS):
                isolation.apply(STAFF_CONTEXT)
            with set_actor(request.user):
                return guarded(request, *args, **kwargs)

        return update_wrapper(entered, view)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from portals.gestion import views

        ours = [
            path("mode/", views.mode_page, name="mode"),
            path("mode/quitter/", views.mode_off, name="mode_off"),
            path("roles/", self.admin_view(views.roles_page), name="roles"),
            path("habilitations/personnel.csv", self.admin_view(views.staff_review), name="review_staff"),
            path("habilitations/entreprises.csv", self.admin_view(views.company_review), name="review_companies"),
            path("habilitations/cabinets.csv", self.admin_view(views.practice_review), name="review_practices"),
        ]
        kept = [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") not in NOT_OURS]
        return ours + beside.patterns() + kept

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The home of the role, when a room gives it one; every page that the account may open otherwise."""
        account = request.user
        home = homes.home_of(account) if isinstance(account, Account) else None
        if home is None:
            return super().index(request, extra_context)
        request.current_app = self.name  # as Django's own index does
        return home(request, {**self.each_context(request), "app_list": self.get_app_list(request)})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """For every page: when the rights lapse, and the roles that give them."""
        until = mode.lapses_at(request)
        account = request.user
        return {
            **super().each_context(request),
            "until": datetime.datetime.fromtimestamp(until, tz=datetime.UTC) if until else None,
            "roles": [group.name for group in account.groups.all()] if isinstance(account, Account) else [],
        }

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Not in `urls`; whatever calls it is led to the sign-in of everybody."""
        return redirect("portals:login")
