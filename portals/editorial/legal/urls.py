"""Addresses of the legal pages, from the root of the site."""

from django.urls import path

from portals.editorial.legal import views

urlpatterns = [
    path("mentions-legales/", views.legal_notices, name="legal_notices"),
    path("cookies/", views.cookies, name="cookies"),
    path("confidentialite/", views.privacy, name="privacy"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("<slug:page>/version/<int:number>/", views.legal_version, name="legal_version"),
    path("<slug:page>/version/<int:number>/comparaison/<int:other>/", views.legal_comparison, name="legal_comparison"),
]
