"""Addresses of representation, from `/adherent/representation/`."""

from django.urls import path

from members.representation import views

urlpatterns = [
    path("", views.representations, name="representations"),
    path("demander/", views.ask, name="representation_ask"),
    path("<int:representation_id>/justificatifs/", views.proofs, name="representation_proofs"),
    path("<int:representation_id>/envoyer/", views.send, name="representation_send"),
    path("<int:representation_id>/renoncer/", views.give_up, name="representation_give_up"),
    path("<int:representation_id>/retirer/", views.withdraw, name="representation_withdraw"),
    path("<int:representation_id>/prolonger/", views.prolong, name="representation_prolong"),
    path("<int:representation_id>/contester/", views.contest, name="representation_contest"),
]
