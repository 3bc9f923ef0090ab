"""Addresses of the deletion of an account."""

from django.urls import path

from portals.accounts.closing import views

urlpatterns = [
    path("compte/supprimer/", views.account_delete, name="account_delete"),
    path("compte/supprimer/annuler/", views.account_delete_cancel, name="account_delete_cancel"),
]
