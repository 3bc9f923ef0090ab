"""Addresses of the federated sign-in. Each answers 404 until a provider is configured."""

from django.urls import path

from portals.accounts.federation import views

urlpatterns = [
    path("connexion/avec/<slug:provider_code>/", views.federation_login, name="federation_login"),
    path("connexion/avec/<slug:provider_code>/retour/", views.federation_callback, name="federation_callback"),
    path("connexion/avec/<slug:provider_code>/refus/", views.federation_refused, name="federation_refused"),
    path("compte/identites/", views.federation, name="federation"),
    path("compte/identites/<slug:provider_code>/relier/", views.federation_link, name="federation_link"),
    path("compte/identites/<slug:provider_code>/delier/", views.federation_unlink, name="federation_unlink"),
]
