"""Addresses of the privacy core, for the accounts of every space."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "privacy"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("privacy.history.urls")),
    path("", include("privacy.looks.urls")),
]
