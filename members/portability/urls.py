"""Addresses of the portability, from `/adherent/portabilite/`."""

from django.urls import path

from members.portability import views

urlpatterns = [
    path("", views.portability, name="portability"),
    path("justificatif/", views.proof, name="portability_proof"),
    path("arret/", views.stop, name="portability_stop"),
    path("reprise/", views.resume, name="portability_resume"),
    path("notice.pdf", views.notice, name="portability_notice"),
    path("offre.pdf", views.offer, name="portability_offer"),
    path("offre/demander/", views.offer_ask, name="portability_offer_ask"),
]
