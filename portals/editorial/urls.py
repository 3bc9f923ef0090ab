"""Addresses of the public legal and help pages, from the root of the site."""

from django.urls import URLPattern, URLResolver, include, path

from portals.editorial import views
from portals.editorial.audience.views import audience_choice
from portals.editorial.information import views as information

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portals.editorial.legal.urls")),
    path("", include("portals.editorial.availability.urls")),
    path("cookies/audience/", audience_choice, name="audience_choice"),
    path("dpo/", views.dpo, name="dpo"),
    path("aide/", information.help_page, name="help"),
    path("aide/<slug:slug>/", information.help_article, name="help_article"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_contact, name="security_contact"),
]
