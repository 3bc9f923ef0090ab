"""Reads about the legal pages."""

from django.db.models import QuerySet
from django.utils import timezone

from portals.editorial.legal.models import LegalVersion


def in_force(page: str) -> LegalVersion | None:
    """The text of a page that holds now."""
    return LegalVersion.objects.filter(page=page, effective_at__lte=timezone.now()).order_by("-number").first()


def published(page: str) -> QuerySet[LegalVersion]:
    """Every version of a page published so far, without its text, newest first."""
    versions = LegalVersion.objects.filter(page=page, published_at__lte=timezone.now())
    return versions.defer("text", "changes").order_by("-number")


def last_of(page: str) -> LegalVersion | None:
    """The newest version, in force or announced: what the next one is compared with."""
    return LegalVersion.objects.filter(page=page).order_by("-number").first()
