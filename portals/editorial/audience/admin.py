"""The audience of pages, as staff read it."""

from django.contrib import admin

from portals.editorial.audience.models import PageCount
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import ReadOnlyAdmin


@admin.register(PageCount)
class PageCountAdmin(ReadOnlyAdmin):
    """Days and pages; there is nothing else to see."""

    about = NOBODY_AT_ALL
    list_display = ("day", "page", "views")
    list_filter = ("day",)
    search_fields = ("page",)
    search_help_text = "Le nom d’une page"
    ordering = ("-day", "-views")
    fields = ("day", "page", "views")
