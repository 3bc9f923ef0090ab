"""The journal and the field history, read only: every look at them is itself in the journal."""

import datetime
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from portals.accounts.models import Account
from portals.gestion.forms import DAY_FORMATS
from portals.gestion.model_admin import ReadOnlyAdmin
from privacy.audit.labels import label_of
from privacy.audit.models import Entry, FieldChange

DAY_LENGTH = 10
DAYS_SHOWN = 31
"""Without a search, the journal opens on the last month: its table is partitioned by month."""


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """Searched by the identifier of an account, a reference of request, or a day; the last month otherwise."""

    list_display = (
        "at",
        "operation",
        "by_whom",
        "space",
        "subject_id",
        "object_kind",
        "object_id",
        "result",
        "reference",
    )
    list_filter = ("space",)
    search_fields = ("reference",)
    search_help_text = "Un identifiant de compte, une référence de requête, ou un jour JJ/MM/AAAA"
    ordering = ("-at", "-id")
    readonly_fields = ("operation", "by_whom")
    fields = (
        "at", "operation", "action", "by_whom", "space", "tenant_id", "subject_id", "acting_as", "object_kind", "object_id",
        "result", "terms_number", "session_hash", "reference", "details",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """With the identifier of who acted, which the journal itself does not hold."""
        who = Account.objects.filter(pk=OuterRef("account_id")).values("identifier")[:1]
        return super().get_queryset(request).annotate(identifier=Subquery(who))

    @admin.display(description="opération")
    def operation(self, entry: Entry) -> str:
        return label_of(entry.action)

    @admin.display(description="par")
    def by_whom(self, entry: Any) -> str:
        return entry.identifier or "-"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str
    ) -> tuple[QuerySet[Entry], bool]:
        typed = search_term.strip()
        if not typed:
            return queryset.filter(at__gte=timezone.now() - datetime.timedelta(days=DAYS_SHOWN)), False
        day = _day(typed)
        if day is not None:
            return queryset.filter(at__gte=day, at__lt=day + datetime.timedelta(days=1)), False
        about = Q(reference=typed.upper())
        account = Account.objects.filter(identifier=typed).first()
        if account is not None:
            about |= Q(account_id=account.pk) | Q(object_kind="account", object_id=str(account.pk))
        return queryset.filter(about), False


@admin.register(FieldChange)
class FieldChangeAdmin(ReadOnlyAdmin):
    """What staff changed, field by field, from what to what."""

    list_display = ("timestamp", "object_repr", "action", "actor_identifier", "cid")
    list_select_related = ("actor",)
    search_fields = ("cid__exact",)
    search_help_text = "Une référence de requête"
    ordering = ("-timestamp", "-id")
    fields = ("timestamp", "object_repr", "action", "actor_identifier", "cid", "changes")
    readonly_fields = ("actor_identifier",)

    @admin.display(description="par")
    def actor_identifier(self, change: Any) -> str:
        return change.actor.identifier if change.actor else "-"


def _day(typed: str) -> datetime.datetime | None:
    """The beginning of a day written JJ/MM/AAAA; None for anything else."""
    if len(typed) != DAY_LENGTH:
        return None
    try:
        day = datetime.datetime.strptime(typed, DAY_FORMATS[0])  # noqa: DTZ007  a day of Paris, made aware below
    except ValueError:
        return None
    return timezone.make_aware(day)
