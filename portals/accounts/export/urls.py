"""Addresses of « Tout télécharger »: the data package of an account."""

from django.urls import path

from portals.accounts.export import views

urlpatterns = [
    path("compte/export/", views.export, name="export"),
    path("compte/export/lien/", views.export_link, name="export_link"),
    path("compte/export/transmettre/", views.export_transfer, name="export_transfer"),
    path("compte/export/<str:secret>/archive.zip", views.export_archive, name="export_archive"),
]
