"""Addresses of the certificates of cover, from `/adherent/attestations/`."""

from django.urls import path

from members.certificates import views

urlpatterns = [
    path("", views.certificates, name="certificates"),
    path("envoyer/", views.certificate_mail, name="certificate_mail"),
]
