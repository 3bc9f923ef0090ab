"""Addresses of the public legal and help pages, from the root of the site."""

from django.urls import path

from portals.editorial import views
from portals.editorial.information import views as information

urlpatterns = [
    path("mentions-legales/", views.legal_notices, name="legal_notices"),
    path("cookies/", views.cookies, name="cookies"),
    path("confidentialite/", views.privacy, name="privacy"),
    path("dpo/", views.dpo, name="dpo"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("aide/", information.help_page, name="help"),
    path("aide/<slug:slug>/", information.help_article, name="help_article"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_contact, name="security_contact"),
]
