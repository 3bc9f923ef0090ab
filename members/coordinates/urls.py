"""Addresses of a member's coordinates, from `/adherent/coordonnees/`."""

from django.urls import path

from members.coordinates import views

urlpatterns = [
    path("", views.coordinates, name="coordinates"),
    path("compte-bancaire/", views.bank_account, name="coordinates_bank"),
    path("compte-bancaire/annuler/", views.bank_account_cancel, name="coordinates_bank_cancel"),
    path("adresse/", views.contact, name="coordinates_contact"),
    path("adresse/<int:change_id>/retablir/", views.contact_undo, name="coordinates_contact_undo"),
]
