"""Addresses of the availability page, from the root of the site."""

from django.urls import path

from portals.editorial.availability import views

urlpatterns = [
    path("disponibilite/", views.availability, name="availability"),
    path("disponibilite/journal.pdf", views.availability_pdf, name="availability_pdf"),
]
