"""Addresses of the bank details, from `/professionnel/coordonnees-bancaires/`."""

from django.urls import path

from providers.banking import views

urlpatterns = [
    path("", views.bank_details, name="bank_details"),
    path("changer/", views.bank_change, name="bank_change"),
    path("annuler/", views.bank_change_cancel, name="bank_change_cancel"),
]
