"""Addresses of the shared core."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "portals"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portals.accounts.urls")),
    path("", include("portals.accounts.closing.urls")),
    path("", include("portals.accounts.export.urls")),
    path("", include("portals.accounts.federation.urls")),
    path("", include("portals.accounts.security.urls")),
    path("", include("portals.accounts.second_factor.urls")),
    path("", include("portals.accounts.fraud.urls")),
    path("", include("portals.access.urls")),
    path("", include("portals.banking.urls")),
    path("", include("portals.correspondence.urls")),
    path("", include("portals.correspondence.reports.urls")),
    path("", include("portals.documents.verification.urls")),
    path("", include("portals.terms.urls")),
    path("", include("portals.editorial.urls")),
]
