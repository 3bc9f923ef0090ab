"""Addresses of what people do with their data, from the root of the site, for the accounts of every space."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "privacy"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("privacy.history.urls")),
    path("", include("privacy.looks.urls")),
    path("mes-donnees/violations/", include("privacy.breaches.telling.urls")),
    path("mes-donnees/ce-que-nous-conservons/", include("privacy.register.urls")),
    path("mes-donnees/preferences/", include("privacy.consents.urls")),
    path("mes-donnees/consultations/", include("privacy.consultations.urls")),
    path("desabonnement/", include("privacy.campaigns.urls")),
    path("mes-donnees/directives/", include("privacy.directives.urls")),
    path("", include("privacy.deaths.urls")),
    path("", include("privacy.rights.urls")),
    path("mes-donnees/", include("privacy.vault.urls")),
]
