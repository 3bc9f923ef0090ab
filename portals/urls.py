"""Addresses of the shared core."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "portals"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portals.accounts.urls")),
    path("", include("portals.terms.urls")),
    path("", include("portals.editorial.urls")),
]
