"""Addresses of the company's account, from `/employeur/coordonnees-bancaires/`."""

from django.urls import path

from employers.banking import views

urlpatterns = [
    path("", views.bank_details, name="bank_details"),
    path("changer/", views.bank_details_change, name="bank_details_change"),
    path("approuver/", views.bank_details_approve, name="bank_details_approve"),
    path("refuser/", views.bank_details_refuse, name="bank_details_refuse"),
    path("mandat.pdf", views.bank_details_mandate, name="bank_details_mandate"),
]
