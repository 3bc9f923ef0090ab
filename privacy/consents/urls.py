"""Choices on the uses of one's data, with their history and proofs."""

from django.urls import path

from privacy.consents import views

urlpatterns = [
    path("", views.preferences, name="preferences"),
    path("historique/", views.history, name="preferences_history"),
    path("<int:choice_id>/preuve.pdf", views.proof, name="preferences_proof"),
]
