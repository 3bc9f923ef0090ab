"""Addresses of « Mon historique », from the root of the site. The month stands in each: one partition is opened."""

from django.urls import path

from privacy.history import views

ENTRY = "compte/historique/<int:year>/<int:month>/<int:number>/"

urlpatterns = [
    path("compte/historique/", views.history, name="history"),
    path(ENTRY, views.history_entry, name="history_entry"),
    path(f"{ENTRY}preuve/", views.history_proof, name="history_proof"),
    path(f"{ENTRY}attestation.pdf", views.history_evidence, name="history_evidence"),
]
