"""The audience counter: one number by page and day, in Valkey during the day, in the database after it.

A view adds one to a counter that bears the page's name and the day. Whoever refuses (the cookie of `/cookies/`, or the
signal of the browser) is not counted; staff's pages are not either. A cache that is away loses counts and fails nothing.
"""

import datetime
import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from redis.exceptions import RedisError

from portals.editorial.audience.models import PageCount
from portals.editorial.cookies import ACCEPTED, AUDIENCE_CHOICE, REFUSED
from portals.jobs.schedules import daily

logger = logging.getLogger(__name__)

KEPT_SECONDS = 8 * 24 * 3600
"""A week of missed nights loses no day."""
NIGHTS = 7
NOT_COUNTED = ("admin:", "demo:")


class AudienceMiddleware:
    """Counts the pages that were shown: GET, answered 200, HTML."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if (
            match is not None
            and request.method == "GET"
            and response.status_code == 200
            and response.get("Content-Type", "").startswith("text/html")
            and not match.view_name.startswith(NOT_COUNTED)
            and not is_refused(request)
        ):
            add_one(timezone.localdate(), match.view_name)
        return response


def is_refused(request: HttpRequest) -> bool:
    """Whether this browser asked not to be counted: by the button of the page, or by the signal that it sends."""
    chosen = request.COOKIES.get(AUDIENCE_CHOICE)
    if chosen in (REFUSED, ACCEPTED):
        return chosen == REFUSED
    return "1" in (request.headers.get("Sec-GPC"), request.headers.get("DNT"))


def add_one(day: datetime.date, page: str) -> None:
    """One more view of a page."""
    key = _key(day, page)
    try:
        try:
            cache.incr(key)
        except ValueError:  # the first of the day
            cache.add(key, 0, timeout=KEPT_SECONDS)
            cache.incr(key)
    except (RedisError, ValueError) as error:
        logger.warning("a view was not counted (%s)", type(error).__name__)


@transaction.atomic
def keep_past_days(planned_for: datetime.datetime) -> int:
    """Write the finished days into the database, once each; how many lines."""
    today = timezone.localdate(planned_for)
    kept = 0
    for back in range(1, NIGHTS + 1):
        day = today - datetime.timedelta(days=back)
        keys = {_key(day, page): page for page in _pages()}
        counted = cache.get_many(keys)
        PageCount.objects.bulk_create(
            (PageCount(day=day, page=keys[key], views=views) for key, views in counted.items()),
            update_conflicts=True, unique_fields=["day", "page"], update_fields=["views"],
        )  # fmt: skip
        kept += len(counted)
    return kept


def _key(day: datetime.date, page: str) -> str:
    return f"audience:{day:%Y%m%d}:{page}"


def _pages() -> list[str]:
    """The name of each page of the site."""
    return sorted(_named(get_resolver(), ""))


def _named(resolver: URLResolver, prefix: str) -> set[str]:
    names: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            names |= {f"{prefix}{pattern.name}"} if pattern.name else set()
        else:
            inside = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names |= set() if inside.startswith(NOT_COUNTED) else _named(pattern, inside)
    return names


def _each_night(planned_for: datetime.datetime) -> None:
    keep_past_days(planned_for)


daily("audience", at=datetime.time(0, 40), run=_each_night)
