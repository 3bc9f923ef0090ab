"""Accounts as staff see them: found by an exact number or address, never browsed; acted upon page by page."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from portals.access.entry import account_of
from portals.access.models import Grant
from portals.access.permissions import can_lift
from portals.access.services import label_of
from portals.accounts import identifiers
from portals.accounts.models import Account
from portals.accounts.second_factor.queries import devices_of
from portals.accounts.security.sessions import open_sessions
from portals.gestion import acts, holders
from portals.gestion.colleague_views import hire_page
from portals.gestion.colleagues import HIRE, roles_of
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.review import state_of
from portals.terms.queries import acceptances_of


@admin.register(Account)
class AccountAdmin(PageAdmin):
    """Search and page of an account. No secret is read for it: no hash, no key, no code."""

    about = About(accounts=("pk",))
    list_display = ("identifier", "display_name", "organisation_name", "space", "state_in_words")
    list_display_links = ("identifier",)
    search_fields = ("identifier",)
    search_help_text = "Un identifiant, une adresse e-mail entière, ou un numéro d’adhérent, de contrat, SIRET, RPPS…"
    ordering = ("identifier",)
    tools = (("Ouvrir un compte du personnel", "admin:portals_account_hire", HIRE),)

    @admin.display(description="état")
    def state_in_words(self, account: Account) -> str:
        return state_of(account)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Account], search_term: str
    ) -> tuple[QuerySet[Account], bool]:
        """Exact matches only; nothing typed, nobody shown."""
        typed = search_term.strip()
        if not typed:
            return queryset.none(), False
        if "@" in typed:
            return queryset.annotate(address=Lower("email")).filter(address=typed.lower()), False
        wanted = Q(identifier=identifiers.as_typed(typed))
        for space, tenant_ids in holders.find(typed.replace(" ", "")).items():
            wanted |= Q(pk__in=Grant.objects.filter(space=space, tenant_id__in=tenant_ids).values("account_id"))
        return queryset.filter(wanted), False

    def own_pages(self) -> list[OwnPage]:
        at = "<int:account_id>/"
        return [
            *((f"{at}{act.address}", acts.page_of(act), act.name) for act in acts.ACTS),
            (f"{at}mesures/<int:restriction_id>/lever/", acts.lift_page, "portals_account_lift"),
            ("personnel/ouvrir/", hire_page, "portals_account_hire"),
        ]

    def page(self, request: HttpRequest, account: Account) -> HttpResponse:
        by = account_of(request)
        context = {
            "title": "Compte",
            "account": account,
            "state": state_of(account),
            "grants": _named_grants(account),
            "restrictions": _told_restrictions(account),
            "may_lift": can_lift(by, account),
            "acceptances": acceptances_of(account) if by.has_perm("portals.view_acceptance") else [],
            "devices": devices_of(account),
            "open_sessions": len(open_sessions(account, now=timezone.now(), current=0)),
            "acts": acts.open_to(by, account),
            "roles_held": roles_of(account) if account.is_staff else [],
        }
        return TemplateResponse(request, "admin/portals/account/page.html", context)


def _named_grants(account: Account) -> list[dict[str, Any]]:
    grants = list(account.grants.order_by("space", "id"))
    names = holders.names(account.space, {grant.tenant_id for grant in grants})
    today = timezone.localdate()
    return [
        {
            "grant": grant,
            "holder": names.get(grant.tenant_id, f"n° {grant.tenant_id}"),
            "is_open": grant.revoked_at is None
            and grant.since <= today
            and (grant.closes_on is None or grant.closes_on > today),
        }
        for grant in grants
    ]


def _told_restrictions(account: Account) -> list[dict[str, Any]]:
    """Measures, newest first, with the names of their services; `stands`: in force now."""
    now = timezone.now()
    standing = set(account.restrictions.in_force(now).values_list("pk", flat=True))
    measures = account.restrictions.select_related("by", "lifted_by").order_by("-begins_at", "-id")
    return [
        {
            "measure": measure,
            "services": [label_of(code) for code in measure.services],
            "stands": measure.pk in standing,
        }
        for measure in measures
    ]
