"""Reads about the terms of use and their acceptance."""

from django.db.models import QuerySet
from django.utils import timezone

from portals.accounts.models import Account
from portals.terms.models import Acceptance, TermsVersion


def current_terms() -> TermsVersion | None:
    """The version in force now, without its text (read on demand): one indexed row, so a publication bites at once."""
    return TermsVersion.objects.filter(effective_at__lte=timezone.now()).defer("text", "summary", "changes").first()


def published_terms() -> QuerySet[TermsVersion]:
    """Every version published so far, newest first: the public archive."""
    return TermsVersion.objects.filter(published_at__lte=timezone.now()).defer("text", "summary", "changes")


def last_published() -> TermsVersion | None:
    """The newest version with its texts, announced or in force: what the next one is compared with."""
    return TermsVersion.objects.order_by("-number").first()


def version_before(version: TermsVersion) -> TermsVersion | None:
    """The version that this one replaces, without its text."""
    return TermsVersion.objects.filter(number__lt=version.number).defer("text", "summary", "changes").first()


def acceptances_of(account: Account) -> QuerySet[Acceptance]:
    """What the account has accepted, newest first."""
    return Acceptance.objects.filter(account=account).select_related("version").order_by("-accepted_at")
