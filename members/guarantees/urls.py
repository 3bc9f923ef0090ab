"""Addresses of the guarantees, from `/adherent/`."""

from django.urls import path

from members.guarantees import views

urlpatterns = [
    path("garanties/", views.guarantees, name="guarantees"),
    path("garanties.pdf", views.guarantees_pdf, name="guarantees_pdf"),
]
