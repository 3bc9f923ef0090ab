"""Addresses below /mes-donnees/consultations/."""

from django.urls import path

from privacy.consultations import views

urlpatterns = [
    path("", views.consultations, name="consultations"),
    path("<int:consultation_id>/", views.consultation_page, name="consultation"),
    path("<int:consultation_id>/resultats.pdf", views.results_document, name="consultation_pdf"),
    path("<int:consultation_id>/resultats.csv", views.results_sheet, name="consultation_csv"),
]
