"""Addresses of the end of a policy, from `/adherent/resilier/`."""

from django.urls import path

from members.termination import views

urlpatterns = [
    path("", views.terminations, name="terminations"),
    path("contrats/<int:policy_id>/", views.termination_ask, name="termination_ask"),
    path("<int:termination_id>/annuler/", views.termination_cancel, name="termination_cancel"),
    path("<int:termination_id>/confirmation.pdf", views.termination_pdf, name="termination_pdf"),
]
