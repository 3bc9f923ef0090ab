"""Addresses of « Tout télécharger »."""

from django.urls import path

from portals.accounts.export import views

urlpatterns = [
    path("compte/export/", views.export, name="export"),
    path("compte/export/archive.zip", views.export_archive, name="export_archive"),
]
