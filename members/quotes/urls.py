"""Addresses of simulations and requests, from `/adherent/`."""

from django.urls import include, path

from members.quotes import views

urlpatterns = [
    path("simulation/", views.simulations, name="simulations"),
    path("simulation/<int:simulation_id>/", views.simulation, name="simulation"),
    path("simulation/<slug:kind>/", views.simulation_new, name="simulation_new"),
    path("demandes/", include("members.quotes.requests.urls")),
]
