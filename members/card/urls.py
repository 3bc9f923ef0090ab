"""Addresses of the card, from `/adherent/`."""

from django.urls import path

from members.card import views

urlpatterns = [
    path("carte/", views.card, name="card"),
    path("carte.pdf", views.card_pdf, name="card_pdf"),
    path("carte/etablir/", views.card_issue, name="card_issue"),
    path("carte/<int:card_id>.pkpass", views.card_pass, name="card_pass"),
    path("carte/envoyer/", views.card_mail, name="card_mail"),
]
