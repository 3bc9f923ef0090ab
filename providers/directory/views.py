"""Finding a professional: by a commune, or around oneself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csp import csp_override
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from portals.access.entry import account_of, grant_of
from portals.access.headers import PERMISSIONS_POLICY
from portals.accounts.limits import LimitReached, wait_page
from privacy.audit import record
from providers.directory import queries, quotas
from providers.directory.cards import card_of
from providers.directory.forms import EVERYBODY, SearchForm
from providers.directory.models import Place
from providers.directory.rules import LAST_PAGE, RADII_KM, Point, of_place

MAY_ASK_THE_POSITION = PERMISSIONS_POLICY.replace("geolocation=()", "geolocation=(self)")
SUGGESTED = 8


@dataclass(frozen=True)
class Origin:
    """Where one looks around. `name` is empty for one's own position."""

    point: Point
    name: str = ""
    is_exact: bool = True

    @property
    def of(self) -> str:
        """`de Lorient`, `de vous`."""
        return of_place(self.name) if self.name else "de vous"


@require_http_methods(["GET", "HEAD", "POST"])
def directory(request: HttpRequest) -> HttpResponse:
    """The search and its results. The position may be asked on this page; tiles of a map may be shown on it alone."""
    response = csp_override(_content_policy())(_search)(request)
    response.headers["Permissions-Policy"] = MAY_ASK_THE_POSITION
    return response


def _content_policy() -> dict[str, Collection[str]]:
    """The site's policy; with a tile server, its images besides."""
    policy: dict[str, Collection[str]] = dict(cast(Mapping[str, Collection[str]], settings.SECURE_CSP))
    if settings.MAP_TILES:
        parts = urlsplit(settings.MAP_TILES)
        policy["img-src"] = [*policy["img-src"], f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"]
    return policy


@sensitive_post_parameters("lat", "lon", "q")
@sensitive_variables()
def _search(request: HttpRequest) -> HttpResponse:
    """The position is read here, used for one query and let go: neither session, journal, log nor address has it."""
    grant_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    form = SearchForm(asked, trades=queries.trades())
    context = {
        "form": form, "state": "start", "tiles": settings.MAP_TILES, "tiles_credit": settings.MAP_TILES_CREDIT,
        "origin": None, "places": [], "results": None, "cards": [],
    }  # fmt: skip
    if not form.is_valid():
        return render(request, "providers/directory/search.html", context | {"state": "refused"})
    if not form.is_asked:
        return render(request, "providers/directory/search.html", context)
    try:
        quotas.count_search(account_of(request))
    except LimitReached as error:
        return wait_page(request, error.seconds)
    if form.position is not None:
        return _answer(request, form, Origin(form.position), context)
    places = queries.places_like(form.cleaned_data["q"])
    if len(places) == 1:
        return _around(request, form, places[0], context)
    links = [(queries.label_of(place), _address(form, q=queries.label_of(place))) for place in places]
    state = "choose" if places else "unknown"
    return render(request, "providers/directory/search.html", context | {"state": state, "places": links})


def _around(request: HttpRequest, form: SearchForm, place: Place, context: dict[str, object]) -> HttpResponse:
    if place.latitude is None or place.longitude is None:
        context |= {"state": "nowhere", "origin": Origin((0, 0), place.name)}
        return render(request, "providers/directory/search.html", context)
    point = (place.latitude, place.longitude)
    return _answer(request, form, Origin(point, place.name, queries.is_exact(place)), context)


def _answer(request: HttpRequest, form: SearchForm, origin: Origin, context: dict[str, object]) -> HttpResponse:
    results = queries.search(form.wish(origin.point), form.page_number)
    record(
        "directory.searched", by=account_of(request), object_kind="directory",
        details={"found": len(results.found), "page": results.page},
    )  # fmt: skip
    network = settings.ORGANISATION_FACTS.network_label
    radius = form.radius_km
    wider = next((km for km in RADII_KM if km > radius), None)
    context |= {
        "state": "found" if results.found else "nobody",
        "origin": origin,
        "results": results,
        "cards": [card_of(found, rank, network) for rank, found in enumerate(results.found, results.first_rank)],
        "radius": radius,
        "wider": wider,
        "next_page": results.page + 1 if results.has_more and results.page < LAST_PAGE else None,
        "is_last": results.has_more and results.page == LAST_PAGE,
        "is_approved_only": form.cleaned_data["network"] != EVERYBODY,
        "next_url": _address(form, page=results.page + 1),
        "earlier_url": _address(form, page=results.page - 1),
        "wider_url": _address(form, radius=wider or ""),
        "everybody_url": _address(form, network=EVERYBODY),
        "any_profession_url": _address(form, profession=""),
    }
    return render(request, "providers/directory/search.html", context)


def _address(form: SearchForm, **more: object) -> str:
    """The same search with something changed. A position is never put into it: only what was typed or chosen."""
    kept = {field: form.data.get(field, "") for field in ("q", "profession", "network", "radius")} | more
    return reverse("directory:search") + "?" + urlencode({key: value for key, value in kept.items() if value})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The communes that begin like what is being typed, for the field's list."""
    grant_of(request)
    try:
        quotas.count_suggestion(account_of(request))
    except LimitReached as error:
        return wait_page(request, error.seconds)
    places = queries.places_like(request.GET.get("q", "")[:80])
    return JsonResponse({"places": [queries.label_of(place) for place in places[:SUGGESTED]]})
